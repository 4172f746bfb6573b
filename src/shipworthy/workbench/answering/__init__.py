"""Every candidate's prediction log: written once for those that run here, read in place where it was recorded."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from shipworthy.workbench.answering.baseline import BASELINE, baseline_version, has_baseline
from shipworthy.workbench.answering.chat import chat_version, chatted
from shipworthy.workbench.answering.grading import graded
from shipworthy.workbench.answering.log import Answers
from shipworthy.workbench.answering.own import baseline, rule_of, rule_version, ruled, trained
from shipworthy.workbench.answering.recorded import recorded, recorded_version, recording
from shipworthy.workbench.session import Session
from shipworthy.workbench.train import Progress, Training, training_of

__all__ = ["Answers", "answers", "expected_versions", "recording", "rule_of"]


def answers(session: Session, models: Mapping[str, Training], progress: Progress) -> Iterator[Answers]:
    """The log of the baseline and of every candidate that can run, graded, one after the other."""
    for each in _ungraded(session, models, progress):
        yield graded(session, each, progress)


def _ungraded(session: Session, models: Mapping[str, Training], progress: Progress) -> Iterator[Answers]:
    if has_baseline(session):
        yield baseline(session, progress)
    for name, candidate in session.product.candidates.items():
        if candidate.kind == "rule":
            yield ruled(session, name, candidate, progress)
        elif candidate.kind == "trained":
            yield trained(session, name, candidate, models[name], progress)
        elif candidate.kind == "recorded":
            yield recorded(session, name, candidate, progress)
        elif candidate.chat is not None:
            yield chatted(session, name, candidate, candidate.chat, progress)


def expected_versions(session: Session) -> dict[str, str] | None:
    """The version of every candidate that can run, without running any; None where one has yet to be trained."""
    versions = {BASELINE: baseline_version(session)} if has_baseline(session) else {}
    for name, candidate in session.product.candidates.items():
        if candidate.kind == "trained":
            found = training_of(session, name, candidate)
            if found is None:
                return None
            versions[name] = found.version
        elif candidate.kind == "rule":
            versions[name] = rule_version(candidate)
        elif candidate.kind == "recorded":
            versions[name] = recorded_version(session, name, candidate)
        elif candidate.chat is not None:
            versions[name] = chat_version(session, name, candidate.chat)
    return versions
