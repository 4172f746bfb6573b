"""What an audit says against shipping: claims about the data that are missed or undecided."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from shipworthy.errors import Problem
from shipworthy.evidence import Audit, Decision


def data_blocks(audit: Audit) -> Iterator[Problem]:
    """The claims about data that product.yaml writes and that are not met; defaults block nothing."""
    steps = {finding.requirement: finding.next_step for finding in audit.findings}
    for verdict in audit.written:
        if verdict.verdict != "met":
            verb = "miss" if verdict.verdict == "missed" else "have not shown"
            message = f"the data {verb} {verdict.requirement}: {verdict.reason}"
            yield Problem("data.blocks_ship", message, remedy=steps.get(verdict.requirement, ""))


def held_back(decision: Decision, audit: Audit) -> Decision:
    """The decision with what the data say against it; with any of that, a ship becomes a not yet."""
    blocked = tuple(data_blocks(audit))
    if not blocked:
        return decision
    because = (*decision.because, *(problem.message for problem in blocked))
    change = (*decision.would_change, *(problem.remedy for problem in blocked if problem.remedy))
    if decision.answer == "ship":  # what is fragile in a ship changes nothing of a not yet
        change = tuple(problem.remedy for problem in blocked if problem.remedy)
        return replace(decision, answer="not_yet", because=because, would_change=change)
    return replace(decision, because=because, would_change=change)
