"""How many rows of each group a grader could score, where a claim compares groups by what it says."""

from __future__ import annotations

from collections.abc import Iterator

from shipworthy.evaluate.asking import Questions
from shipworthy.judge import Claim
from shipworthy.metrics import Definition, measure
from shipworthy.metrics.graded import leaves_unscored
from shipworthy.tally.needs import grouping
from shipworthy.tally.scan import Tallies

LEVEL = 0.95
MOST_GROUPS = 6
"""Groups of one claim that are told, those of which the least is scored first."""


def coverage_notes(asked: Questions, tallies: Tallies) -> tuple[str, ...]:
    """Of every claim that compares groups by a grade the scored rows of each group, where that are not all."""
    found = (note for claim in asked.claims for note in _of_claim(claim, tallies))
    return tuple(dict.fromkeys(found))


def _of_claim(claim: Claim, tallies: Tallies) -> Iterator[str]:
    for definition, _ in claim.comparisons:
        for inner in definition.inners:
            if leaves_unscored(inner) and (told := _told(claim, definition, inner, tallies)):
                yield f"{definition.metric} compares groups of which not all is scored: {told}"


def _told(claim: Claim, definition: Definition, inner: Definition, tallies: Tallies) -> str:
    """The groups with the shares that are scored; "" where all are."""
    by = grouping((*claim.by, *definition.grouped))
    measured = measure(inner, tallies.of(inner.subject), by, LEVEL)
    if measured.unscored is None or not measured.unscored.any():
        return ""
    rows = zip(measured.keys, measured.n.tolist(), measured.unscored.tolist(), strict=True)
    groups = [(n / (n + left), " and ".join(key), n, n + left) for key, n, left in rows if n + left]
    shown = [f"{name} {n:,.0f} of {all_:,.0f}" for _, name, n, all_ in sorted(groups)[:MOST_GROUPS]]
    more = len(groups) - len(shown)
    return ", ".join(shown) + (f" and {more} more groups" if more else "")
