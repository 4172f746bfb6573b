"""Scores that must be probabilities: metrics of calibration mean nothing of others."""

from __future__ import annotations

import ibis

from shipworthy.errors import InputError, Place
from shipworthy.query.engine import Engine


def prove_probabilities(
    engine: Engine, log: ibis.Table, candidate: str, metric: str, where: Place | None
) -> None:
    """Return where every score of a log lies from 0 to 1.

    Raises:
        InputError: some do not; how many, their range, and the first such row by id.
    """
    outside = log.filter((log.score < 0.0) | (log.score > 1.0))
    found = engine.run(
        outside.aggregate(rows=outside.count(), first=outside.id.min()),
        f"checking that scores of {candidate} are probabilities",
    ).to_pylist()[0]
    if not found["rows"]:
        return
    ends = log.aggregate(least=log.score.min(), greatest=log.score.max())
    seen = engine.run(ends, f"finding the range of the scores of {candidate}").to_pylist()[0]
    some = "1 score" if found["rows"] == 1 else f"{found['rows']:,} scores"
    message = (
        f"{metric} needs probabilities, and {some} of {candidate} {'lies' if found['rows'] == 1 else 'lie'} outside 0 to 1, "
        f"the first at id {found['first']} (all scores: {seen['least']:g} to {seen['greatest']:g})"
    )
    remedy = (
        "Give the chance of the positive answer as the score, or claim auc or average_precision, "
        "which take any score."
    )
    raise InputError("data.probability", message, where=where, remedy=remedy)
