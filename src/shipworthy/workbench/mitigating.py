"""Each mitigated candidate against the same one without the mitigation, on the same test rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from shipworthy.compare import LOGGED, Joined, asked, pair_needs
from shipworthy.compare.verdict import comparisons
from shipworthy.evidence import Change, Mitigation
from shipworthy.query.pairs import PairedLog, scan_pairs
from shipworthy.spec.claim import Metric

if TYPE_CHECKING:
    from shipworthy.evidence import CandidateFacts, Comparison
    from shipworthy.query.scan import Log
    from shipworthy.workbench.session import Session

COSTS = ("recall", "false_positive_rate", "precision", "accuracy")
"""What a mitigation may cost, beside net value where money is stated."""


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
    value, repeats = session.product.value, session.product.data.examples.repeats
    names = (*COSTS, *(["net_value"] if value else []))
    questions = asked((), value, (), [Metric(name) for name in names], {})
    mine, plain = logs[facts.name], logs[facts.mitigates]
    keys = ("id", *([repeats] if repeats else []))
    tallies = scan_pairs(
        PairedLog(mine, plain, keys, LOGGED), pair_needs(questions, mine.task, unanswered=True)
    )
    found, _ = comparisons(questions, {facts.name: Joined(tallies, mine.task)}, facts.mitigates)
    changes = tuple(_change(each) for each in found if each.metric in names)
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
