"""Where slices are searched for: which metrics, and which groupings fit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import comb, prod
from typing import TYPE_CHECKING

from shipworthy.evaluate.contrast import Sought
from shipworthy.evaluate.lattice import DEEPEST
from shipworthy.judge import Claim
from shipworthy.metrics import Definition, define
from shipworthy.spec.kinds import Kind
from shipworthy.spec.language import Bound, Metric
from shipworthy.spec.task import BINARY, Task
from shipworthy.tally.needs import OVERALL, Grouping, Needs, grouping, merged

if TYPE_CHECKING:
    from shipworthy.spec.model import Product

MOST_CELLS = 20_000
"""Slices of one grouping: more are left out, and said to be."""

MOST_IN_ALL = 100_000
"""Slices of all groupings together."""

MOST_BY_THREE = 20_000_000
"""Rows of units times triples of columns that are summed unasked: about a second a candidate."""

UNASKED: Mapping[Kind, tuple[str, ...]] = {
    "binary": ("accuracy", "recall", "false_positive_rate"),
    "multiclass": ("accuracy",),
    "regression": ("mae",),
    "ranking": ("ndcg@10",),
    "text": (),
}
"""The metrics that are searched where no requirement names one that can be, by the kind of answers."""

NO_SUMS = ("quantile", "score", "macro", "root", "r2", "own", "coverage", "judged")
"""The kinds of definitions that are no ratio of two sums, which slices are compared by."""


@dataclass(frozen=True)
class Searched:
    """The metrics and groupings that are searched, and what was left out, in words."""

    sought: tuple[Sought, ...]
    groupings: tuple[Grouping, ...]
    notes: tuple[str, ...]

    @property
    def needs(self) -> Needs:
        """What to scan for the search."""
        return merged(each.definition.needs(by) for each in self.sought for by in (OVERALL, *self.groupings))


def searched(
    product: Product,
    claims: Sequence[Claim],
    known: Mapping[str, Sequence[str]],
    *,
    deepest: int = DEEPEST,
    task: Task = BINARY,
) -> Searched:
    """What one evaluation searches: all slices by one and by two columns, by three where they fit.

    Args:
        product: its segments and protected columns are searched.
        claims: whose metrics are searched.
        known: the slices that each column has.
        deepest: by how many columns a slice is named at most. Where units hold several rows each grouping is summed
            over them, as rows alone would not tell how alike they are: that costs more than rolling up.
        task: the kind of answers.
    """
    columns = sorted(
        {segment.column for segment in product.slicing if len(known.get(segment.column, ())) > 1}
    )
    singles, found = [(column,) for column in columns], sought(claims, task)
    if not found:
        return Searched((), (), ())
    wanted = [grouping(each) for size in range(2, deepest + 1) for each in combinations(columns, size)]
    sizes = {by: prod(len(known[column]) for column in by) for by in wanted}
    left, fitting = MOST_IN_ALL, []
    for by in sorted(wanted, key=lambda by: (len(by), sizes[by], by)):
        if sizes[by] <= min(left, MOST_CELLS):
            left -= sizes[by]
            fitting.append(by)
    notes = (*_deeper(len(columns), deepest), *_left_out(wanted, fitting))
    return Searched(found, (*singles, *fitting), notes)


def deepest_of_units(rows: int, columns: int) -> int:
    """By how many columns slices of units with several rows are named, where rows are summed as they stream by."""
    return DEEPEST if rows * comb(columns, DEEPEST) <= MOST_BY_THREE else DEEPEST - 1


def _deeper(columns: int, deepest: int) -> tuple[str, ...]:
    """That slices by more columns were not looked for, where there are so many columns."""
    if deepest >= min(columns, DEEPEST):
        return ()
    told = (
        "slices by one column were searched, those by two, each pair a pass over all rows, were not"
        if deepest == 1
        else "slices by one and two columns were searched, those by three, slow with so many rows, were not"
    )
    return (f"worst slices: units hold several rows, so {told}",)


def _left_out(wanted: Sequence[Grouping], fitting: Sequence[Grouping]) -> tuple[str, ...]:
    """How many groupings had too many slices."""
    notes = []
    for size, word in ((2, "pairs"), (3, "triples")):
        every, kept = ([by for by in each if len(by) == size] for each in (wanted, fitting))
        if len(kept) < len(every):
            named = [" x ".join(by) for by in every if by not in kept]
            shown = f"{', '.join(named[:3])}{', …' if len(named) > 3 else ''}"
            notes.append(
                f"worst slices: {len(every) - len(kept):,} of {len(every):,} {word} of columns have too many slices to be searched ({shown})"
            )
    return tuple(notes)


def sought(claims: Sequence[Claim], task: Task = BINARY) -> tuple[Sought, ...]:
    """The metrics that claims name, as far as sums tell them and one side is worse; without any, the usual ones.

    A metric that is neither good nor bad in itself, such as a mean, is worse on the side that its claim forbids.
    """
    named: dict[str, Sought] = {}
    for claim in claims:
        for definition, bound in claim.comparisons:
            found = _sought(definition, bound)
            if found is not None:
                named.setdefault(str(found.definition.metric), found)
    usual = (define(Metric(name), None, task) for name in UNASKED[task.kind])
    return tuple(named.values()) or tuple(Sought(each, each.entry.direction == "higher") for each in usual)


def _sought(definition: Definition, bound: Bound) -> Sought | None:
    """How a claim's metric is searched; the metric that a gap or ratio compares in its place."""
    inner = definition.inner
    if inner is not None:
        unfit = inner.entry.direction == "either" or inner.kind in NO_SUMS
        return None if unfit else Sought(inner, inner.entry.direction == "higher")
    if definition.kind in NO_SUMS:
        return None
    direction = definition.entry.direction
    return Sought(definition, bound.at_least if direction == "either" else direction == "higher")
