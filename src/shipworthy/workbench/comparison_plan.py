"""Comparison plan: the rows that a comparison of two candidates needs, before anybody labels them."""

from __future__ import annotations

from collections.abc import Sequence
from math import isnan
from typing import TYPE_CHECKING

from shipworthy.compare import (
    Joined,
    counts_same_rows,
    paired_column,
    prove_comparable,
    spread,
    spread_needs,
    spread_of_one,
)
from shipworthy.errors import InputError
from shipworthy.evidence import Span
from shipworthy.metrics import define, measure
from shipworthy.plan import (
    LABELLED_ROWS,
    Aim,
    PlannedComparison,
    Prices,
    Rates,
    Shares,
    discordance,
    is_discordant,
    planned_comparison,
    shares,
)
from shipworthy.query.pairs import PairedLog, scan_pairs
from shipworthy.tally.needs import OVERALL, Needs
from shipworthy.workbench.comparing import metric_named
from shipworthy.workbench.evaluate import count
from shipworthy.workbench.plan import NO_FLOW, labels_per_row, possible_task, prices
from shipworthy.workbench.session import Session

if TYPE_CHECKING:
    from shipworthy.metrics import Definition
    from shipworthy.query.scan import Log
    from shipworthy.spec.task import Task
    from shipworthy.tally.scan import Tallies
    from shipworthy.workbench.evaluate import Counted
    from shipworthy.workbench.product import Opened
    from shipworthy.workbench.train import Progress

LEVEL = 0.95
WORST_RATE = 0.5
"""The rate that is taken where none is known: no other needs as many rows."""

INDEPENDENT = "taken as if two candidates like {} erred independently; where they err alike, fewer rows do"


def comparison(metric: str, aim: Aim, opened: Opened | None, progress: Progress) -> PlannedComparison:
    """The rows that a comparison of two candidates needs; from the product where there is one, else from assumptions.

    Raises:
        InputError: the metric or a number cannot be compared, or the product or its data is wrong.
        OutsideError: a database failed.
    """
    named = metric_named(metric)
    if opened is None:
        task = possible_task(lambda each: define(named, None, each))
        definition = define(named, None, task)
        prove_comparable(definition, task)
        same, worst = _same_rows(definition, task), "taken as 0.5, where most rows are needed"
        why = f"no product: {worst}" if is_discordant(definition) else "no product: not known"
        rates = Rates(WORST_RATE, why, same_rows=same)
        unknown = Span(None, None, None)
        return planned_comparison(
            definition, rates, aim, Shares(unknown, unknown), Prices(None, NO_FLOW), task
        )
    session = Session(opened)
    definition = define(named, session.product.value, session.task)
    prove_comparable(definition, session.task)
    if definition.kind == "judged":
        raise InputError(
            "compare.metric",
            f"{definition.metric} is a judge's, and how many labels a comparison by it takes is not planned",
            remedy="Plan the labels of the claim on each candidate: shipworthy plan",
        )
    if definition.subject != "answers":
        raise InputError(
            "compare.metric",
            f"{definition.metric} is counted over attacks, and rows cannot be planned for it",
            remedy=f'Plan it by itself: shipworthy plan --claim "{definition.metric} <= 1 %"',
        )
    counted = count(session, progress, definition.needs(OVERALL))
    rates = _rates(definition, [each for each in counted if each.facts.eligible], session.task)
    found = _shares(definition, session, counted[0]) if rates.same_rows else LABELLED_ROWS
    return planned_comparison(definition, rates, aim, found, prices(session), session.task)


def _same_rows(definition: Definition, task: Task) -> bool:
    return is_discordant(definition) or counts_same_rows(definition, task)


def _shares(definition: Definition, session: Session, each: Counted) -> Shares:
    tallies, items = each.tallies, labels_per_row(session, each)
    return shares(
        definition,
        tallies,
        OVERALL,
        tallies.overall,
        clustered=tallies.clustered,
        task=session.task,
        items=items,
    )


def _rates(definition: Definition, eligible: Sequence[Counted], task: Task) -> Rates:
    """The value of the best candidate, and how it and the second best differ."""
    found = ((float(measure(definition, each.tallies, OVERALL, LEVEL).value[0]), each) for each in eligible)
    known = sorted(
        (pair for pair in found if not isnan(pair[0])),
        key=lambda pair: (pair[0], pair[1].facts.name),
        reverse=definition.entry.direction == "higher",
    )
    same = _same_rows(definition, task)
    if not known:
        return Rates(
            WORST_RATE, "no candidate has one: taken as 0.5, where most rows are needed", same_rows=same
        )
    value, best = known[0]
    why = (
        f"{value:.3f}, that of {best.facts.name}"
        if abs(value) < 1
        else f"{value:.4g}, that of {best.facts.name}"
    )
    second = known[1][1] if len(known) > 1 else best
    names = f"{best.facts.name} and {second.facts.name}, the two best"
    if second is best or best.log.engine is not second.log.engine:
        return _of_one(definition, best, value, why, task, same_rows=same)
    return _of_two(definition, (best.log, second.log), value, (why, names), task, same_rows=same)


def _of_one(
    definition: Definition, best: Counted, value: float, why: str, task: Task, *, same_rows: bool
) -> Rates:
    """One candidate alone says nothing of how alike two err."""
    if is_discordant(definition):
        return Rates(value, why)
    own = spread_of_one(definition, best.tallies, task)
    return Rates(
        value, why, None, INDEPENDENT.format(best.facts.name), own.paired, own.apart, same_rows=same_rows
    )


def _of_two(
    definition: Definition,
    logs: tuple[Log, Log],
    value: float,
    told: tuple[str, str],
    task: Task,
    *,
    same_rows: bool,
) -> Rates:
    """How the two best differ on the rows that both answered."""
    why, names = told
    tallies = _scanned(definition, logs, task)
    if is_discordant(definition):
        both = discordance(tallies.overall, definition, task)
        measured = f"measured between {names}, on {both.rows:,} rows"
        return Rates(value, why, both.discordant / both.rows, measured) if both.rows else Rates(value, why)
    found = spread(definition, Joined(tallies, task))
    measured = f"measured between {names}, on {found.rows:,} rows"
    return Rates(value, why, None, measured, found.paired, found.apart, same_rows=same_rows)


def _scanned(definition: Definition, logs: tuple[Log, Log], task: Task) -> Tallies:
    if is_discordant(definition):
        return scan_pairs(PairedLog(*logs), Needs(groupings=frozenset({OVERALL})))
    columns = tuple(filter(None, [paired_column(definition)]))
    return scan_pairs(PairedLog(*logs, columns), spread_needs(definition, task))


__all__ = ["Aim", "comparison"]
