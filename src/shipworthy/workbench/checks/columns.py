"""Columns that the file names: whether the examples have them, and whether their types fit what is asked of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from shipworthy.errors import Place, Problem, did_you_mean
from shipworthy.evaluate.asking import sliced_columns
from shipworthy.judge import Claim, claim_of
from shipworthy.query.facts import kind_of
from shipworthy.query.frame import answer_columns
from shipworthy.query.slicing import is_plain, unsliceable
from shipworthy.spec.task import Task
from shipworthy.workbench.checks.examples import all_null
from shipworthy.workbench.session import Session

if TYPE_CHECKING:
    from shipworthy.metrics import Definition

SLICING_SECTIONS = ("segments", "protected", "candidates", "requirements")
NUMBERS_OF_A_LOG = ("score", "latency_ms", "cost_usd", "weight", "low", "high")


def missing_columns(session: Session) -> Iterator[Problem]:
    """Every name in the file that should be a column and is none."""
    for loc, column in _named_columns(session):
        if column not in session.examples.columns:
            message = f"the examples have no column {column!r}"
            yield Problem(
                "data.no_column",
                message,
                session.opened.places.of(*loc),
                did_you_mean(column, session.examples.columns),
            )


def _named_columns(session: Session) -> Iterator[tuple[tuple[str | int, ...], str]]:
    product, source = session.product, session.product.data.examples
    yield (("predicts", "target") if not source.label else ("data", "examples", "label")), product.label
    for role in ("id", "time", "unit", "repeats", "weight", "label_time", "second_label"):
        if column := getattr(source, role):
            yield ("data", "examples", role), column
    for role in ("request", "item"):
        if column := getattr(product.predicts, role):
            yield ("predicts", role), column
    if session.plan.column:
        yield ("data", "split", "by"), session.plan.column
    for at, segment in enumerate(product.segments):
        yield ("segments", at), segment.column
    for at, item in enumerate(product.protected):
        yield ("protected", at), item.column
    for at, column in enumerate(product.labelling.show):
        yield ("labels", "show", at), column
    yield from _judged_columns(session)


def _judged_columns(session: Session) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """The columns that graders, thresholds, weights, claims and reasons go by."""
    for name, grader in session.product.grade.items():
        for column in grader.columns:
            yield ("grade", name), column
    for name, candidate in session.product.candidates.items():
        for key in ("thresholds_by", "reweigh"):
            if column := getattr(candidate, key):
                yield ("candidates", name, key), column
    for at, claim in placed_claims(session):
        for column in claim.columns if claim.subject != "attacks" else ():
            if column not in answer_columns(session.task):
                yield ("requirements", at), column
    for column in session.product.explain.reasons if session.product.explain else ():
        yield ("explain", "reasons", column), column


def unfit_columns(session: Session) -> Iterator[Problem]:
    """Columns whose type does not fit what a segment or a requirement does with them."""
    for at, segment in enumerate(session.product.segments):
        if (segment.quantiles or segment.cuts) and kind_of(
            session.examples[segment.column].type()
        ) != "number":
            yield Problem(
                "segment.kind",
                f"{segment.column} is not a number and cannot be cut into ranges",
                session.opened.places.of("segments", at),
                "Name the column alone to slice by its values.",
            )
    yield from _unsliceable(session)
    for at, claim in placed_claims(session):
        for definition in _column_definitions(claim):
            yield from _kind_problem(session, definition, session.opened.places.of("requirements", at))


def _unsliceable(session: Session) -> Iterator[Problem]:
    """Columns that rows are to be sliced by, although a value of theirs is not one plain thing."""
    kinds = session.examples.schema()
    sliced = {*sliced_columns(session.product, session.questions.of_examples)}
    for loc, column in _named_columns(session):
        if column in sliced and loc[0] in SLICING_SECTIONS and not is_plain(kinds[column]):
            message, remedy = unsliceable(session.examples, column)
            yield Problem("segment.kind", message, session.opened.places.of(*loc), remedy)


def _column_definitions(claim: Claim) -> list[Definition]:
    both = [claim.definition, *([claim.at] if claim.at else [])]
    kinds = ("mean", "rate", "quantile")
    return [each for each in both if each.kind in kinds and each.column in each.columns]


def _kind_problem(session: Session, definition: Definition, where: Place) -> Iterator[Problem]:
    column = definition.column
    if column in answer_columns(session.task) and column not in session.examples.columns:
        if column not in NUMBERS_OF_A_LOG:
            yield Problem(
                "requirement.kind",
                f"{definition.metric} needs a number, and {column} of the prediction log is none",
                where,
                f"Numbers of the log: {', '.join(NUMBERS_OF_A_LOG[:4])}.",
            )
        return
    kind = kind_of(session.examples[column].type())
    wanted = ("number", "boolean") if definition.kind != "quantile" else ("number",)
    if all_null(session, column):
        yield Problem(
            "data.all_null", f"every value of {column} is missing", where, "Name a column that has values."
        )
    elif kind not in wanted:
        yield Problem(
            "requirement.kind",
            f"{definition.metric} needs a {' or '.join(wanted)} column, and {column} holds {kind}",
            where,
            "Name a column of that kind.",
        )


def placed_claims(session: Session) -> Iterator[tuple[int, Claim]]:
    """Every claim, those that wait for production and those about data included, with its place among the requirements."""
    for at, requirement in enumerate(session.opened.product.requirements):
        yield at, claim_of(requirement, session.product.value, Task.of(session.product))
