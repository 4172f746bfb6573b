"""How rows fall into slices: values as they are, numbers by cuts, and what each slice is called."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import ibis

from shipworthy.errors import InputError
from shipworthy.query.engine import Engine
from shipworthy.spec.model import Segment

MISSING = "(missing)"
MOST_VALUES = 200


@dataclass(frozen=True)
class Slicing:
    """One column to slice by: its values as they are or, where `ranged`, ranges of a number.

    `cuts` are the inner edges of the ranges, `least` and `greatest` their ends. `found` are the values that occur in
    the examples, in ascending order with None last; of a number in ranges only whether some are missing.
    """

    column: str
    cuts: tuple[float, ...] = ()
    least: float = 0.0
    greatest: float = 0.0
    found: tuple[Any, ...] = ()
    ranged: bool = False

    @property
    def labels(self) -> tuple[str, ...]:
        """The names of all slices that the examples have, in order."""
        ranges = tuple(range(len(self.cuts) + 1)) if self.ranged else ()
        return tuple(dict.fromkeys(self.label(value) for value in (*ranges, *self.found)))

    def expression(self, table: ibis.Table) -> Any:
        """The slice of each row: the value itself, or the number of its range (null where there is no value)."""
        column = table[self.column]
        if not self.ranged:
            return number(column) if column.type().is_floating() else column
        value = number(column)
        over = [ibis.cases((value >= cut, 1), else_=0) for cut in self.cuts]
        return ibis.cases(
            (value.isnull(), ibis.null("int64")), else_=sum(over, start=ibis.literal(0)).cast("int64")
        )

    def label(self, found: Any) -> str:
        """The slice's name: `yes`, `true`, `3`, `[10, 25)`, or `(missing)`."""
        if found is None or (isinstance(found, float) and math.isnan(found)):
            return MISSING
        if self.ranged:
            return self._range(int(found))
        if isinstance(found, bool):
            return "true" if found else "false"
        return _exact(float(found)) if isinstance(found, float | Decimal) else str(found)

    def _range(self, at: int) -> str:
        edges = (self.least, *self.cuts, self.greatest)
        if self.least == self.greatest:
            return _exact(self.least)
        low, high = _told_apart(edges)[at : at + 2]
        return f"[{low}, {high}{']' if at == len(self.cuts) else ')'}"


def number(column: Any) -> Any:
    """A numeric column as floats; NaN counts as no value, on every engine alike."""
    value = column.cast("float64")
    return ibis.cases((value.isnan(), ibis.null("float64")), else_=value)


def _exact(value: float) -> str:
    """The shortest text that is this number and no other."""
    short = f"{value:g}"
    return short if float(short) == value else repr(value)


def _told_apart(edges: Sequence[float]) -> list[str]:
    """The edges with as few digits as tell them apart."""
    texts: list[str] = []
    for digits in (6, 9, 12, 17):
        texts = [f"{edge:.{digits}g}" for edge in edges]
        if len(set(texts)) == len(set(edges)):
            break
    return texts


def slicings(engine: Engine, table: ibis.Table, segments: Sequence[Segment]) -> dict[str, Slicing]:
    """How each column is sliced, in at most two statements over the examples: cuts and ends, then values.

    Raises:
        InputError: a column has too many values to be a slice each.
    """
    cut = {segment.column: segment for segment in segments if segment.quantiles or segment.cuts}
    plain = [segment.column for segment in segments if segment.column not in cut]
    found = _profile(engine, table, list(cut.values()))
    values = {name: _values(engine, table, name) for name in plain}
    return {
        segment.column: _cut(segment, found)
        if segment.column in cut
        else Slicing(segment.column, found=values[segment.column])
        for segment in segments
    }


def _profile(engine: Engine, table: ibis.Table, segments: Sequence[Segment]) -> Mapping[str, Any]:
    """The ends and the cuts of the numeric segments."""
    aggregates: dict[str, Any] = {}
    for segment in segments:
        column = number(table[segment.column])
        aggregates[f"rows {segment.column}"] = table.count()
        aggregates[f"present {segment.column}"] = column.count()
        aggregates[f"least {segment.column}"] = column.min()
        aggregates[f"greatest {segment.column}"] = column.max()
        for part in range(1, segment.quantiles or 1):
            share = part / (segment.quantiles or 1)
            aggregates[f"cut {part} {segment.column}"] = column.quantile(share)
    return (
        engine.run(table.aggregate(**aggregates), "profiling segments").to_pylist()[0] if aggregates else {}
    )


def _values(engine: Engine, table: ibis.Table, name: str) -> tuple[Any, ...]:
    column = table[name]
    column = number(column) if column.type().is_floating() else column
    distinct = table.select(value=column).distinct().limit(MOST_VALUES + 1)
    found = engine.run(distinct, f"listing the values of {name}")["value"].to_pylist()
    if len(found) > MOST_VALUES:
        remedy = (
            f"Cut it: {{{name}: 4 quantiles}}."
            if column.type().is_numeric()
            else "Slice by a coarser column."
        )
        message = f"the segment {name} has more than {MOST_VALUES} different values; each would be a slice of its own"
        raise InputError("segment.values", message, remedy=remedy)
    return tuple(sorted(found, key=lambda value: (value is None, value)))


def _cut(segment: Segment, found: Mapping[str, Any]) -> Slicing:
    name = segment.column
    least, greatest = found[f"least {name}"], found[f"greatest {name}"]
    if least is None:
        return Slicing(name, found=(None,))
    cuts = segment.cuts or tuple(found[f"cut {part} {name}"] for part in range(1, segment.quantiles or 1))
    inner = tuple(sorted({float(cut) for cut in cuts if least < cut <= greatest}))
    gaps = (None,) if found[f"present {name}"] < found[f"rows {name}"] else ()
    return Slicing(name, inner, float(least), float(greatest), gaps, ranged=True)
