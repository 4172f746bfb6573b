"""The answer in one sentence, and what was asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shipworthy.documents.choice import score, subject
from shipworthy.documents.wording import plural

if TYPE_CHECKING:
    from shipworthy.evidence import Decision, Evaluation
    from shipworthy.spec.model import Product

WORDS = {"ship": "Ship", "do_not_ship": "Do not ship", "not_yet": "Not yet"}


def headline(evaluation: Evaluation, decision: Decision) -> str:
    """The decision in one sentence."""
    name = subject(evaluation)
    if name is None:
        return f"{WORDS[decision.answer]}: there is no candidate that could be the answer."
    found = score(evaluation, name)
    if decision.answer == "ship":
        return f"Ship {name}: it meets {_all(found.requirements)}."
    if decision.answer == "do_not_ship":
        start = f"Do not ship: even {name}, the closest candidate," if _several(evaluation) else f"Do not ship: {name}"
        return f"{start} misses {found.missed} of {plural(found.requirements, 'requirement')}."
    if found.met == found.requirements:
        rest = decision.because[-1].split(": ")[0] if decision.because else "something else stands in the way"
        return f"Not yet: {name} meets {_all(found.requirements)}, but {rest}."
    return f"Not yet: {name} comes closest, with {found}." if _several(evaluation) else f"Not yet: {name} has {found}."


def _all(requirements: int) -> str:
    return f"all {plural(requirements, 'requirement')}" if requirements > 1 else "the one requirement"


def _several(evaluation: Evaluation) -> bool:
    return sum(facts.eligible for facts in evaluation.candidates) > 1


def asked(product: Product) -> tuple[tuple[str, str], ...]:
    """What was asked, as pairs of a word and a text: the problem, for whom, and what the answer does."""
    pairs: list[tuple[str, str]] = []
    if product.problem:
        pairs.append(("For", product.problem.who))
        pairs.append(("Who need", product.problem.need))
        if product.problem.today:
            pairs.append(("Today", product.problem.today))
    pairs.append(("The feature", _feature(product)))
    return tuple(pairs)


def _feature(product: Product) -> str:
    predicts = product.predicts
    text = f"predicts {predicts.target} ({predicts.kind})"
    if product.action is None:
        return text
    undo = {True: ", which can be undone", False: ", which cannot be undone", None: ""}[product.action.reversible]
    return f"{text}; when {product.action.when}: {product.action.do}{undo}"
