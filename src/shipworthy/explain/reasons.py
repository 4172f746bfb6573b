"""Reasons of an answer: which are named, by which code, and in which words."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from shipworthy.evidence.explanation import Reason, Reasons
from shipworthy.explain.blend import Ints, Predict
from shipworthy.explain.shapley import Contributions
from shipworthy.explain.trust import Contribute, fidelity, greatest, stability, withheld

TOP = 3
"""So many reasons are named, where product.yaml does not say."""

MOST_CHARACTERS = 60
"""A longer value is cut."""

_DIGITS = 6


@dataclass(frozen=True)
class Naming:
    """How reasons are named: the columns in order, what is told of them, how many, and which are protected.

    `sentences` has by column what is told where it raises the answer, and where it lowers it.
    """

    columns: tuple[str, ...]
    sentences: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    top: int = TOP
    protected: frozenset[str] = frozenset()


def reason_code(column: str) -> str:
    """The code of a column, the same in every model and release: `late payments` -> LATE_PAYMENTS_ and six digits.

    A column that is one word in small letters gives the bare word. Others get digits of the hash of their name, so that
    columns which differ only in what a code cannot hold have different codes.
    """
    word = re.sub(r"[^A-Z0-9]+", "_", column.upper()).strip("_")
    if word.lower() == column:
        return word
    digits = hashlib.sha256(column.encode(errors="replace")).hexdigest()[:_DIGITS].upper()
    return f"{word}_{digits}".lstrip("_")


@dataclass(frozen=True, eq=False)
class Asked:
    """One row to explain: the model, how contributions are found, the row, the background, and what is near each value."""

    predict: Predict
    contribute: Contribute
    row: Ints
    background: Ints
    near: Sequence[Ints | None]
    seed: int


def reasons(
    asked: Asked, naming: Naming, values: Sequence[str | None], *, exact: bool, regression: bool = False
) -> Reasons:
    """The greatest contributions as reasons, or none where they are unstable or do not foretell the model.

    Args:
        asked: the row.
        naming: the columns and their words.
        values: the row's value of each column as text.
        exact: whether contributions are exact.
        regression: whether the answer is a number, and not the odds of a class.
    """
    found = asked.contribute(asked.row, asked.background, asked.seed)
    stable = stability(
        asked.contribute, asked.row, asked.background, asked.near, top=naming.top, seed=asked.seed
    )
    faithful = fidelity(asked.predict, found, asked.row, asked.background, seed=asked.seed)
    why = withheld(stable, faithful)
    return Reasons(
        "linear" if exact else "sampled",
        "units of the answer" if regression else "log-odds",
        found.value,
        found.base,
        len(asked.background),
        asked.seed,
        len(naming.columns),
        stable,
        faithful,
        () if why else tuple(_named(found, naming, values)),
        why,
    )


def _named(found: Contributions, naming: Naming, values: Sequence[str | None]) -> list[Reason]:
    """The greatest contributions, the greatest first."""
    kept = {at for at, _ in greatest(found.each, naming.top)}
    order = [at for at in np.argsort(-np.abs(found.each), kind="stable").tolist() if at in kept]
    return [
        Reason(
            reason_code(naming.columns[at]),
            naming.columns[at],
            values[at],
            float(found.each[at]),
            float(found.errors[at]),
            _sentence(naming, at, values[at], raises=found.each[at] > 0),
            naming.columns[at] in naming.protected,
        )
        for at in order
    ]


def _sentence(naming: Naming, at: int, value: str | None, *, raises: bool) -> str:
    column = naming.columns[at]
    if column in naming.sentences:
        return naming.sentences[column][0 if raises else 1]
    return f"{column} is {'not known' if value is None else value}"


def shown_value(value: object) -> str | None:
    """A value of a row as a short text; None where there is none."""
    if value is None or value != value:  # noqa: PLR0124 - only NaN differs from itself
        return None
    if isinstance(value, bool):
        return str(value).lower()
    text = f"{value:.6g}" if isinstance(value, float) else " ".join(str(value).split())
    return text if len(text) <= MOST_CHARACTERS else f"{text[: MOST_CHARACTERS - 1]}…"
