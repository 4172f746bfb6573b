"""Rows of the embedded engine, streamed once and counted in NumPy: sums over units, and histograms.

A GROUP BY of unit and slice makes nearly as many groups as there are rows, and one of buckets many, once per grouping.
Here each row crosses once with the hash of its unit, the numbers of its slices and its values. Rows are dealt to
partitions by hash, so that all rows of a unit meet, and every grouping is summed from them. Two units whose 64-bit
hashes agree would count as one: among a million units that happens once in 37 million logs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

import ibis

from shipworthy.metrics.outcomes import asked_totals
from shipworthy.query.crossing import Crossing
from shipworthy.query.dealing import dealt
from shipworthy.query.engine import Engine
from shipworthy.query.histograms import (
    GROUPS,
    ITEMS,
    HistogramNeed,
    Histograms,
    grouped,
    joined,
    slices_of_all,
)
from shipworthy.query.sliced import Sliced
from shipworthy.query.slicing import Slicing
from shipworthy.tally.bucketing import Bucketing
from shipworthy.tally.cube import Cube
from shipworthy.tally.needs import Grouping, Needs
from shipworthy.tally.unit_rows import Records, Summing, UnitRows, summing

PURPOSE = "counting streamed rows"

MOST_SLICES = 250
BATCH_ROWS = 120_000


MOST_DENSE = 250
"""A histogram of no more slices than this is counted here, where each slice has room for each bucket."""

MOST_DENSE_GROUPED = 30
"""The same where random groups of units are counted too."""


def streamable(log: Sliced, needs: Needs) -> Needs:
    """What of the needs is counted from one stream of rows: nothing where the engine is not this process.

    Histograms are streamed all or not at all, so that no log takes more than two statements.
    """
    if not log.engine.local:
        return Needs()
    sliced = {column: log.slicings[column] for column in needs.sliced_by}
    summed = log.clustered and sums_units(log.engine, sliced)
    dense = all(_dense(each, log, needs) for each in needs.histograms)
    return replace(
        needs,
        groupings=needs.groupings if summed else frozenset(),
        histograms=needs.histograms if dense else frozenset(),
    )


def sums_units(engine: Engine, slicings: Mapping[str, Slicing]) -> bool:
    """Whether rows are summed by unit here, where one stream of them serves any number of groupings."""
    return engine.local and _known(slicings, slicings)


def _dense(need: HistogramNeed, log: Sliced, needs: Needs) -> bool:
    """Whether a histogram has few slices, all known beforehand."""
    column, by = need
    most = MOST_DENSE_GROUPED if need in needs.ranked and not log.independent else MOST_DENSE
    return (
        not column.startswith(ITEMS) and _known(by, log.slicings) and slices_of_all(by, log.slicings) <= most
    )


def _known(columns: Iterable[str], slicings: Mapping[str, Slicing]) -> bool:
    """Whether the slices of all these columns are known beforehand and few, so that rows can cross with their numbers."""
    return all(0 < len(slicings[column].labels) < MOST_SLICES for column in columns)


@dataclass(frozen=True, eq=False)
class _Asked:
    """What is counted while rows stream by: sums of each grouping, and histograms by what they are counted by."""

    crossing: Crossing
    summed: tuple[Summing, ...]
    counting: Mapping[HistogramNeed, Bucketing]

    def batches(self, engine: Engine, rows: ibis.Table) -> Iterator[Records]:
        """The rows that are to be summed by unit; values are put into buckets on the way."""
        for batch in engine.stream(rows, PURPOSE, BATCH_ROWS):
            valued = self.crossing.valued(batch)
            for (column, _), counting in self.counting.items():
                counting.add(valued[column])
            if self.summed:
                yield self.crossing.records(batch)


def streamed(log: Sliced, needs: Needs) -> tuple[dict[Grouping, Cube], Histograms]:
    """The cube of every grouping and every histogram. Rows that are summed by unit wait on the disk, some 30 bytes each."""
    finer = joined(needs, log.slicings)
    asked = _asked(log, needs, finer)
    batches = asked.batches(log.engine, asked.crossing.rows(log.table))
    for records in dealt(batches, log.engine.temporary):
        units = UnitRows.of(records, asked.crossing.row)
        for each in asked.summed:
            each.add(units)
    cubes = {each.by: each.cube() for each in asked.summed}
    return cubes, {need: asked.counting[finer[need]].histograms(need[1]) for need in finer}


def _asked(log: Sliced, needs: Needs, finer: Mapping[HistogramNeed, HistogramNeed]) -> _Asked:
    ranked = grouped(log, needs, finer)
    crossing = Crossing(
        log.task,
        log.slicings,
        needs.sliced_by,
        tuple(sorted(needs.columns)) if needs.groupings else None,
        tuple(sorted({column for column, _ in finer})),
        log.weighted,
        asked_totals(log.task, needs.products),
        ("unit" if log.clustered else "id") if ranked else None,
    )
    summed = tuple(summing(by, crossing.row, needs) for by in sorted(needs.groupings))
    counting = {
        part: Bucketing(
            part[1],
            crossing.packing,
            probability=part[0] == "score",
            scored=part[0] == "score" and log.task.kind == "binary",
            random_groups=GROUPS if part in ranked else 0,
        )
        for part in {*finer.values()}
    }
    return _Asked(crossing, summed, counting)
