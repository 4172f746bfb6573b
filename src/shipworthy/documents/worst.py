"""Where a candidate does worse than on the rest of the data: rows of a table, and what was looked at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from shipworthy.documents import wording
from shipworthy.documents.figure import Figure, Scale, Sentence, counted, figure, sentence
from shipworthy.documents.measure import metric_words, scale_of

if TYPE_CHECKING:
    from shipworthy.evidence import Evaluation, WorstSlice
    from shipworthy.spec.model import Product

LEAST_SHOWN = 0.001
"""A corrected p-value below this is shown as such."""


@dataclass(frozen=True)
class WorstRow:
    """One slice that is worse than the rest."""

    slice: str
    metric: str
    value: Figure
    rest: Figure
    difference: Sentence
    rows: Figure
    chance: Figure


@dataclass(frozen=True)
class Worst:
    """The worst slices of one candidate that are shown, how many more are in the record, and what was looked at."""

    rows: tuple[WorstRow, ...]
    more: int
    looked_at: Sentence


def worst(product: Product, evaluation: Evaluation, candidate: str | None, most: int) -> Worst | None:
    """At most so many slices, the worst first; None where nothing was looked at."""
    searches = enumerate(evaluation.searches)
    search = next(((at, each) for at, each in searches if each.candidate == candidate), None)
    if search is None or not search[1].looked_at:
        return None
    at, found = search
    listed = [(at, each) for at, each in enumerate(evaluation.worst) if each.candidate == candidate]
    rows = tuple(_row(product, f"/worst/{at}", each) for at, each in listed[:most])
    pairs = counted(found.looked_at, f"/searches/{at}/looked_at")
    least = counted(found.least_rows, f"/searches/{at}/least_rows")
    told = sentence(pairs, " comparisons of a slice with the rest, each of at least ", least, " rows")
    return Worst(rows, len(listed) - len(rows), told)


def _row(product: Product, path: str, found: WorstSlice) -> WorstRow:
    scale = scale_of(found.metric, product)
    points = Scale(scale.factor, 0.0, "points") if scale.unit == "%" else scale
    ends = (None if end is None else scale.shown(end) for end in (found.low, found.high))
    decimals = min(wording.supported_decimals(scale.shown(found.difference), *ends), 9)
    difference: Sentence = (figure(found.difference, f"{path}/difference", points, decimals),)
    if found.low is not None and found.high is not None:
        low = figure(found.low, f"{path}/low", Scale(scale.factor), decimals, "down")
        high = figure(found.high, f"{path}/high", Scale(scale.factor), decimals, "up")
        difference = sentence(difference, " (", low, " to ", high, ")")
    return WorstRow(
        ", ".join(f"{column} = {value}" for column, value in found.slice.items()),
        metric_words(found.metric),
        figure(found.value, f"{path}/value", scale, decimals),
        figure(found.rest, f"{path}/rest", scale, decimals),
        difference,
        counted(found.n, f"{path}/n"),
        _chance(found.q, f"{path}/q"),
    )


def _chance(q: float, path: str) -> Figure:
    """The corrected p-value at three decimals."""
    text = wording.number(q, 3) if q >= LEAST_SHOWN else f"< {LEAST_SHOWN}"
    return Figure(text, path, Scale(), 3)


def worst_words(product: Product, found: WorstSlice) -> str:
    """One slice in a sentence: `recall is 12 points lower where number = big than elsewhere: 71 % of 90 rows, 83 % elsewhere`."""
    row = _row(product, "", found)
    scale = scale_of(found.metric, product)
    unit = "points" if scale.unit == "%" else scale.unit
    size = wording.with_unit(
        wording.number(abs(scale.factor * found.difference), row.value.decimals), unit
    ).replace(wording.SPACE, " ")
    towards = "lower" if found.difference < 0 else "higher"
    value, rest = (each.text.replace(wording.SPACE, " ") for each in (row.value, row.rest))
    return (
        f"{row.metric} is {size} {towards} where {row.slice} than elsewhere:"
        f" {value} on {wording.plural(found.n, 'row')}, {rest} elsewhere"
    )
