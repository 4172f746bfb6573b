"""Each mitigated candidate against the same one without the mitigation, on the same test rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from shipworthy.compare import Joined, asked, pair_needs
from shipworthy.compare.contrast import comparable
from shipworthy.compare.verdict import comparisons
from shipworthy.evidence import Change, Mitigation
from shipworthy.metrics.defining import headlines
from shipworthy.query.pairs import PairedLog, scan_pairs

if TYPE_CHECKING:
    from shipworthy.evidence import CandidateFacts, Comparison
    from shipworthy.query.scan import Log
    from shipworthy.workbench.session import Session


def mitigations(
    session: Session, candidates: Iterable[CandidateFacts], logs: Mapping[str, Log]
) -> tuple[Mitigation, ...]:
    """What each mitigated candidate that has a counterpart costs; one statement for each.

    Args:
        session: the product and its data.
        candidates: all that were judged.
        logs: their test rows, at their operating points.
    """
    return tuple(_mitigation(session, each, logs) for each in candidates if each.mitigates in logs)


def _mitigation(session: Session, facts: CandidateFacts, logs: Mapping[str, Log]) -> Mitigation:
    """Every headline metric that can be compared row by row."""
    value, task = session.product.value, session.task
    costs = [each.metric for each in headlines(value, task) if comparable(each, task)]
    questions = asked((), value, (), costs, {}, task)
    pair = PairedLog(logs[facts.name], logs[facts.mitigates], questions.columns)
    tallies = scan_pairs(pair, pair_needs(questions, task, unanswered=True))
    found, _ = comparisons(questions, {facts.name: Joined(tallies, task)}, facts.mitigates)
    changes = tuple(_change(each) for each in found if each.asked)
    return Mitigation(facts.name, facts.mitigates, facts.mitigation, changes)


def _change(found: Comparison) -> Change:
    return Change(
        found.metric,
        found.champion_value,
        found.challenger_value,
        found.difference,
        found.low,
        found.high,
        found.confidence,
        found.n,
        found.method,
    )
