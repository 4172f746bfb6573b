"""Every candidate's prediction log: written once for those that run here, read in place where it was recorded."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from shipworthy.workbench.answering.baseline import BASELINE, baseline_version, has_baseline
from shipworthy.workbench.answering.cascaded import cascade_version, cascaded
from shipworthy.workbench.answering.chat import chat_version, chatted
from shipworthy.workbench.answering.grading import graded
from shipworthy.workbench.answering.log import Answers
from shipworthy.workbench.answering.own import baseline, rule_of, rule_version, ruled, trained
from shipworthy.workbench.answering.recorded import recorded, recorded_version, recording, roles_of
from shipworthy.workbench.session import Session
from shipworthy.workbench.train import Progress, Training, training_of

__all__ = [
    "Answers",
    "answers",
    "expected_version",
    "expected_versions",
    "present_versions",
    "recording",
    "roles_of",
    "rule_of",
]


def answers(session: Session, models: Mapping[str, Training], progress: Progress) -> Iterator[Answers]:
    """The log of the baseline and of every candidate, graded, one after the other."""
    if has_baseline(session):
        yield graded(session, baseline(session, progress), progress)
    found: dict[str, Answers] = {}
    for name in session.product.candidates:
        yield _answers_of(session, name, models, progress, found)


def _answers_of(
    session: Session,
    name: str,
    models: Mapping[str, Training],
    progress: Progress,
    found: dict[str, Answers],
) -> Answers:
    """The graded log of one candidate, kept in `found` for the cascades that it is part of."""
    if name in found:
        return found[name]
    candidate = session.product.candidates[name]
    if candidate.cascade is not None:
        parts = (candidate.cascade.first, candidate.cascade.then)
        first, then = (_answers_of(session, part, models, progress, found) for part in parts)
        own = cascaded(session, name, candidate.cascade, first, then)
    elif candidate.chat is not None:
        own = chatted(session, name, candidate, candidate.chat, progress)
    elif candidate.kind == "trained":
        own = trained(session, name, candidate, models[name], progress)
    elif candidate.kind == "rule":
        own = ruled(session, name, candidate, progress)
    else:
        own = recorded(session, name, candidate, progress)
    # A cascade is made of graded logs, so that nothing is graded twice.
    found[name] = graded(session, own, progress)
    return found[name]


def expected_versions(session: Session) -> dict[str, str] | None:
    """The version of every candidate, without running any; None where one has yet to be trained."""
    found = present_versions(session)
    versions = {name: version for name, version in found.items() if version is not None}
    return versions if len(versions) == len(found) else None


def present_versions(session: Session) -> dict[str, str | None]:
    """The version of every candidate, without running any; None for one that has yet to be trained."""
    versions: dict[str, str | None] = {BASELINE: baseline_version(session)} if has_baseline(session) else {}
    return versions | {name: expected_version(session, name) for name in session.product.candidates}


def expected_version(session: Session, name: str) -> str | None:
    """The version of one candidate; None for one that is yet to be trained, or is made of such a one."""
    candidate = session.product.candidates[name]
    if candidate.cascade is not None:
        parts = (candidate.cascade.first, candidate.cascade.then)
        first, then = (expected_version(session, part) for part in parts)
        known = first is not None and then is not None
        return cascade_version(session, candidate.cascade, first or "", then or "") if known else None
    if candidate.chat is not None:
        return chat_version(session, name, candidate.chat)
    if candidate.kind == "trained":
        found = training_of(session, name, candidate)
        return None if found is None else found.version
    return rule_version(candidate) if candidate.kind == "rule" else recorded_version(session, name, candidate)
