"""The algorithms that can be trained: the options of each, and the ranges that tuning draws from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from shipworthy.errors import InputError, did_you_mean
from shipworthy.spec.kinds import Kind

Option = bool | int | float | str | None


@dataclass(frozen=True)
class Range:
    """Where tuning draws an option from: evenly on a logarithmic scale between two ends, both included."""

    low: float
    high: float
    whole: bool = False


@dataclass(frozen=True)
class Algorithm:
    """A name, the options of its scikit-learn estimator that a candidate may set, and those that tuning draws.

    `kinds` are the kinds of answers that it can learn; `of_classes` are options that only classes have.
    """

    name: str
    options: tuple[str, ...]
    ranges: Mapping[str, Range]
    kinds: tuple[Kind, ...] = ("binary", "multiclass", "regression")
    of_classes: tuple[str, ...] = ()

    def options_for(self, kind: Kind) -> tuple[str, ...]:
        """The options that it takes for this kind of answers."""
        return tuple(name for name in self.options if kind != "regression" or name not in self.of_classes)


ALGORITHMS: Mapping[str, Algorithm] = {
    algorithm.name: algorithm
    for algorithm in (
        Algorithm(
            "logistic_regression",
            options=("C", "class_weight", "fit_intercept", "max_iter", "tol"),
            ranges={"C": Range(1e-3, 1e2)},
            kinds=("binary", "multiclass"),
        ),
        Algorithm(
            "linear_regression",
            options=("alpha", "fit_intercept", "max_iter", "tol"),
            ranges={"alpha": Range(1e-3, 1e3)},
            kinds=("regression",),
        ),
        Algorithm(
            "gradient_boosting",
            options=(
                "class_weight",
                "early_stopping",
                "l2_regularization",
                "learning_rate",
                "max_bins",
                "max_depth",
                "max_features",
                "max_iter",
                "max_leaf_nodes",
                "min_samples_leaf",
                "n_iter_no_change",
                "tol",
                "validation_fraction",
            ),
            ranges={
                "learning_rate": Range(0.02, 0.3),
                "max_iter": Range(40, 400, whole=True),
                "max_leaf_nodes": Range(4, 64, whole=True),
                "min_samples_leaf": Range(5, 100, whole=True),
                "l2_regularization": Range(1e-3, 10),
            },
            of_classes=("class_weight",),
        ),
    )
}


def algorithm_named(name: str) -> Algorithm:
    """The algorithm that a candidate's `train:` names.

    Raises:
        InputError: `model.algorithm`, with the nearest name.
    """
    if name not in ALGORITHMS:
        raise InputError(
            "model.algorithm",
            f"{name!r} is no algorithm that can be trained",
            remedy=did_you_mean(name, ALGORITHMS),
        )
    return ALGORITHMS[name]


def check_kind(name: str, kind: Kind) -> Algorithm:
    """The algorithm of that name, proved to learn this kind of answers.

    Raises:
        InputError: `model.algorithm`, with those that do.
    """
    algorithm = algorithm_named(name)
    if kind not in algorithm.kinds:
        fit = ", ".join(each.name for each in ALGORITHMS.values() if kind in each.kinds)
        raise InputError(
            "model.algorithm",
            f"{name} cannot learn answers of the kind {kind}",
            remedy=f"Write train: with one of {fit}."
            if fit
            else "Record predictions elsewhere and add them as recorded:",
        )
    return algorithm


def check_options(algorithm: Algorithm, options: Mapping[str, Option], kind: Kind = "binary") -> None:
    """Prove that the algorithm knows each option.

    Raises:
        InputError: `model.option`, with the nearest name.
    """
    for name in options:
        known = algorithm.options_for(kind)
        if name not in known:
            raise InputError(
                "model.option",
                f"{algorithm.name} has no option {name!r}",
                remedy=f"{did_you_mean(name, known)} All: {', '.join(known)}.",
            )
