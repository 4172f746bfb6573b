"""Candidates that run here: their logs are written once, or worked out by the database of the examples."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from shipworthy.errors import InputError
from shipworthy.evidence.record import content_hash
from shipworthy.query.log import (
    answered,
    rule_answers,
    write_log,
)
from shipworthy.query.rule import Rule, read_rule
from shipworthy.query.source import load_table
from shipworthy.query.timing import timed
from shipworthy.workbench.completion import completion, rule_timings
from shipworthy.workbench.proofs import proved
from shipworthy.workbench.secret import secret_columns
from shipworthy.workbench.session import Session
from shipworthy.workbench.train import Progress, Training
from shipworthy.workbench.version import CODE_VERSION

if TYPE_CHECKING:
    from shipworthy.spec.model import Candidate
from shipworthy.workbench.answering.baseline import BASELINE, baseline_answers, baseline_version
from shipworthy.workbench.answering.log import Answers, proved_answers


def baseline(session: Session, progress: Progress) -> Answers:
    """The log of the baseline."""
    given = baseline_answers(session)
    return _written(session, _Runs(BASELINE, "baseline", baseline_version(session), given), progress)


def ruled(session: Session, name: str, candidate: Candidate, progress: Progress) -> Answers:
    """The log of a rule."""
    rule = rule_of(session, candidate)
    given = {**rule_answers(session.frame, rule), "cost_usd": candidate.cost or 0.0}
    return _written(session, _Runs(name, "rule", rule_version(candidate), given, rule, candidate), progress)


def trained(
    session: Session, name: str, candidate: Candidate, training: Training, progress: Progress
) -> Answers:
    """The log of a trained model."""
    given = {"cost_usd": candidate.cost or 0.0}
    return _written(session, _Runs(name, "trained", training.version, given, training, candidate), progress)


def rule_version(candidate: Candidate) -> str:
    """What tells a rule from any other."""
    return content_hash({"rule": candidate.rule})[:16]


def rule_of(session: Session, candidate: Candidate) -> Rule:
    """The rule of a candidate, which may use every column of the examples but those that tell the answer.

    Raises:
        InputError: the rule is malformed, not allowed, or reads one of these.
    """
    rule, secret = read_rule(candidate.rule or "", session.examples.columns), secret_columns(session)
    if told := [column for column in secret if column in rule.columns]:
        message = f"the rule reads {told[0]}, {secret[told[0]]}"
        remedy = "Take it out: when the rule runs, the true answer is not known yet."
        raise InputError("rule.label_leak", message, remedy=remedy)
    return rule


@dataclass(frozen=True)
class _Runs:
    """A candidate that runs here: what it answers as expressions, and what computes the rest outside the engine."""

    name: str
    kind: str
    version: str
    given: Mapping[str, Any]
    answerer: Rule | Training | None = None
    candidate: Candidate | None = None

    @property
    def notes(self) -> tuple[str, ...]:
        """What was taken for granted of its cost."""
        if self.candidate is None or self.candidate.cost is not None:
            return ()
        return ("cost per decision not stated, taken as 0",)


def _written(session: Session, runs: _Runs, progress: Progress) -> Answers:
    """The log of a candidate that runs here; it is written unless the very same one is there already."""
    frame, workspace = session.frame, session.opened.workspace
    basis = {
        **session.division,
        "candidate": runs.name,
        "version": runs.version,
        "data": session.fingerprint,
        "columns": list(frame.extra),
        "cost": runs.given["cost_usd"],
        "code": CODE_VERSION,
    }
    if not session.home.local and not isinstance(runs.answerer, Training):
        return _in_place(session, runs, basis, progress)
    # A candidate may have any name; the hash tells two apart.
    file = f"{re.sub(r'[^0-9A-Za-z_-]', '_', runs.name)[:60]}-{content_hash(basis)[:16]}.parquet"
    path = workspace.logs / file
    if not path.exists():
        progress(f"answering with {runs.name}")
        write_log(frame, runs.name, runs.given, path, completion(session, runs.answerer))
    log = _log_table(session, file)
    own = Answers(runs.name, runs.kind, runs.version, session.local, log, runs.notes)
    return proved_answers(session, own, file)


def _in_place(session: Session, runs: _Runs, basis: Mapping[str, Any], progress: Progress) -> Answers:
    """A log that the database of the examples works out whenever it is counted: of its rows, only those to time come here."""
    frame, given = session.frame, dict(runs.given)
    rule = runs.answerer
    if isinstance(rule, Rule):
        progress(f"timing {runs.name}")
        kept = {"proof": "latency", **basis}
        taken = proved(session.opened.workspace, kept, lambda: rule_timings(session, rule))
        frame, given["latency_ms"] = timed(frame, taken)
    log = answered(frame, runs.name, given)
    own = Answers(runs.name, runs.kind, runs.version, session.home, log, runs.notes)
    return proved_answers(session, own, content_hash(dict(basis)))


def _log_table(session: Session, file: str) -> Any:
    """A kept log. A damaged one is not written over: whoever damaged it should know."""
    try:
        return load_table(session.local, file, session.opened.workspace.logs)
    except InputError as error:
        path = session.opened.workspace.logs / file
        raise InputError(
            "log.damaged",
            error.problem.message,
            where=str(path),
            remedy="Delete it: it is written again, with latencies taken anew.",
        ) from None
