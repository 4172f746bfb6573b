"""What keeps a product from shipping, or will leave claims undecided, without being wrong."""

from __future__ import annotations

from collections.abc import Iterator

from shipworthy.decide import blocks
from shipworthy.errors import Problem, did_you_mean
from shipworthy.query.facts import column_facts
from shipworthy.workbench.checks.columns import placed_claims
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
    label = column_facts(session.home, session.examples, [session.product.label])[session.product.label]
    if label.distinct > 2:
        yield Problem(
            "data.many_values",
            f"{label.name} holds {label.distinct:,} different values: all but {session.product.predicts.positive!r} count as negative",
            places.of("predicts", "positive"),
            "Leave the label empty where the answer is not known.",
        )
    positives, negatives = session.test
    for count, kind in ((positives, "positive"), (negatives, "negative")):
        if count < FEW_POSITIVES:
            yield Problem(
                "data.few",
                f"only {count:,} {kind} test rows: most claims about them will be undecided",
                places.of("data", "split"),
                "Label more rows, or give the test part a greater share.",
            )
    for name, candidate in session.product.candidates.items():
        if candidate.kind == "chat":
            yield Problem(
                "spec.carried",
                f"the chat candidate {name} is carried along and not judged by this version",
                places.of("candidates", name),
                "Record its predictions elsewhere and add them as recorded:",
            )
    for at, claim in placed_claims(session):
        for column, value in claim.requirement.where:
            known = session.known_slices.get(column, ())
            if value not in known:
                yield Problem(
                    "requirement.no_slice",
                    f"no example has {column} = {value}",
                    places.of("requirements", at),
                    did_you_mean(value, known),
                )
