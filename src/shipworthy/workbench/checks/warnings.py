"""What keeps a product from shipping, or will leave claims undecided, without being wrong."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from shipworthy.decide import blocks
from shipworthy.errors import Problem, did_you_mean
from shipworthy.query.facts import column_facts
from shipworthy.query.frame import class_counts
from shipworthy.query.split import TEST
from shipworthy.workbench.checks.chat import chat_warnings
from shipworthy.workbench.checks.columns import placed_claims
from shipworthy.workbench.checks.decimals import comma_warnings
from shipworthy.workbench.session import Session

FEW_POSITIVES = 30


def warnings(session: Session) -> tuple[Problem, ...]:
    """What keeps the product from shipping, or will leave claims undecided, without being wrong."""
    return tuple(_each_warning(session))


def _each_warning(session: Session) -> Iterator[Problem]:
    """What keeps the product from shipping, or will leave claims undecided, without being wrong."""
    places = session.opened.places
    for problem in blocks(session.product):
        message = f"nothing can ship while {problem.message}"
        yield Problem(problem.code, message, places.of("data", "examples"), problem.remedy)
    yield from _many_values(session)
    yield from _few_rows(session)
    yield from _no_reference(session)
    yield from _no_slices(session)
    yield from comma_warnings(session)
    for name, candidate in session.product.candidates.items():
        if candidate.chat is not None:
            yield from chat_warnings(session, name, candidate.chat)


def _few_rows(session: Session) -> Iterator[Problem]:
    """Too few test rows to decide most claims."""
    for count, kind in _kinds_of_rows(session):
        if count < FEW_POSITIVES:
            yield Problem(
                "data.few",
                f"only {count:,} {kind + ' ' if kind else ''}test rows: most claims about them will be undecided",
                session.opened.places.of("data", "split"),
                "Label more rows, or give the test part a greater share.",
            )


def _kinds_of_rows(session: Session) -> Sequence[tuple[int, str]]:
    """The test rows of each kind that claims are about."""
    if session.task.kind == "text":
        return ((session.part(TEST).rows, ""),)
    if session.task.kind in ("regression", "ranking"):
        return ((session.part(TEST).labelled, "labelled"),)
    if session.task.kind == "multiclass":
        return tuple((count, name) for name, count in class_counts(session.frame, TEST).items())
    positives, negatives = session.test
    return (positives, "positive"), (negatives, "negative")


def _many_values(session: Session) -> Iterator[Problem]:
    """Values beside yes and no, of which nobody may have thought."""
    label = column_facts(session.home, session.examples, [session.product.label])[session.product.label]
    if label.distinct > 2 and session.task.kind == "binary":
        yield Problem(
            "data.many_values",
            f"{label.name} holds {label.distinct:,} different values: all but {session.product.predicts.positive!r} count as negative",
            session.opened.places.of("predicts", "positive"),
            "Leave the label empty where the answer is not known, or name all answers with kind: multiclass.",
        )


def _no_reference(session: Session) -> Iterator[Problem]:
    """A target that the examples do not have: texts can be judged without, and it may be a slip."""
    if session.without_reference:
        label = session.product.label
        there = [name for name in session.examples.columns if name != label]
        yield Problem(
            "data.no_reference",
            f"the examples have no column {label!r}, so no row has a reference answer",
            session.opened.places.of("predicts", "target"),
            f"Graders that compare with it leave every row unscored. {did_you_mean(label, there)}",
        )


def _no_slices(session: Session) -> Iterator[Problem]:
    """Slices that claims name and no example has."""
    places = session.opened.places
    for at, claim in placed_claims(session):
        for column, value in claim.requirement.where if claim.subject != "attacks" else ():
            known = session.known_slices.get(column, ())
            if value not in known:
                yield Problem(
                    "requirement.no_slice",
                    f"no example has {column} = {value}",
                    places.of("requirements", at),
                    did_you_mean(value, known),
                )
