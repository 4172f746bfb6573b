"""The section misuse: whether the attacks that claims speak of are tried, and can be."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING

from shipworthy.errors import InputError, Problem, SpecError, did_you_mean
from shipworthy.metrics.misused import SLICES, hazards_named
from shipworthy.misuse.findings import findings
from shipworthy.workbench.attacking.asked import attacked_setting
from shipworthy.workbench.attacking.recorded import recorded_answers
from shipworthy.workbench.attacking.suite import suite_of
from shipworthy.workbench.checks.columns import placed_claims

if TYPE_CHECKING:
    from shipworthy.judge import Claim
    from shipworthy.misuse.attack import Suite
    from shipworthy.spec.attacking import Misuse
    from shipworthy.workbench.session import Session


def attack_problems(session: Session) -> Iterator[Problem]:
    """What keeps attacks from being tried, or claims about them from meaning anything."""
    misuse, places = session.opened.product.misuse, session.opened.places
    claims = [(at, claim) for at, claim in placed_claims(session) if claim.subject == "attacks"]
    if misuse is None:
        for at, claim in claims:
            message = f"'{claim.requirement.text}' speaks of attacks, and nothing says which are tried"
            remedy = "Add a section, for example misuse: {suite: core}"
            yield Problem("misuse.section", message, places.of("requirements", at), remedy)
        return
    if session.product.predicts.kind != "text":
        message = f"attacks are tried on answers that are texts, and this product's are of the kind {session.product.predicts.kind}"
        yield Problem("misuse.section", message, places.of("misuse"), "Take the section out.")
        return
    try:
        suite = suite_of(session, misuse)
    except SpecError as error:
        yield from error.problems
        return
    except InputError as error:
        yield error.problem
        return
    for at, claim in claims:
        yield from _claim_problems(session, at, claim, suite)
    yield from _strangers(session, misuse)
    yield from _untried(session, misuse, suite)


def _claim_problems(session: Session, at: int, claim: Claim, suite: Suite) -> Iterator[Problem]:
    """Slices and hazards of a claim that no attack which is tried has."""
    where = session.opened.places.of("requirements", at)
    for column in dict.fromkeys((*claim.by, *claim.definition.grouped)):
        if column not in SLICES:
            message = f"attacks are not told apart by {column!r}"
            yield Problem("misuse.slice", message, where, f"They have {', '.join(SLICES)}.")
    asked = [pair for pair in claim.requirement.where if pair[0] in SLICES]
    asked += [("hazard", hazard) for each, _ in claim.comparisons for hazard in hazards_named(each)]
    for column, value in asked:
        known = tuple(dict.fromkeys(str(getattr(attack, column)) for attack in suite.attacks))
        if value not in known:
            message = f"no attack that is tried has {column} = {value}"
            yield Problem("misuse.slice", message, where, did_you_mean(value, known))


def _strangers(session: Session, misuse: Misuse) -> Iterator[Problem]:
    """Recorded answers of nobody, or of a candidate that is asked."""
    recorded = [name for name, each in session.product.candidates.items() if each.recorded]
    for name in misuse.answers:
        if name not in recorded:
            yield Problem(
                "misuse.candidate",
                f"misuse.answers names {name!r}, which is no recorded candidate",
                session.opened.places.key("misuse", "answers", name),
                did_you_mean(name, recorded)
                if recorded
                else "Chat candidates are asked, and need no recorded answers.",
            )


def _untried(session: Session, misuse: Misuse, suite: Suite) -> Iterator[Problem]:
    """Candidates that cannot be asked, and answers that cannot be read."""
    proofs: list[Callable[[], object]] = []
    for name, candidate in session.product.candidates.items():
        if candidate.chat is not None:
            proofs.append(partial(attacked_setting, session, name, candidate.chat, misuse))
        elif candidate.recorded and name in misuse.answers:
            proofs.append(partial(_proved, session, name, misuse, suite))
    for proof in proofs:
        try:
            proof()
        except InputError as error:
            yield error.problem


def _proved(session: Session, name: str, misuse: Misuse, suite: Suite) -> None:
    """Return where every recorded answer belongs to a question of the suite."""
    where = session.opened.places.of("misuse", "answers", name)
    try:
        findings(suite, recorded_answers(session, name, misuse), lambda _: False)
    except InputError as error:
        problem = error.problem
        raise InputError(
            problem.code, problem.message, where=problem.where or where, remedy=problem.remedy
        ) from None
