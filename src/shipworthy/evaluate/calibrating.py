"""The reliability of a candidate's score, where a requirement asks for its calibration."""

from __future__ import annotations

from shipworthy.evaluate.asking import Questions
from shipworthy.evidence import Reliability, ReliabilityBin
from shipworthy.metrics.calibration import calibration_of
from shipworthy.tally.needs import OVERALL
from shipworthy.tally.scan import Tallies


def reliability_of(asked: Questions, tallies: Tallies) -> Reliability | None:
    """What the scores of all test rows say and what happened; None where it is not asked or no row has a score."""
    claimed = (definition for claim in asked.claims for definition, _ in claim.comparisons)
    if not any(each.metric.name == "calibration_error" for each in claimed):
        return None
    found = calibration_of(tallies.histogram("score", OVERALL))
    if found is None:
        return None
    table = found.table
    parts = (table.n, table.score, table.share, table.low, table.high)
    bins = tuple(ReliabilityBin(*map(float, each)) for each in zip(*parts, strict=True))
    return Reliability(bins, found.error, found.by_chance)
