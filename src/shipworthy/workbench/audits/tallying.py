"""Everything that claims about data need, counted: sums of all rows, ages, and what a bounded sample must do for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from shipworthy.query.data_scan import scan_data
from shipworthy.query.data_times import newest
from shipworthy.query.leaks import positive_rates
from shipworthy.query.sampled import Sample, rows_of
from shipworthy.tally.figure import Figure
from shipworthy.tally.needs import Needs, merged
from shipworthy.tally.scan import Tallies
from shipworthy.workbench.clock import instant_ms

if TYPE_CHECKING:
    from shipworthy.audit import DataQuestions
    from shipworthy.query.data_rows import DataRows
    from shipworthy.query.engine import Engine
    from shipworthy.tally.cube import Key
    from shipworthy.tally.needs import Grouping
    from shipworthy.workbench.audits.texts import TextValues

FRESHNESS = "=freshness"


def tallies_of(rows: DataRows, asked: DataQuestions, more: Needs) -> Tallies:
    """The tallies of all rows: sums in one statement, ages in one more."""
    needs = merged(claim.needs for claim in asked.scanned) | more
    found = scan_data(rows, needs)
    groupings = {by for name, by in needs.figures if name == FRESHNESS}
    if not groupings:
        return found
    present = instant_ms()
    figures: dict[tuple[str, Grouping], Mapping[Key, Figure]] = {
        (FRESHNESS, by): {key: Figure(float(present - at), n) for key, (at, n) in slices.items()}
        for by, slices in newest(rows, groupings).items()
    }
    return replace(found, figures=figures)


def tallies_of_sample(
    rows: DataRows, asked: DataQuestions, taken: Sample, engine: Engine, values: TextValues
) -> Tallies:
    """The tallies of a bounded sample, counted in the embedded engine; nothing where no claim needs one.

    Args:
        rows: all rows.
        asked: the claims.
        taken: the sample.
        engine: the embedded one.
        values: what claims count of texts, by row value.
    """
    needs = merged(claim.needs for claim in asked.sampled)
    if not asked.sampled:
        return Tallies({}, {})
    ranked = {column for claim in asked.sampled if claim.needs.histograms for column in claim.columns}
    own = rows_of(taken, rows, engine, values)
    texts = [name for name in ranked if own.table[name].type().is_string()]
    own = replace(own, rates=positive_rates(own, sorted(texts)))
    return scan_data(own, needs)
