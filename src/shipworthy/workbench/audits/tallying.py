"""Everything that claims about data need, counted: sums of all rows, ages, and what a bounded sample must do for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from shipworthy.audit.findings import value_of
from shipworthy.audit.texts import TEXT_VALUES
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
    rows: DataRows, asked: DataQuestions, taken: Sample, engine: Engine, texts: Sequence[str]
) -> Tallies:
    """The tallies of a bounded sample, counted in the embedded engine; nothing where no claim needs one.

    Args:
        rows: all rows.
        asked: the claims.
        taken: the sample.
        engine: the embedded one.
        texts: the columns of text, of which it counts how often each value is positive.
    """
    needs = merged(claim.needs for claim in asked.sampled)
    if not asked.sampled:
        return Tallies({}, {})
    read = {column for claim in asked.sampled for column in claim.columns}
    own = rows_of(taken, rows, engine, _of_texts(asked, taken))
    own = replace(own, rates=positive_rates(own, [name for name in texts if name in read]))
    return scan_data(own, needs)


def _of_texts(asked: DataQuestions, taken: Sample) -> dict[str, Sequence[float | None]]:
    """The row values that are worked out of texts one by one, by name."""
    found: dict[str, Sequence[float | None]] = {}
    for claim in asked.sampled:
        definition = claim.definition.inner or claim.definition
        name, column = definition.metric.name, next(iter(definition.reads), "")
        if name in TEXT_VALUES:
            texts = taken.rows[column].cast("string").to_pylist()
            found[value_of(definition)] = TEXT_VALUES[name](texts, column)
    return found
