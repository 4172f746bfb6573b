"""The answer to a variant beside the answer to the original."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

Clustered = Callable[[Sequence[str]], Sequence[int]]
"""The cluster of each of some texts: those of one cluster say the same."""


@dataclass(frozen=True)
class Said:
    """One answer (None: none came), whether it is right (None: nobody knows), and its grades (None: unscored).

    `unit` is what rows that may depend on each other have in common.
    """

    id: str
    unit: str
    answer: str | None
    right: bool | None = None
    labelled: bool = False
    grades: Mapping[str, bool | None] = field(default_factory=dict)
    slices: Mapping[str, str] = field(default_factory=dict)
    weight: float = 1.0


@dataclass(frozen=True)
class Pair:
    """What was said of an input and of its variant. `changed`: whether another answer was given; None where one is missing."""

    original: Said
    variant: Said
    changed: bool | None


def paired(originals: Iterable[Said], variants: Iterable[Said], clustered: Clustered) -> tuple[Pair, ...]:
    """Every answer to a variant with the answer to its original, which has the same id."""
    known = {each.id: each for each in originals}
    return tuple(
        Pair(known[each.id], each, _changed(known[each.id].answer, each.answer, clustered))
        for each in variants
        if each.id in known
    )


def _changed(one: str | None, other: str | None, clustered: Clustered) -> bool | None:
    if one is None or other is None:
        return None
    return one != other and len({*clustered([one, other])}) > 1
