"""What its users should know of its limits, in their words: where it is weak, when it does not answer, who decides."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from shipworthy.documents import said
from shipworthy.documents.choice import overall
from shipworthy.documents.figure import Scale, counted, figure, sentence
from shipworthy.documents.framing import LEVELS
from shipworthy.documents.frequencies import frequency
from shipworthy.documents.kinds import failing
from shipworthy.documents.kinds.expectations import candidate_of
from shipworthy.documents.statement import Statement, assumption, evidence, stated, unanswered
from shipworthy.documents.wording import listed

if TYPE_CHECKING:
    from shipworthy.documents.sources import Sources
    from shipworthy.evidence import Evaluation
    from shipworthy.spec.model import Product

MOST_GROUPS = 8


@dataclass(frozen=True)
class Limits:
    """What the text on limits shows."""

    name: str
    feature: Statement
    level: Statement
    mistakes: tuple[Statement, ...]
    passing: tuple[Statement, ...]
    weaker: tuple[Statement, ...]
    untested: tuple[Statement, ...]
    silent: tuple[Statement, ...]
    attacked: tuple[Statement, ...]
    undoing: Statement
    contact: Statement


def view(sources: Sources) -> Limits:
    """The limits of the candidate in question.

    Raises:
        InputError: nothing was decided, or no candidate could be the answer.
    """
    evaluation, name = candidate_of(sources)
    product = sources.judged
    return Limits(
        product.product,
        said.feature(product),
        _level(sources),
        _mistakes(product, evaluation, name),
        failing.passing(product),
        _weaker(product, evaluation, name),
        _untested(evaluation, name),
        _silent(evaluation, name),
        _attacked(product, evaluation, name),
        said.undoing(product),
        stated(product.owner, "whom to tell when it is wrong", "owner"),
    )


def _level(sources: Sources) -> Statement:
    """How far it acts by itself."""
    record = sources.records.get("frame")
    if record is not None and record.framing is not None:
        found = record.framing
        told = LEVELS[found.level]
        return evidence(f"{told[0].upper()}{told[1:]}: {found.level_why.rstrip('.')}.", record=record.id)
    action = sources.product.action
    if action is None:
        return unanswered("whether it acts or only suggests", "action", run="shipworthy frame")
    when = "" if sources.product.predicts.kind == "text" else f"When its answer is {action.when}, "
    told = f"{when}it acts by itself: {action.do.rstrip('.')}."
    return assumption(f"{told[0].upper()}{told[1:]}")


def _mistakes(product: Product, evaluation: Evaluation, name: str) -> tuple[Statement, ...]:
    """Its mistakes in cases out of 1,000."""
    kinds = {"binary": ("recall", "false_positive_rate"), "text": _graded(product)}
    wanted = kinds.get(product.predicts.kind, ("accuracy", "mae", "p95(abs_error)"))
    found = [overall(evaluation, name, metric) for metric in wanted]
    told = [frequency(product, each[1], each[0]) for each in found if each]
    return tuple(evidence(each.rate) for each in told if each) or (
        unanswered("how often it is wrong", "requirements", run="shipworthy decide"),
    )


def _graded(product: Product) -> tuple[str, ...]:
    return tuple(f"pass_rate({key})" for key in product.grade)


def _weaker(product: Product, evaluation: Evaluation, name: str) -> tuple[Statement, ...]:
    found = failing.weaker(product, evaluation, name, MOST_GROUPS, money=False)
    if found:
        return found
    if any(search.candidate == name and search.looked_at for search in evaluation.searches):
        return (evidence("In no group that was looked at is it worse than elsewhere beyond chance."),)
    what = "for whom it is worse than for others"
    if product.segments:
        return (unanswered(f"{what}, as no group has enough rows to tell", run="shipworthy plan"),)
    return (unanswered(what, "segments", run="shipworthy decide"),)


def _untested(evaluation: Evaluation, name: str) -> tuple[Statement, ...]:
    """Groups that have too few rows to say anything."""
    groups = dict.fromkeys(
        listed([f"{column} = {value}" for column, value in each.slice.items()])
        for each in evaluation.verdicts
        if each.candidate == name and each.slice and each.verdict == "undecided"
    )
    return tuple(
        evidence(f"For {group} there is too little evidence to say how well it does.") for group in groups
    )


def _silent(evaluation: Evaluation, name: str) -> tuple[Statement, ...]:
    """How often it gives no answer."""
    at, facts = next(item for item in enumerate(evaluation.candidates) if item[1].name == name)
    if facts.scored >= facts.rows or not facts.rows:
        return ()
    rows = counted(facts.rows, f"/candidates/{at}/rows")
    scored = figure(facts.scored, f"/candidates/{at}/scored", Scale(-1.0, float(facts.rows)), 0)
    what = "it leaves the decision to a person" if facts.review_from is not None else "it gives no answer"
    return (evidence(*sentence("In ", scored, " of ", rows, f" cases {what}.")),)


def _attacked(product: Product, evaluation: Evaluation, name: str) -> tuple[Statement, ...]:
    """What people with bad intent can make of it."""
    found = [overall(evaluation, name, metric) for metric in ("attack_success", "over_refusal")]
    told = [frequency(product, each[1], each[0]) for each in found if each]
    shown = tuple(evidence(each.rate) for each in told if each)
    if shown or product.predicts.kind != "text":
        return shown
    return (unanswered("what happens when somebody attacks it", "misuse", run="shipworthy decide"),)
