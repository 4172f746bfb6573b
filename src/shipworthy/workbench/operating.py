"""The operating point of a candidate that scores: chosen on its validation rows as product.yaml asks."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from shipworthy.errors import InputError
from shipworthy.evaluate import (
    Frozen,
    Groups,
    Weights,
    freeze,
    freeze_band,
    freeze_groups,
    review_money,
    validation_needs,
)
from shipworthy.query.scan import Log, scan
from shipworthy.query.split import VALIDATION
from shipworthy.tally.histogram import Histogram
from shipworthy.tally.needs import OVERALL

if TYPE_CHECKING:
    from collections.abc import Mapping

    from shipworthy.evidence import OperatingPoint
    from shipworthy.spec.model import Candidate
    from shipworthy.tally.cube import Key
    from shipworthy.tally.needs import Grouping, Needs
    from shipworthy.tally.scan import Tallies
    from shipworthy.workbench.answering import Answers
    from shipworthy.workbench.session import Session


@dataclass(frozen=True, eq=False)
class Scores:
    """The scores of validation rows by slice, and what their weights hide, where rows differ in weight."""

    histograms: Mapping[Grouping, Mapping[Key, Histogram]]
    weights: Mapping[Grouping, Mapping[Key, Weights]] = field(default_factory=dict)

    def whole(self) -> tuple[Histogram, Weights | None]:
        """Those of all rows."""
        own = self.histograms[OVERALL].get((), Histogram.empty())
        return own, self.weights.get(OVERALL, {}).get(())

    def groups(self, by: str, equalise: str) -> Groups:
        """Those of each group of a column."""
        own = {key[0]: histogram for key, histogram in self.histograms[by,].items()}
        return Groups(by, equalise, own, {key[0]: each for key, each in self.weights.get((by,), {}).items()})


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
    log = split_log(session, each, VALIDATION)
    scores = scores_of(log, validation_needs(by))
    whole, weights = scores.whole()
    claims, value, test = session.questions.of_answers, session.product.value, session.test
    clustered = log.clustered
    if candidate and candidate.abstain:
        own = candidate.abstain
        return freeze_band(whole, own, claims, value, test, clustered=clustered, weights=weights)
    if candidate and by:
        groups = scores.groups(by, candidate.equalise or "")
        return freeze_groups(whole, groups, claims, value, test, clustered=clustered, weights=weights)
    given = candidate.threshold if candidate else None
    return freeze(whole, claims, value, test, given, clustered=clustered, weights=weights)


def scores_of(log: Log, needs: Needs) -> Scores:
    """The scores of a log: rows of one weight, whichever, are rows without one, and a row of weight 0 is none."""
    if not log.weighted:
        return Scores(_by_slice(scan(log, needs)))
    table = log.table.filter(log.table.weight > 0)
    squared = table.mutate(weight=table.weight * table.weight)
    rows, weighed, squares = (
        _by_slice(scan(each, needs))
        for each in (
            replace(log, table=table, weighted=False),
            replace(log, table=table),
            replace(log, table=squared),
        )
    )
    weights = {
        by: {key: Weights(own, squares[by][key]) for key, own in slices.items()}
        for by, slices in rows.items()
    }
    differ = any(own.differ(weighed[OVERALL][key], labelled=False) for key, own in weights[OVERALL].items())
    return Scores(weighed, weights) if differ else Scores(rows)


def _by_slice(tallies: Tallies) -> dict[Grouping, Mapping[Key, Histogram]]:
    return {by: slices for (_, by), slices in tallies.histograms.items()}


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
