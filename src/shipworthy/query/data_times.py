"""When the rows of the examples are from: the newest of each slice, and how many there are of each day, week, month or year."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import ibis

from shipworthy.evidence import TimeBin
from shipworthy.query.answer import positive
from shipworthy.query.data_rows import DataRows, instant
from shipworthy.query.parts import found_by_part, keys_of, slices_of
from shipworthy.tally.cube import Key
from shipworthy.tally.needs import Grouping

DAY_S = 86_400
SPANS = (("day", 62), ("week", 400), ("month", 1_900), ("year", 40_000))
"""The length of a bin, and up to how many days of data it is taken."""


def newest(
    rows: DataRows, groupings: Collection[Grouping]
) -> Mapping[Grouping, Mapping[Key, tuple[int, int]]]:
    """The instant of the newest row, in milliseconds since 1970, and the rows that have one, by slice; in one statement."""
    time = instant(rows, rows.source.time or "")
    wanted = sorted(groupings)
    columns = sorted({column for by in wanted for column in by})
    sliced = {f"slice:{name}": rows.slicings[name].expression(rows.table) for name in columns}
    table = rows.table.select(time=time.epoch_seconds(), **sliced)
    table = table.filter(table.time.notnull())
    parts = [(by, _newest(table, by)) for by in wanted]
    found = found_by_part(rows.engine, parts, tuple(columns), "finding the newest rows")
    return {
        by: {
            key: (int(row["newest"]) * 1000, int(row["n"]))
            for key, row in zip(keys_of(part, by, rows.slicings), part.to_pylist(), strict=True)
            if row["newest"] is not None
        }
        for by, part in zip(wanted, found, strict=True)
    }


def _newest(table: ibis.Table, by: Grouping) -> ibis.Table:
    found = {"newest": table.time.max(), "n": table.count()}
    return table.group_by(slices_of(by)).aggregate(**found) if by else table.aggregate(**found)


def timeline(rows: DataRows) -> tuple[str, tuple[TimeBin, ...]]:
    """The rows by day, week, month or year, whichever makes at most about sixty bins, in two statements.

    Returns:
        the length of a bin (day, week, month or year), and the bins that have rows, in order.
    """
    time, label = instant(rows, rows.source.time or ""), rows.table[rows.label]
    binary = rows.kind == "binary"
    yes = positive(label, rows.positive) if binary else ibis.literal(value=False)
    table = rows.table.select(
        time=time, labelled=~rows.missing(rows.label), positive=ibis.coalesce(yes, False)
    )
    table = table.filter(table.time.notnull())
    ends = {"first": table.time.min().epoch_seconds(), "last": table.time.max().epoch_seconds()}
    found = rows.engine.run(table.aggregate(**ends), "finding the span of time").to_pylist()[0]
    if found["first"] is None:
        return "", ()
    days = (found["last"] - found["first"]) / DAY_S
    span = next((span for span, most in SPANS if days <= most), "year")
    binned = table.mutate(start=table.time.truncate(span[0].upper()))
    counted = binned.group_by("start").aggregate(
        rows=binned.count(), labelled=binned.labelled.sum(), positives=binned.positive.sum()
    )
    bins = rows.engine.run(counted.order_by("start"), "counting rows by time").to_pylist()
    return span, tuple(
        TimeBin(
            each["start"].date().isoformat(),
            each["rows"],
            each["labelled"],
            each["positives"] if binary else None,
        )
        for each in bins
    )
