"""Candidates: rules that can be read and typed, features that exist, recordings that answer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from shipworthy.errors import InputError, Problem, ShipworthyError, did_you_mean
from shipworthy.models.algorithms import check_kind
from shipworthy.query.log import RULE_KINDS
from shipworthy.query.recorded import recorded_columns
from shipworthy.query.rule import rule_value
from shipworthy.workbench.answering import recording, roles_of, rule_of
from shipworthy.workbench.answering.imported import imported
from shipworthy.workbench.checks.cascades import prove_band
from shipworthy.workbench.checks.chat import prove_chat
from shipworthy.workbench.checks.examples import all_null
from shipworthy.workbench.operating import prove_scored
from shipworthy.workbench.product import placed
from shipworthy.workbench.session import Session

if TYPE_CHECKING:
    from shipworthy.spec.model import Candidate

MOST_GROUPS = 20
"""Groups that may have a threshold each."""


def candidate_problems(session: Session, name: str) -> Iterator[Problem]:
    """What keeps a candidate from answering."""
    candidate, where = session.product.candidates[name], session.opened.places.of("candidates", name)
    try:
        if candidate.threshold is not None and session.task.kind != "binary":
            yield Problem(
                "spec.threshold",
                f"{name} has a threshold, which only yes/no answers have",
                session.opened.places.of("candidates", name, "threshold"),
                "Take it out.",
            )
        if candidate.thresholds_by is not None:
            _prove_groups(session, name, candidate.thresholds_by)
        if candidate.reweigh is not None:
            _prove_reweighable(session, name, candidate.reweigh)
        _prove_kind(session, name, candidate)
    except ShipworthyError as error:
        yield placed(error.problem, where)


def _prove_kind(session: Session, name: str, candidate: Candidate) -> None:
    """What each kind of candidate must have."""
    if candidate.rule is not None:
        _prove_rule(session, name, candidate)
    elif candidate.kind == "trained":
        _prove_features(session, name)
    elif candidate.kind == "recorded":
        _prove_recorded(session, name, imported(session, name, candidate).candidate)
    elif candidate.chat is not None:
        prove_chat(session, name, candidate, candidate.chat)
    elif candidate.cascade is not None:
        prove_band(session, name, candidate.cascade)


def _prove_recorded(session: Session, name: str, candidate: Candidate) -> None:
    table, _, same = recording(session, name, candidate)
    columns = roles_of(session, candidate, table)
    place = session.opened.places.of("candidates", name, "recorded")
    found = recorded_columns(table, name, columns, place, same_source=same, task=session.task)
    if "score" not in found:
        prove_scored(name, candidate)


def _prove_groups(session: Session, name: str, column: str) -> None:
    """Groups that get a threshold each are few, and known when the answer is given."""
    where = session.opened.places.of("candidates", name, "thresholds_by")
    if column == session.product.label:
        message = f"{name} has thresholds by {column}, the label that it is to predict"
        remedy = "Name a column that is known when the answer is given."
        raise InputError("candidate.groups", message, where=where, remedy=remedy)
    groups = len(session.slicings[column].labels)
    if groups > MOST_GROUPS:
        message = f"{name} has thresholds by {column}, which has {groups} groups: each would rest on few rows"
        remedy = f"Name a column of at most {MOST_GROUPS} groups, or cut it under segments: {{{column}: 4 quantiles}}."
        raise InputError("candidate.groups", message, where=where, remedy=remedy)


def _prove_reweighable(session: Session, name: str, column: str) -> None:
    """Groups that training rows are reweighed by are not the answer, and the answers are classes."""
    where = session.opened.places.of("candidates", name, "reweigh")
    if column == session.product.label:
        message = f"{name} is reweighed by {column}, the label that it is to predict"
        remedy = "Name the column of the groups that the label is to be independent of."
        raise InputError("candidate.groups", message, where=where, remedy=remedy)
    if session.task.kind == "regression":
        message = f"{name} is reweighed by {column}, but weights balance classes, and it predicts a number"
        raise InputError("candidate.groups", message, where=where, remedy="Take reweigh out.")


def _prove_rule(session: Session, name: str, candidate: Candidate) -> None:
    rule = rule_of(session, candidate)
    try:
        answer = rule_value(rule, session.examples, kinds=RULE_KINDS.get(session.task.kind))
    except InputError:
        empty = [column for column in rule.columns if all_null(session, column)]
        if not empty:
            raise
        raise InputError(
            "data.all_null",
            f"every value of {empty[0]} is missing, and the rule reads it",
            remedy="Take it out of the rule, or fill the column.",
        ) from None
    if not answer.type().is_numeric():
        prove_scored(name, candidate)


def _prove_features(session: Session, name: str) -> None:
    candidate = session.product.candidates[name]
    check_kind(candidate.train or "", session.task.kind)
    for role in ("features", "text", "drop"):
        for at, column in enumerate(getattr(candidate, role)):
            where = session.opened.places.of("candidates", name, role, at)
            if column == session.product.label and role != "drop":
                raise InputError(
                    "model.label_leak",
                    f"{name} lists the label {column!r} among its {role}",
                    where=where,
                    remedy="Take it out: a model that sees the answer learns nothing else.",
                )
            if column not in session.examples.columns:
                raise InputError(
                    "data.no_column",
                    f"the examples have no column {column!r}",
                    where=where,
                    remedy=did_you_mean(column, session.examples.columns),
                )
