"""Cascades with a band: the first candidate gives scores that can lie in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shipworthy.errors import InputError
from shipworthy.query.cascade import no_score
from shipworthy.query.log import RULE_KINDS
from shipworthy.query.rule import rule_value
from shipworthy.workbench.answering import recording, rule_of
from shipworthy.workbench.answering.imported import imported

if TYPE_CHECKING:
    from shipworthy.spec.cascade import Cascade
    from shipworthy.workbench.session import Session


def prove_band(session: Session, name: str, cascade: Cascade) -> None:
    """Return where a cascade has no band, or its first candidate may give scores.

    Raises:
        InputError: the first candidate gives none.
    """
    if cascade.between is not None and not _scores(session, cascade.first):
        where = session.opened.places.of("candidates", name, "cascade", "between")
        raise no_score(cascade.first, cascade.then, cascade.between, where)


def _scores(session: Session, name: str) -> bool:
    """Whether a candidate gives scores, as far as can be told without running it; one that is wrong is told by itself."""
    try:
        return _may_score(session, name)
    except InputError:
        return True


def _may_score(session: Session, name: str) -> bool:
    candidate = session.product.candidates[name]
    if candidate.cascade is not None:
        return False
    if candidate.kind == "rule":
        kinds = RULE_KINDS.get(session.task.kind)
        value = rule_value(rule_of(session, candidate), session.examples, kinds=kinds)
        return session.task.kind == "binary" and bool(value.type().is_numeric())
    if candidate.kind == "recorded":
        candidate = imported(session, name, candidate).candidate
        table, _, _ = recording(session, name, candidate)
        columns = {str(role): column for role, column in candidate.columns.items()}
        return columns.get("score", "score") in table.columns
    return True
