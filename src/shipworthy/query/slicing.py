"""How rows fall into slices: values as they are, numbers by cuts, and what each slice is called."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import ibis

from shipworthy.errors import InputError
from shipworthy.query.engine import Engine
from shipworthy.spec.model import Segment

MISSING = "(missing)"
MOST_VALUES = 200


@dataclass(frozen=True)
class Slicing:
    """One column to slice by; `cuts` are the inner edges of a number's ranges, `least` and `greatest` its ends.

    `found` are the values that occur in the examples, in ascending order.
    """

    column: str
    cuts: tuple[float, ...] = ()
    least: float = 0.0
    greatest: float = 0.0
    found: tuple[Any, ...] = ()

    @property
    def labels(self) -> tuple[str, ...]:
        """The names of all slices that the examples have, in order."""
        if self.cuts:
            return tuple(self.label(at) for at in range(len(self.cuts) + 1))
        return tuple(self.label(value) for value in self.found)

    def expression(self, table: ibis.Table) -> Any:
        """The slice of each row: the value itself, or the number of its range (null where the value is null)."""
        column = table[self.column]
        if not self.cuts:
            return column
        over = [ibis.cases((column >= cut, 1), else_=0) for cut in self.cuts]
        return ibis.cases(
            (column.isnull(), ibis.null("int64")), else_=sum(over[1:], start=over[0]).cast("int64")
        )

    def label(self, found: Any) -> str:
        """The slice's name: `yes`, `true`, `3`, `[10, 25)`, or `(missing)`."""
        if found is None or (isinstance(found, float) and math.isnan(found)):
            return MISSING
        if self.cuts:
            edges = (self.least, *self.cuts, self.greatest)
            at = int(found)
            return f"[{edges[at]:g}, {edges[at + 1]:g}{']' if at == len(self.cuts) else ')'}"
        if isinstance(found, bool):
            return "true" if found else "false"
        return f"{found:g}" if isinstance(found, float) else str(found)


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
        column = table[segment.column]
        aggregates[f"least {segment.column}"] = column.min().cast("float64")
        aggregates[f"greatest {segment.column}"] = column.max().cast("float64")
        for part in range(1, segment.quantiles or 1):
            aggregates[f"cut {part} {segment.column}"] = column.quantile(
                part / (segment.quantiles or 1)
            ).cast("float64")
    return (
        engine.run(table.aggregate(**aggregates), "profiling segments").to_pylist()[0] if aggregates else {}
    )


def _values(engine: Engine, table: ibis.Table, name: str) -> tuple[Any, ...]:
    column = table[name]
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
    return Slicing(name, inner, float(least), float(greatest), () if inner else (least,))
