"""Contest: the rows that a comparison of two candidates needs, before anybody labels them."""

from __future__ import annotations

from collections.abc import Sequence
from math import isnan
from typing import TYPE_CHECKING

from shipworthy.evidence import Span
from shipworthy.metrics import define, measure
from shipworthy.plan import (
    Aim,
    Contest,
    Prices,
    Rates,
    Shares,
    contest,
    discordance,
    prove_comparable,
    shares,
)
from shipworthy.query.pairs import PairedLog, scan_pairs
from shipworthy.spec.claim import Metric
from shipworthy.tally.needs import OVERALL, Needs
from shipworthy.workbench.evaluate import count
from shipworthy.workbench.plan import NO_FLOW, prices
from shipworthy.workbench.session import Session

if TYPE_CHECKING:
    from shipworthy.metrics import Definition
    from shipworthy.workbench.evaluate import Counted
    from shipworthy.workbench.product import Opened
    from shipworthy.workbench.train import Progress

LEVEL = 0.95
WORST_RATE = 0.5
"""The rate that is taken where none is known: no other needs as many rows."""


def comparison(metric: str, aim: Aim, opened: Opened | None, progress: Progress) -> Contest:
    """The rows that a comparison of two candidates needs; from the product where there is one, else from assumptions.

    Raises:
        InputError: the metric or a number cannot be compared, or the product or its data is wrong.
        OutsideError: a database failed.
    """
    definition = define(Metric(metric), opened.product.value if opened else None)
    prove_comparable(definition)
    if opened is None:
        rates = Rates(WORST_RATE, "no product: taken as 0.5, where most rows are needed")
        unknown = Span(None, None, None)
        return contest(definition, rates, aim, Shares(unknown, unknown), Prices(None, NO_FLOW))
    session = Session(opened)
    counted = count(session, progress)
    eligible = [each for each in counted if each.facts.eligible]
    tallies = counted[0].tallies
    found = shares(definition, tallies, OVERALL, tallies.overall, clustered=tallies.clustered)
    rates = _rates(definition, eligible)
    return contest(definition, rates, aim, found, prices(session))


def _rates(definition: Definition, eligible: Sequence[Counted]) -> Rates:
    """The rate of the best candidate, and how often it and the second best differ."""
    found = ((float(measure(definition, each.tallies, OVERALL, LEVEL).value[0]), each) for each in eligible)
    known = sorted(
        (pair for pair in found if not isnan(pair[0])),
        key=lambda pair: (pair[0], pair[1].facts.name),
        reverse=definition.entry.direction != "lower",
    )
    if not known:
        return Rates(WORST_RATE, "no candidate has one: taken as 0.5, where most rows are needed")
    rate, best = known[0]
    why = f"{rate:.3f}, that of {best.facts.name}"
    if len(known) == 1 or best.log.engine is not known[1][1].log.engine:
        return Rates(rate, why)
    second = known[1][1]
    paired = scan_pairs(PairedLog(best.log, second.log), Needs(groupings=frozenset({OVERALL})))
    both = discordance(paired.overall, definition)
    if not both.rows:
        return Rates(rate, why)
    measured = (
        f"measured between {best.facts.name} and {second.facts.name}, the two best, on {both.rows:,} rows"
    )
    return Rates(rate, why, both.discordant / both.rows, measured)


__all__ = ["Aim", "comparison"]
