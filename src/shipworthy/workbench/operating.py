"""The operating point of a candidate that scores: chosen on its validation rows as product.yaml asks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shipworthy.errors import InputError
from shipworthy.evaluate import (
    Frozen,
    Groups,
    freeze,
    freeze_band,
    freeze_groups,
    review_money,
    validation_needs,
)
from shipworthy.query.scan import Log, scan
from shipworthy.query.split import VALIDATION
from shipworthy.tally.needs import OVERALL

if TYPE_CHECKING:
    from collections.abc import Mapping

    from shipworthy.evidence import OperatingPoint
    from shipworthy.spec.model import Candidate
    from shipworthy.workbench.answering import Answers
    from shipworthy.workbench.session import Session


def frozen_point(session: Session, each: Answers) -> Frozen | None:
    """The operating point, for a candidate that scores and does not predict.

    Raises:
        InputError: the candidate has no score to set thresholds for, or none that can be proved.
    """
    candidate = session.product.candidates.get(each.name)
    if not each.scored:
        if candidate:
            prove_scored(each.name, candidate)
        return None
    by = candidate.thresholds_by if candidate and candidate.thresholds_by else ""
    seen = scan(split_log(session, each, VALIDATION), validation_needs(by))
    whole, clustered = seen.histogram("score", OVERALL), session.frame.clustered or each.repeated
    claims, value, test = session.questions.of_answers, session.product.value, session.test
    if candidate and candidate.abstain:
        return freeze_band(whole, candidate.abstain, claims, value, test, clustered=clustered)
    if candidate and by:
        slices = {key[0]: histogram for key, histogram in seen.histograms["score", (by,)].items()}
        groups = Groups(by, candidate.equalise or "", slices)
        return freeze_groups(whole, groups, claims, value, test, clustered=clustered)
    given = candidate.threshold if candidate else None
    return freeze(whole, claims, value, test, given, clustered=clustered)


def split_log(session: Session, each: Answers, split: str, point: OperatingPoint | None = None) -> Log:
    """The candidate's log on one part of the split, read at an operating point."""
    table = each.log.filter(each.log.split == split)
    frame, own = session.frame, session.own
    clustered = frame.clustered or each.repeated
    return Log(each.engine, table, session.slicings, point, clustered, frame.weighted, session.task, own)


def reviewed(session: Session, name: str) -> Mapping[str, float] | None:
    """The money of the rows that a person decides, where the candidate leaves some to one."""
    candidate = session.product.candidates.get(name)
    return review_money(session.product.value, candidate.abstain) if candidate and candidate.abstain else None


def prove_scored(name: str, candidate: Candidate) -> None:
    """Return where a candidate that answers yes or no is not asked for thresholds.

    Raises:
        InputError: it has no score that a threshold could cut.
    """
    asked = "abstain" if candidate.abstain else "thresholds_by" if candidate.thresholds_by else ""
    if asked:
        raise InputError(
            "candidate.no_score",
            f"{name} answers yes or no and has no score, so {asked} has nothing to cut",
            remedy=f"Take {asked} out, or have it give a number: a rule such as 'dollar * 2 + 1', a recorded score.",
        )
