"""A seeded random search over options, judged in cross-validation on the training rows only.

By log loss, or where numbers are learned by squared error.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from shipworthy.errors import InputError
from shipworthy.models.algorithms import Option, Range

FOLDS = 3
MOST_TRIALS = 1000

Rows = tuple[Any, NDArray[Any], NDArray[np.float64] | None]
"""Rows, their answers and their weights."""


def trials(tune: str) -> int:
    """How many settings `tune: 30 trials` asks for.

    Raises:
        InputError: `model.tune`.
    """
    found = re.fullmatch(r"\s*(\d{1,6})(\s+trials?)?\s*", tune)
    if found is None or not 1 <= int(found[1]) <= MOST_TRIALS:
        raise InputError(
            "model.tune",
            f"{tune!r} does not say how often to try",
            remedy=f"Write 'tune: 30 trials', with a number from 1 to {MOST_TRIALS}.",
        )
    return int(found[1])


def best_options(
    pipeline: Any,
    ranges: Mapping[str, Range],
    rows: Rows,
    *,
    trials: int,
    seed: int,
    progress: Callable[[int, int], None] | None = None,
) -> dict[str, Option]:
    """The options with the least mean loss over three folds, stratified where answers are classes; {} where the given ones stay best.

    The first setting tried is the pipeline's own, so that tuning never chooses what did worse than no tuning.
    Preparation is fitted once a fold, on the rows outside it, because options touch the final estimator only.

    Args:
        pipeline: an unfitted pipeline with the steps `prepare` and `model`.
        ranges: what may be drawn; without any, there is nothing to search.
        rows: as `matrix` gives them, with the number of each one's class (0 or 1 where yes or no) or, as floats, what is to
            be predicted; and, where they do not count alike, a weight for each.
        trials: settings to try, the pipeline's own included.
        seed: of the draws and of the folds.
        progress: told (fits done, fits in all) after each fit.

    Raises:
        InputError: `data.too_few` where a kind of row cannot be spread over the folds.
    """
    _check_folds(rows[1])
    generator = np.random.default_rng(seed)
    settings: list[dict[str, Option]] = [{}]
    settings += [_draw(ranges, generator) for _ in range(trials - 1 if ranges else 0)]
    losses = np.zeros(len(settings))
    done = 0
    for train, held_out in _folds(pipeline["prepare"], rows, seed):
        for number, options in enumerate(settings):
            losses[number] += _loss(pipeline["model"], options, train, held_out)
            done += 1
            if progress is not None:
                progress(done, FOLDS * len(settings))
    return settings[int(np.argmin(losses))]


def _check_folds(answers: NDArray[Any]) -> None:
    fewest = len(answers) if _of_numbers(answers) else int(np.unique(answers, return_counts=True)[1].min())
    if fewest < FOLDS:
        raise InputError(
            "data.too_few",
            f"tuning needs {FOLDS} rows of each kind, and one kind has {fewest}",
            remedy="Label more rows, or remove 'tune:'.",
        )


def _draw(ranges: Mapping[str, Range], generator: np.random.Generator) -> dict[str, Option]:
    return {name: _value(span, generator.uniform()) for name, span in ranges.items()}


def _value(span: Range, share: float) -> Option:
    value = float(span.low * (span.high / span.low) ** share)
    return round(value) if span.whole else float(f"{value:.4g}")


def _of_numbers(answers: NDArray[Any]) -> bool:
    """Whether numbers are learned, and not classes."""
    return answers.dtype.kind == "f"


def _folds(prepare: Any, rows: Rows, seed: int) -> list[tuple[Rows, Rows]]:
    from sklearn.base import clone
    from sklearn.model_selection import KFold, StratifiedKFold

    array, answers, weights = rows
    folds = []
    divided = KFold if _of_numbers(answers) else StratifiedKFold
    for inside, outside in divided(FOLDS, shuffle=True, random_state=seed).split(answers, answers):
        fitted = clone(prepare)
        learnt = fitted.fit_transform(array[inside], answers[inside])
        held_out = fitted.transform(array[outside])
        weigh, weigh_out = (None if weights is None else weights[at] for at in (inside, outside))
        folds.append(((learnt, answers[inside], weigh), (held_out, answers[outside], weigh_out)))
    return folds


def _loss(model: Any, options: Mapping[str, Option], train: Rows, held_out: Rows) -> float:
    from sklearn.base import clone
    from sklearn.metrics import log_loss, mean_squared_error

    fitted = clone(model).set_params(**options).fit(*train)
    rows, answers, weights = held_out
    if _of_numbers(answers):
        return float(mean_squared_error(answers, fitted.predict(rows), sample_weight=weights))
    found = fitted.predict_proba(rows)
    return float(log_loss(answers, found, labels=fitted.classes_, sample_weight=weights))
