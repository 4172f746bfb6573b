"""The tallies of data: all row values of an audit in one statement, and single figures in one more."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any

import ibis

from shipworthy.query.answer import positive
from shipworthy.query.data_cubes import counted_cubes, with_slices
from shipworthy.query.data_rows import DataRows, with_keys
from shipworthy.query.data_values import number_of
from shipworthy.query.frame import row_key
from shipworthy.query.parts import slices_of
from shipworthy.query.sliced import Sliced
from shipworthy.query.tallying import tallied
from shipworthy.query.values import ANSWER, LABEL
from shipworthy.spec.task import BINARY
from shipworthy.tally.needs import Grouping, Needs
from shipworthy.tally.scan import Tallies


def scan_data(rows: DataRows, needs: Needs) -> Tallies:
    """The tallies that the needs ask for, all but figures. No row has an answer; only values count, and labels where values are ranked."""
    counted = replace(needs, histograms=frozenset())
    cubes = {} if rows.clustered or not needs.groupings else counted_cubes(rows, counted)
    rest = needs if rows.clustered else replace(needs, groupings=frozenset())
    if not rest.groupings and not rest.histograms:
        return Tallies(cubes, {}, rows.clustered)
    keyed = with_slices(with_keys(rows, needs.columns), needs.sliced_by)
    table = valued(keyed, needs.columns, needs.sliced_by)
    found = tallied(Sliced(rows.engine, table, rows.slicings, BINARY, clustered=rows.clustered), rest)
    return replace(found, cubes={**found.cubes, **cubes})


def valued(rows: DataRows, names: Collection[str], by: Grouping) -> ibis.Table:
    """One row for each example with its row values, its slices, its answer and its unit, as other scans want it."""
    table = rows.table
    columns: dict[str, Any] = {name: number_of(rows, name) for name in sorted(names)}
    if rows.clustered:
        columns["unit"] = ibis.coalesce(table[rows.source.whose].cast("string"), "")
    known = rows.kind == "binary" and rows.label in table.columns
    answer = positive(table[rows.label], rows.positive) if known else ibis.null("boolean")
    outcome = {LABEL: answer, ANSWER: ibis.null("boolean"), "label": answer}
    return table.select(*slices_of(by), **columns, **outcome)


def some_ids(rows: DataRows, wanted: Mapping[str, bool], most: int = 3) -> dict[str, tuple[str, ...]]:
    """The first ids (by their text) of rows whose value is not as it should be, by row value, in one statement.

    Args:
        rows: the rows.
        wanted: the row values, and whether a row should have it.
        most: how many ids of each.
    """
    if not wanted or not rows.identity:
        return {}
    keyed = with_keys(rows, wanted)
    name = row_key(keyed.table, rows.source.id, rows.source.repeats)
    parts = []
    for value, good in sorted(wanted.items()):
        given = number_of(keyed, value)
        chosen = keyed.table.select(
            value=ibis.literal(value), id=name, bad=given < 1.0 if good else given > 0.0
        )
        parts.append(chosen.filter(chosen.bad).select("value", "id").distinct().order_by("id").limit(most))
    every = ibis.union(*parts) if len(parts) > 1 else parts[0]
    found: dict[str, list[str]] = {value: [] for value in wanted}
    for row in rows.engine.run(every, "naming a few rows").to_pylist():
        found[row["value"]].append(str(row["id"]))
    return {value: tuple(sorted(ids)) for value, ids in found.items()}
