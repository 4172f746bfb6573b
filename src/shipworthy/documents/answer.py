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
    """The decision in one sentence, which begins with the words of the answer."""
    name = subject(evaluation)
    if name is None:
        return f"{WORDS[decision.answer]}: there is no candidate that could be the answer."
    found = score(evaluation, name)
    if decision.answer == "ship":
        return f"Ship {name}: it meets {_all(found.requirements)}."
    if decision.answer == "do_not_ship":
        start = (
            f"Do not ship: even {name}, the closest candidate,"
            if _several(evaluation)
            else f"Do not ship: {name}"
        )
        return f"{start} misses {found.missed} of {plural(found.requirements, 'requirement')}."
    if found.met == found.requirements:
        rest = decision.because[-1].split(": ")[0] if decision.because else "something else stands in the way"
        return f"Not yet: {name} meets {_all(found.requirements)}, but {rest}."
    return (
        f"Not yet: {name} comes closest, with {found}."
        if _several(evaluation)
        else f"Not yet: {name} has {found}."
    )


def _all(requirements: int) -> str:
    return f"all {plural(requirements, 'requirement')}" if requirements > 1 else "the one requirement"


def _several(evaluation: Evaluation) -> bool:
    return sum(facts.eligible for facts in evaluation.candidates) > 1


def asked(product: Product) -> tuple[tuple[str, str], ...]:
    """What was asked, in at most two lines, each a word and a text: the problem, and what the feature does."""
    lines: list[tuple[str, str]] = []
    why = product.problem
    if why:
        today = f" Today: {why.today.rstrip('.')}." if why.today else ""
        lines.append(("The problem", f"For {why.who}, who need {why.need.rstrip('.')}.{today}"))
    return (*lines, ("The feature", f"{_feature(product)}."))


def _feature(product: Product) -> str:
    predicts = product.predicts
    several = f"one of {len(predicts.classes)} classes" if predicts.classes else "one of several classes"
    kinds = {"binary": "yes or no", "multiclass": several, "regression": "a number", "text": "a text"}
    kind = kinds.get(predicts.kind, f"a {predicts.kind} answer")
    text = f"Predicts {predicts.target} ({kind})"
    if product.action is None:
        return text
    undo = {True: ", which can be undone", False: ", which cannot be undone", None: ""}[
        product.action.reversible
    ]
    when = "" if product.predicts.kind == "text" else f"when {product.action.when}, "
    return f"{text}; {when}{product.action.do.rstrip('.')}{undo}"
