"""Rows and labels -> a trained model, and a trained model -> scores. The same rows always give the same numbers."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from shipworthy.errors import InputError
from shipworthy.models.algorithms import Option, check_kind, check_options
from shipworthy.models.features import Feature, LeftOut, plan_features
from shipworthy.models.matrix import matrix
from shipworthy.models.pipeline import TEXT_DIRECTIONS, numbers, pipeline, probabilities
from shipworthy.models.reweighing import Groups, reweighed, weights
from shipworthy.models.threads import one_thread
from shipworthy.models.tuning import best_options, trials
from shipworthy.spec.kinds import Kind
from shipworthy.spec.task import BINARY, Task

if TYPE_CHECKING:
    import pyarrow as pa

    from shipworthy.spec.model import Candidate


@dataclass(frozen=True)
class TrainedModel:
    """A fitted pipeline with what a person needs to know about it.

    It learned the numbers of `classes` (of a yes/no task 0 and 1, with no classes named), or numbers as they are. `options` are those of the final estimator, defaults included; `notes` are sentences about what went less well
    than hoped, such as a search for coefficients that stopped early.
    """

    algorithm: str
    features: tuple[Feature, ...]
    estimator: Any
    rows: int
    positives: int
    options: Mapping[str, Option]
    seed: int
    left_out: tuple[LeftOut, ...] = ()
    notes: tuple[str, ...] = ()
    kind: Kind = "binary"
    classes: tuple[str, ...] = ()

    def scores(self, table: pa.Table) -> NDArray[np.float64]:
        """One float64 per row: the probability of a yes, that of the likeliest class, or the predicted number.

        Columns that are no features are ignored.

        Raises:
            InputError: `model.missing_column` or `model.column_type`: the rows are not like the training rows.
        """
        found = self.answers(table)
        return np.asarray(found["prediction" if self.kind == "regression" else "score"], dtype=np.float64)

    def answers(self, table: pa.Table) -> dict[str, Any]:
        """What the model puts into a log: the score of a yes, a class with its probability, or a number.

        Raises:
            InputError: as `scores`.
        """
        array = matrix(table, self.features) if table.num_rows else None
        with one_thread(openmp_only=True):
            if self.kind == "regression":
                return {"prediction": np.empty(0) if array is None else numbers(self.estimator, array)}
            shares = np.empty((0, 2)) if array is None else probabilities(self.estimator, array)
        if self.kind == "binary":
            return {"score": shares[:, 1]}
        likeliest = shares.argmax(axis=1)
        learned = [self.classes[int(at)] for at in self.estimator["model"].classes_]
        return {"prediction": [learned[at] for at in likeliest], "score": shares.max(axis=1, initial=0.0)}


def train(  # noqa: PLR0913 - everything that decides a training stands here
    candidate: Candidate,
    table: pa.Table,
    labels: ArrayLike,
    *,
    exclude: Collection[str],
    seed: int,
    progress: Callable[[int, int], None] | None = None,
    groups: Groups | None = None,
    task: Task = BINARY,
) -> TrainedModel:
    """Fit a candidate of kind `train` on labelled rows.

    Args:
        candidate: what to train, on which features, with which options, tuned or not.
        table: the training rows; rows without a label are left away beforehand.
        labels: one per row: true where it is the positive value, the name of its class, or a number.
        exclude: the label, and the columns that identify a row.
        seed: of everything random.
        progress: told (fits done, fits in all) after each fit while tuning.
        groups: the group of each row, where rows are to be reweighed by it.
        task: the kind of answers, with its classes.

    Raises:
        InputError: `data.one_class`, `data.too_few`, or one of the codes of `plan_features`, `pipeline` and `trials`.
    """
    algorithm = check_kind(candidate.train or "", task.kind)
    check_options(algorithm, candidate.options, task.kind)
    answers = _answers(labels, table.num_rows, task)
    plan = plan_features(table, exclude=exclude, candidate=candidate)
    fresh = pipeline(algorithm.name, plan.features, candidate.options, seed, task.kind)
    array = matrix(table, plan.features)
    notes: list[str] = []
    weight = weights(groups, answers) if groups else None
    with one_thread(), _notes_of_warnings(notes), _taught_errors(plan.features):
        if candidate.tune is not None:
            number = trials(candidate.tune)
            free = {name: span for name, span in algorithm.ranges.items() if name not in candidate.options}
            best = best_options(
                fresh, free, (array, answers, weight), trials=number, seed=seed, progress=progress
            )
            fresh["model"].set_params(**best)
        weighed = {} if weight is None else {"model__sample_weight": weight}
        fitted = fresh.fit(array, answers, **weighed)
    chosen = {name: fitted["model"].get_params()[name] for name in algorithm.options_for(task.kind)}
    return TrainedModel(
        algorithm=algorithm.name,
        features=plan.features,
        estimator=fitted,
        rows=len(answers),
        positives=int(answers.sum()) if task.kind == "binary" else 0,
        options=chosen,
        seed=seed,
        left_out=plan.left_out,
        notes=(*notes, *(reweighed(groups, answers, task.classes) if groups else ())),
        kind=task.kind,
        classes=task.classes,
    )


def _answers(labels: ArrayLike, rows: int, task: Task) -> NDArray[Any]:
    """The labels as numbers to learn, proved to differ."""
    if task.kind == "binary":
        return _yes_or_no(labels, rows)
    place = {name: at for at, name in enumerate(task.classes)}
    found = np.asarray(labels)
    answers = (
        np.array([place[name] for name in found], dtype=np.int16)
        if task.kind == "multiclass"
        else found.astype(np.float64)
    )
    if len(answers) == 0 or answers.min() == answers.max():
        same = f"all {rows} have the label {found[0]}" if rows else "there are none"
        raise InputError(
            "data.one_class",
            f"a model learns from rows with different labels, and {same}",
            remedy="Label other rows, or split the rows another way.",
        )
    return answers


def _yes_or_no(labels: ArrayLike, rows: int) -> NDArray[np.int8]:
    answers = np.asarray(labels)
    if answers.shape != (rows,) or not np.isin(answers, (0, 1)).all():
        raise ValueError(f"labels must be true or false, {rows} of them; got an array of {answers.shape}")
    answers = answers.astype(np.int8)
    if rows == 0 or answers.min() == answers.max():
        found = f"all {rows} are {'positive' if answers[0] else 'negative'}" if rows else "there are none"
        raise InputError(
            "data.one_class",
            f"a model learns from labelled rows of both kinds, and {found}",
            remedy="Label rows of the other kind, check 'positive:' under 'predicts:', or split the rows another way.",
        )
    return answers


@contextmanager
def _notes_of_warnings(notes: list[str]) -> Iterator[None]:
    """Turn the library's warnings about the fit into notes that stay with the model, each once."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        yield
    for warning in caught:
        if issubclass(warning.category, (DeprecationWarning, FutureWarning)):
            continue  # about the releases of libraries, not about the model
        note = str(warning.message).splitlines()[0]
        if note not in notes:
            notes.append(note)


@contextmanager
def _taught_errors(features: tuple[Feature, ...]) -> Iterator[None]:
    """Say in the words of product.yaml what scikit-learn refuses about options and texts."""
    try:
        yield
    except InputError:
        raise
    except ValueError as problem:
        if any(feature.role == "text" for feature in features) and _is_about_words(str(problem)):
            columns = ", ".join(feature.column for feature in features if feature.role == "text")
            raise InputError(
                "model.few_words",
                f"the texts in {columns} share too few words to learn from: fewer than {TEXT_DIRECTIONS} words, "
                "or none, stand in two rows or more",
                remedy="Add rows, or leave the column away with 'drop:'.",
            ) from problem
        if type(problem).__name__ == "InvalidParameterError":
            raise InputError(
                "model.option", str(problem), remedy="Correct the value under 'options:' of the candidate."
            ) from problem
        raise


def _is_about_words(message: str) -> bool:
    signs = ("no terms remain", "empty vocabulary", "n_components", "max_df corresponds")
    return any(sign in message for sign in signs)
