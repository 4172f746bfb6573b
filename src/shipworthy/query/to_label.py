"""Rows for people to label: drawn inside the engine, bounded, and as texts that people can read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import ibis
import pyarrow as pa

from shipworthy.query.answer import class_of
from shipworthy.query.engine import Engine
from shipworthy.query.frame import Frame, row_id
from shipworthy.query.frequent import absent
from shipworthy.query.slicing import Slicing, plain_label
from shipworthy.query.source import md5
from shipworthy.query.split import TEST

if TYPE_CHECKING:
    from shipworthy.spec.model import Product

SHOWN_CHARACTERS = 20_000


@dataclass(frozen=True)
class Stratum:
    """Rows that may be drawn and have one chance: their slice of each column, and how many there are."""

    slices: Mapping[str, str]
    rows: int


def unlabelled(frame: Frame, part: str, queued: Sequence[str]) -> ibis.Table:
    """The rows of a part of the split that have no label and are not in the queue."""
    return _not_queued(frame, frame.rows(part).filter(lambda table: table.label.isnull()), queued)


def labelled(frame: Frame, source: ibis.Table, product: Product, queued: Sequence[str]) -> ibis.Table:
    """The rows of all parts that have a label of the source's own and are not in the queue."""
    own = source.filter(~absent(source[product.label]))
    own = own.select(**{"q:own": row_id(own, product)})
    rows = frame.table.semi_join(own, frame.table.id == own["q:own"])
    return _not_queued(frame, rows, queued)


def _not_queued(frame: Frame, rows: ibis.Table, queued: Sequence[str]) -> ibis.Table:
    if not queued:
        return rows
    lent = frame.engine.lent(pa.table({"q:id": pa.array(queued, pa.string())}), "label_queued")
    return rows.anti_join(lent, rows.id == lent["q:id"])


def strata(frame: Frame, rows: ibis.Table, columns: Sequence[str]) -> tuple[Stratum, ...]:
    """How many rows there are in each slice of these columns, crossed; one stratum without columns."""
    by = slice_columns(frame, rows, columns)
    sliced = rows.mutate(**by)
    counted = (sliced.group_by([*by]) if by else sliced).aggregate(rows=sliced.count())
    found = frame.engine.run(counted, "counting the rows to draw from").to_pylist()
    return tuple(
        Stratum(_labels(frame.slicings, columns, row), int(row["rows"])) for row in found if row["rows"]
    )


def drawn(
    frame: Frame, rows: ibis.Table, columns: Sequence[str], most: int, seed: str
) -> list[tuple[str, dict[str, str]]]:
    """Up to so many rows of each stratum, at random: ids with their slices, in a random order that the seed decides."""
    by = slice_columns(frame, rows, columns)
    chance = md5(rows.id.concat(f"|{seed}"))
    ranked = rows.mutate(**by, **{"d:order": chance})
    window = ibis.window(group_by=[*by] or None, order_by="d:order")
    placed = ranked.mutate(**{"d:place": ibis.row_number().over(window)})
    first = placed.filter(placed["d:place"] < most).select("id", "d:order", *by)
    found = frame.engine.run(first.order_by("d:order"), "drawing rows to label").to_pylist()
    return [(row["id"], _labels(frame.slicings, columns, row)) for row in found]


def as_judged(frame: Frame) -> Frame:
    """The frame with its rows among those that logs are written of, whatever their part of the split."""
    return replace(frame, table=frame.table.mutate(split=ibis.literal(TEST)))


def sampled(rows: ibis.Table, most: int, seed: str) -> ibis.Table:
    """At most so many of the rows, at random as the seed decides."""
    chance = md5(rows.id.concat(f"|{seed}|pool"))
    return rows.mutate(**{"d:order": chance}).order_by("d:order").limit(most).drop("d:order")


def shown_rows(
    engine: Engine, table: ibis.Table, key: Any, ids: Collection[str], columns: Sequence[str]
) -> dict[str, dict[str, str]]:
    """What people see of these rows, by id: each column's value as a text.

    Args:
        engine: where the table is.
        table: the examples.
        key: the id of each row, as an expression.
        ids: the rows.
        columns: the columns to show.
    """
    lent = engine.lent(pa.table({"q:id": pa.array([*ids], pa.string())}), "label_ids")
    own = table.select(**{"q:row": key}, **{f"c:{column}": table[column] for column in columns})
    found = engine.run(own.semi_join(lent, own["q:row"] == lent["q:id"]), "reading the rows to label")
    return {
        row["q:row"]: {column: _text(row[f"c:{column}"]) for column in columns} for row in found.to_pylist()
    }


def label_values(engine: Engine, column: Any, most: int) -> list[str]:
    """The different values of a label as the names of classes, at most so many, sorted."""
    named = class_of(column).name("value").as_table().distinct()
    listed = named.filter(named.value.notnull()).order_by("value").limit(most)
    return [str(value) for value in engine.run(listed, "listing the labels")["value"].to_pylist()]


def slice_columns(frame: Frame, rows: ibis.Table, columns: Sequence[str]) -> dict[str, Any]:
    """The slice of each row, as an expression per column; a frame has the original columns under `c:NAME`."""
    own = {column: replace(frame.slicings[column], column=f"c:{column}") for column in columns}
    return {f"s:{column}": slicing.expression(rows) for column, slicing in own.items()}


def _labels(
    slicings: Mapping[str, Slicing], columns: Sequence[str], row: Mapping[str, Any]
) -> dict[str, str]:
    return {column: slicings[column].label(row[f"s:{column}"]) for column in columns}


def _text(value: Any) -> str:
    """A value as people read it; very long texts are cut, and say so."""
    if value is None:
        return ""
    if isinstance(value, dt.datetime):
        return value.isoformat(sep=" ", timespec="seconds")
    written = plain_label(value)
    cut = len(written) - SHOWN_CHARACTERS
    return written if cut <= 0 else f"{written[:SHOWN_CHARACTERS]} … ({cut:,} characters more)"
