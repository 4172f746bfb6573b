"""The one try of a rule or a trained model: asked again, it answers the same."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from shipworthy.errors import InputError
from shipworthy.probe import Try
from shipworthy.query.one_row import rule_on
from shipworthy.spec.task import class_text
from shipworthy.workbench.answering.own import rule_of, rule_version
from shipworthy.workbench.train import model_of, training_of

if TYPE_CHECKING:
    import pyarrow as pa

    from shipworthy.models.chat.reading import Words
    from shipworthy.query.rule import Rule
    from shipworthy.spec.model import Candidate
    from shipworthy.workbench.session import Session

SAME_AGAIN = "asked again about the same row it answers the same: one try says all"


@dataclass(frozen=True)
class Answerer:
    """A candidate that runs here: what it reads, and what tells it from any other."""

    name: str
    candidate: Candidate
    columns: tuple[str, ...]
    version: str
    rule: Rule | None = None

    def answer(self, session: Session, row: pa.Table) -> Any:
        """What it answers to one row: true or false, a label, or a number."""
        if self.rule is not None:
            return rule_on(session.local, self.rule, row, session.task)
        found = model_of(session, self.version).answers(row)
        [value] = found["prediction"] if "prediction" in found else found["score"]
        return value if isinstance(value, str) else float(value)


def answerer(session: Session, name: str, candidate: Candidate) -> Answerer:
    """The candidate, ready to be asked.

    Raises:
        InputError: the rule cannot be read, or the model has yet to be trained.
    """
    if candidate.kind == "rule":
        rule = rule_of(session, candidate)
        return Answerer(name, candidate, rule.columns, rule_version(candidate), rule)
    training = training_of(session, name, candidate)
    if training is None:
        message = f"{name} has yet to be trained for the present data and settings"
        command = f"shipworthy train {session.opened.shown}"
        raise InputError("probe.untrained", message, remedy="Train it first.", next_command=command)
    features = (training.record.facts or {}).get("features", ())
    return Answerer(name, candidate, tuple(str(each["column"]) for each in features), training.version)


def tried_once(session: Session, who: Answerer, row: pa.Table, labels: Words) -> Try:
    """The try; what comes as a score has that for its answer."""
    value, cost = who.answer(session, row), who.candidate.cost
    if value is None:
        return Try(None, None, "unreadable", "the row holds too little to answer by")
    if session.task.kind != "binary":
        answer = f"{value:.12g}" if isinstance(value, float) else class_text(value)
        return Try(answer, answer, cost_usd=cost)
    if not isinstance(value, bool):
        return Try(f"{value:.6g}", f"{value:.6g}", score=float(value), cost_usd=cost)
    positive, negative, *_ = labels
    answer = positive if value else negative
    return Try(answer, answer, cost_usd=cost)
