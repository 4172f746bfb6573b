"""Pairs of answers -> tallies: one row for each answer to a variant, by what became of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from shipworthy.metrics.varied import CHANGED, KEPT, UNKNOWN, cell, drop_cell
from shipworthy.tally.listed import Listed, listed_tallies
from shipworthy.tally.needs import Needs
from shipworthy.tally.scan import Tallies
from shipworthy.vary.pairing import Pair


def variant_tallies(found: Mapping[str, Sequence[Pair]], needs: Needs) -> Tallies:
    """The tallies over inputs, each once for every variant; of none where nothing was tried.

    Args:
        found: by variant, the pairs of answers.
        needs: what is asked of variants.
    """
    rows = [
        Listed(each.original.unit, dict(_cells(name, each)), each.original.slices, each.original.weight)
        for name, pairs in found.items()
        for each in pairs
    ]
    return listed_tallies(rows, needs)


def _cells(name: str, pair: Pair) -> Iterable[tuple[str, float]]:
    """The row values that are 1: of the answer itself, of its being right, and of every grade."""
    yield cell(_became(pair.changed), name), 1.0
    if pair.original.labelled:
        yield cell(drop_cell(pair.original.right, pair.variant.right), name), 1.0
    for grader, before in pair.original.grades.items():
        after = pair.variant.grades[grader]
        changed = None if before is None or after is None else before != after
        yield cell(_became(changed), name, grader), 1.0
        yield cell(drop_cell(before, after), name, grader), 1.0


def _became(changed: bool | None) -> str:  # noqa: FBT001 - a value, not a switch
    return UNKNOWN if changed is None else CHANGED if changed else KEPT
