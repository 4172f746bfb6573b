"""Every candidate's prediction log: written once for those that run here, read in place where it was recorded."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from shipworthy.workbench.answering.baseline import BASELINE, baseline_version
from shipworthy.workbench.answering.cascaded import cascade_version, cascaded
from shipworthy.workbench.answering.log import Answers
from shipworthy.workbench.answering.own import baseline, rule_of, rule_version, ruled, trained
from shipworthy.workbench.answering.recorded import recorded, recorded_version, recording
from shipworthy.workbench.session import Session
from shipworthy.workbench.train import Progress, Training, training_of

__all__ = ["Answers", "answers", "expected_versions", "recording", "rule_of"]


def answers(session: Session, models: Mapping[str, Training], progress: Progress) -> Iterator[Answers]:
    """The log of the baseline and of every candidate that can run, one after the other."""
    yield baseline(session, progress)
    found: dict[str, Answers] = {}
    for name in session.product.candidates:
        each = _answers_of(session, name, models, progress, found)
        if each is not None:
            yield each


def _answers_of(
    session: Session,
    name: str,
    models: Mapping[str, Training],
    progress: Progress,
    found: dict[str, Answers],
) -> Answers | None:
    """The log of one candidate, kept in `found` for the cascades that it is part of; None for one that cannot run."""
    if name in found:
        return found[name]
    candidate = session.product.candidates[name]
    own: Answers | None = None
    if candidate.kind == "rule":
        own = ruled(session, name, candidate, progress)
    elif candidate.kind == "trained":
        own = trained(session, name, candidate, models[name], progress)
    elif candidate.kind == "recorded":
        own = recorded(session, name, candidate, progress)
    elif candidate.cascade is not None:
        first, then = (
            _answers_of(session, part, models, progress, found)
            for part in (candidate.cascade.first, candidate.cascade.then)
        )
        if first is not None and then is not None:
            own = cascaded(session, name, candidate.cascade, first, then)
    if own is not None:
        found[name] = own
    return own


def expected_versions(session: Session) -> dict[str, str] | None:
    """The version of every candidate that can run, without running any; None where one has yet to be trained."""
    versions = {BASELINE: baseline_version(session)}
    for name, candidate in session.product.candidates.items():
        if candidate.kind == "trained" and training_of(session, name, candidate) is None:
            return None
        version = _version_of(session, name)
        if version is not None:
            versions[name] = version
    return versions


def _version_of(session: Session, name: str) -> str | None:
    """The version of one candidate; None for one that cannot run, or is yet to be trained."""
    candidate = session.product.candidates[name]
    if candidate.kind == "trained":
        found = training_of(session, name, candidate)
        return None if found is None else found.version
    if candidate.kind == "rule":
        return rule_version(candidate)
    if candidate.kind == "recorded":
        return recorded_version(session, name, candidate)
    if candidate.cascade is None:
        return None
    first, then = (_version_of(session, part) for part in (candidate.cascade.first, candidate.cascade.then))
    if first is None or then is None:
        return None
    return cascade_version(session, candidate.cascade, first, then)
