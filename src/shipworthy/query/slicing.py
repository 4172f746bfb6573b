"""How rows fall into slices: values as they are, numbers by cuts, and what each slice is called."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import ibis

from shipworthy.errors import InputError
from shipworthy.query.engine import Engine
from shipworthy.query.frequent import absent, frequent_values, values_labelled
from shipworthy.spec.kinds import MOST_VALUES

if TYPE_CHECKING:
    from shipworthy.spec.model import Segment

MISSING = "(missing)"
OTHER = "(other)"
TOP = 50
"""The most frequent values that are slices of their own where a column has more than `MOST_VALUES`."""


@dataclass(frozen=True)
class Slicing:
    """One column to slice by: its values as they are or, where `ranged`, ranges of a number.

    `cuts` are the inner edges of the ranges, `least` and `greatest` their ends. `found` are the values that occur in
    the examples, in ascending order with None last; of a number in ranges only whether some are missing. Where
    `folded`, so many further values, the rarer ones, are one slice, `(other)`. `kind` is the type of the column in
    the examples: a log holds ids and units as text.
    """

    column: str
    cuts: tuple[float, ...] = ()
    least: float = 0.0
    greatest: float = 0.0
    found: tuple[Any, ...] = ()
    ranged: bool = False
    folded: int = 0
    kind: Any = field(default=None, compare=False)

    @property
    def values(self) -> tuple[Any, ...]:
        """What `expression` gives for the slices that the examples have, in order."""
        found = self.found[len(self._kept) :] if self.folded else self.found
        return (*range(self.numbers), *found)

    @property
    def labels(self) -> tuple[str, ...]:
        """The names of all slices that the examples have, in order."""
        return tuple(dict.fromkeys(self.label(value) for value in self.values))

    @property
    def numbers(self) -> int:
        """How many numbers stand for its slices in its expression; 0 where the values themselves do."""
        return len(self._kept) + 1 if self.folded else len(self.cuts) + 1 if self.ranged else 0

    @property
    def _kept(self) -> tuple[Any, ...]:
        """The values that are slices of their own."""
        return tuple(value for value in self.found if value is not None)

    def expression(self, table: ibis.Table) -> Any:
        """The slice of each row: the value itself, or the number of its range or frequent value (null where there is none)."""
        column = table[self.column]
        if self.kind is not None and column.type().is_string():
            column = column.cast(self.kind)
        if self.folded:
            places = [(column == value, place) for place, value in enumerate(self._kept)]
            return ibis.cases((absent(column), ibis.null("int64")), *places, else_=len(self._kept)).cast(
                "int64"
            )
        if not self.ranged:
            return number(column) if column.type().is_floating() else column
        value = column.cast("float64")
        under = [(value < cut, at) for at, cut in enumerate(self.cuts)]  # NaN is under no cut
        return ibis.cases(*under, (~value.isnan(), len(self.cuts)), else_=ibis.null("int64"))

    def label(self, found: Any) -> str:
        """The slice's name: `yes`, `true`, `3`, `[10, 25)`, or `(missing)`."""
        if found is None or (isinstance(found, float) and math.isnan(found)):
            return MISSING
        if self.ranged:
            return self._range(int(found))
        if self.folded:
            return plain_label(self._kept[int(found)]) if found < len(self._kept) else OTHER
        return plain_label(found)

    def _range(self, at: int) -> str:
        edges = (self.least, *self.cuts, self.greatest)
        if self.least == self.greatest:
            return _exact(self.least)
        low, high = _told_apart(edges)[at : at + 2]
        return f"[{low}, {high}{']' if at == len(self.cuts) else ')'}"


def plain_label(value: Any) -> str:
    """What the slice of a value that is not missing is called."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return _exact(float(value)) if isinstance(value, float | Decimal) else str(value)


def number(column: Any) -> Any:
    """A numeric column as floats; NaN counts as no value, on every engine alike."""
    value = column.cast("float64")
    return ibis.cases((value.isnan(), ibis.null("float64")), else_=value)


def infinite(column: Any) -> Any:
    """Whether a number is infinite; `isinf` of Ibis is always false on Spark."""
    return column.abs() == ibis.literal(math.inf)


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


def is_plain(dtype: Any) -> bool:
    """Whether a value of an Ibis type is one plain thing, which rows can be grouped by: no list, group of fields or bytes."""
    plain = dtype.is_boolean() or dtype.is_numeric() or dtype.is_temporal() or dtype.is_string()
    return bool(plain or dtype.is_uuid() or dtype.is_inet() or dtype.is_macaddr() or dtype.is_null())


def unsliceable(table: ibis.Table, column: str) -> tuple[str, str]:
    """What is wrong with a column that is not plain and is to be sliced by, and what to do."""
    kinds = table.schema()
    plain = [name for name, kind in kinds.items() if is_plain(kind)]
    return (
        f"{column} holds values of the type {kinds[column]}, and rows are sliced by text, numbers, true or false, or times",
        f"Store what matters of it in a column of its own, or slice by another one: {', '.join(plain)}.",
    )


def slicings(
    engine: Engine,
    table: ibis.Table,
    segments: Sequence[Segment],
    named: Mapping[str, Collection[str]] | None = None,
) -> dict[str, Slicing]:
    """How each column is sliced, from few statements over the examples: cuts and ends, then values by column.

    Args:
        engine: where the examples are.
        table: the examples.
        segments: the columns, and how they are cut.
        named: the slices of a column that requirements name; they stay slices however rare they are.

    Raises:
        InputError: a column holds lists, groups of fields or bytes.
    """
    for segment in segments:
        if not is_plain(table[segment.column].type()):
            message, remedy = unsliceable(table, segment.column)
            raise InputError("segment.kind", message, remedy=remedy)
    cut = {segment.column: segment for segment in segments if segment.quantiles or segment.cuts}
    found = _profile(engine, table, list(cut.values()))
    return {
        segment.column: _cut(segment, found)
        if segment.column in cut
        else _plain(engine, table, segment, (named or {}).get(segment.column, ()))
        for segment in segments
    }


def _plain(engine: Engine, table: ibis.Table, segment: Segment, named: Collection[str]) -> Slicing:
    """A column by its values; by the most frequent ones where there are too many, or where the segment asks for them."""
    found = frequent_values(engine, table, segment.column, MOST_VALUES)
    name, kind = segment.column, table[segment.column].type()
    most = segment.top or (MOST_VALUES if found.distinct <= MOST_VALUES else TOP)
    gaps = (None,) if found.missing else ()
    if found.distinct <= most:
        return Slicing(name, found=(*sorted(found.values), *gaps), kind=kind)
    kept = [value for value in found.values if plain_label(value) not in (OTHER, MISSING)][:most]
    if rare := {*named} - {*map(plain_label, kept), OTHER, MISSING}:
        matching = values_labelled(engine, table, name, rare)
        kept += [value for value in matching if plain_label(value) in rare]
    return Slicing(name, found=(*sorted(kept), *gaps), folded=found.distinct - len(kept), kind=kind)


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


def _cut(segment: Segment, found: Mapping[str, Any]) -> Slicing:
    name = segment.column
    least, greatest = found[f"least {name}"], found[f"greatest {name}"]
    if least is None:
        return Slicing(name, found=(None,))
    cuts = segment.cuts or tuple(found[f"cut {part} {name}"] for part in range(1, segment.quantiles or 1))
    inner = tuple(sorted({float(cut) for cut in cuts if least < cut <= greatest}))
    gaps = (None,) if found[f"present {name}"] < found[f"rows {name}"] else ()
    return Slicing(name, inner, float(least), float(greatest), gaps, ranged=True)
