"""A candidate's log, proved to hold answers that can be judged."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from shipworthy.query.answer_proofs import prove_answers
from shipworthy.query.engine import Engine
from shipworthy.query.probabilities import prove_probabilities
from shipworthy.workbench.proofs import proved
from shipworthy.workbench.session import Session

if TYPE_CHECKING:
    from shipworthy.evidence import Handover


@dataclass(frozen=True)
class Answers:
    """A candidate's log over the judged rows, with what identifies it.

    `scored` says that a threshold is to be set, `repeated` that it answers a row several
    times; `handover` is that of a cascade; `uncalibrated` says of judges why what people said of the answers no longer counts.
    """

    name: str
    kind: str
    version: str
    engine: Engine
    log: Any
    notes: tuple[str, ...] = ()
    repeated: bool = False
    scored: bool = False
    handover: Handover | None = None
    uncalibrated: Mapping[str, str] = field(default_factory=dict)


def proved_answers(session: Session, answers: Answers, content: str) -> Answers:
    """The answers, after a look at the log: `scored` where it has scores and no prediction. `content` tells its content from any other."""
    basis = {
        "proof": "answers",
        "candidate": answers.name,
        "version": content,
        "data": session.fingerprint,
        **session.division,
    }
    name, engine, log = answers.name, answers.engine, answers.log
    place, workspace = session.opened.places.of("candidates", name), session.opened.workspace
    if metric := session.questions.of_probabilities:
        probable = {**basis, "proof": "probabilities"}
        proved(workspace, probable, lambda: prove_probabilities(engine, log, name, metric, place))
    found = proved(workspace, basis, lambda: prove_answers(engine, log, name, place, session.task))
    scored = session.task.kind == "binary" and found["predictions"] == 0 and found["scores"] > 0
    return replace(answers, scored=scored)
