"""The expectation sheet: how often it is right, how sure it is, whether it makes things up, and real failures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from shipworthy.documents import answer, charts, said
from shipworthy.documents.choice import whole
from shipworthy.documents.explained import mistaken
from shipworthy.documents.figure import Figure, Scale, counted, figure, sentence
from shipworthy.documents.frequencies import frequency
from shipworthy.documents.kinds import failing
from shipworthy.documents.measure import split_metric
from shipworthy.documents.memo import assumed, in_plain_words
from shipworthy.documents.statement import Statement, assumption, evidence, unanswered
from shipworthy.errors import InputError

if TYPE_CHECKING:
    from shipworthy.documents.charts import Chart
    from shipworthy.documents.figure import Sentence
    from shipworthy.documents.sources import Sources
    from shipworthy.evidence import CandidateFacts, Evaluation
    from shipworthy.spec.model import Product

MOST_GROUPS = 4
TOLD_ELSEWHERE = ("attack_success", "over_refusal")


@dataclass(frozen=True)
class Expectations:
    """What the expectation sheet shows."""

    name: str
    candidate: str
    standing: Statement
    feature: Statement
    right: tuple[Statement, ...]
    passing: tuple[Statement, ...]
    assumed: tuple[Statement, ...]
    sure: tuple[Statement, ...]
    chart: Chart | None
    invented: tuple[Statement, ...]
    counts: tuple[Statement, ...]
    examples: tuple[Statement, ...]
    groups: tuple[Statement, ...]
    unknown: tuple[Statement, ...]


def view(sources: Sources) -> Expectations:
    """What may be expected of the candidate in question.

    Raises:
        InputError: nothing was decided, or no candidate could be the answer.
    """
    evaluation, name = candidate_of(sources)
    product = sources.judged
    at, facts = next(item for item in enumerate(evaluation.candidates) if item[1].name == name)
    assumed_words = assumed(product, evaluation)
    drawn = charts.reliability(evaluation, name) if product.predicts.kind == "binary" else None
    return Expectations(
        product.product,
        name,
        evidence(answer.headline(evaluation, evaluation.decision)) if evaluation.decision else said.owner(product),
        said.feature(product),
        _right(product, evaluation, name),
        failing.passing(product),
        (assumption(assumed_words),) if assumed_words else (),
        _sure(product, facts, f"/candidates/{at}"),
        drawn,
        _invented(product, evaluation, name),
        failing.counts(product, evaluation, name),
        _examples(sources, evaluation, name),
        failing.weaker(product, evaluation, name, MOST_GROUPS),
        _unknown(evaluation, name),
    )  # fmt: skip


def _examples(sources: Sources, evaluation: Evaluation, name: str) -> tuple[Statement, ...]:
    """Failures one by one: answers that a grader failed; of other products, rows that `explain` found answered wrongly."""
    failed = failing.examples(evaluation, name)
    return failed if failed or sources.judged.grade else mistaken(sources, name)


def candidate_of(sources: Sources) -> tuple[Evaluation, str]:
    """The evaluation of the decision, and the candidate in question.

    Raises:
        InputError: nothing was decided, or no candidate could be the answer.
    """
    record = sources.record("decide")
    if sources.decided is None or sources.candidate is None:
        message = f"the record {record.id} judges no candidate that could be the answer"
        remedy = "Name one under candidates: in product.yaml, and run shipworthy decide."
        raise InputError("document.no_candidate", message, remedy=remedy)
    return sources.decided[1], sources.candidate


def _right(product: Product, evaluation: Evaluation, name: str) -> tuple[Statement, ...]:
    """How often it is right, in cases out of 1,000 and at volume."""
    told = in_plain_words(product, evaluation, name)
    found = [evidence(each) for one in told if one.metric not in TOLD_ELSEWHERE for each in one.sentences]
    return tuple(found) or (unanswered("how often it is right", "requirements", run="shipworthy decide"),)


def _sure(product: Product, facts: CandidateFacts, path: str) -> tuple[Statement, ...]:
    """What its score means: of the cases that it gives so much, so many turn out so."""
    if product.predicts.kind == "text":
        return (evidence("It says its answers without a number for how sure it is."),)
    found = facts.reliability
    if found is None:
        what = "whether its probabilities can be taken at their word"
        return (unanswered(what, "the requirement calibration_error <= 0.05", run="shipworthy decide"),)
    error = figure(found.error, f"{path}/reliability/error", Scale(100.0, 0.0, "points"), 1)
    chance = figure(found.by_chance, f"{path}/reliability/by_chance", Scale(100.0, 0.0, "points"), 1)
    bins = (
        evidence(*_bin(product, f"{path}/reliability/bins/{at}", each.score, each.share, each.low, each.high))
        for at, each in enumerate(found.bins)
    )
    told = "On average what it says is off by ", error, "; chance alone would make ", chance, "."
    return (*bins, evidence(*told))


def _bin(product: Product, path: str, score: float, share: float, low: float, high: float) -> Sentence:
    """One group of scores: what it says, and what happened in 100 such cases."""
    says = figure(score, f"{path}/score", Scale(100.0, 0.0, "%"), 0)
    ends: list[Figure] = [
        figure(end, f"{path}/{key}", Scale(100.0), 0, towards)  # type: ignore[arg-type]  # two of its words
        for key, end, towards in (("low", low, "down"), ("high", high, "up"))
    ]
    came = figure(share, f"{path}/share", Scale(100.0), 0)
    start = "When it gives about "
    return sentence(
        start, says, ", about ", came, " (", ends[0], " to ", ends[1], f") of 100 are {_yes(product)}."
    )


def _yes(product: Product) -> str:
    from shipworthy.documents.phrases import positive

    return positive(product)


def _invented(product: Product, evaluation: Evaluation, name: str) -> tuple[Statement, ...]:
    """Whether it makes things up, and what attacks do."""
    if product.predicts.kind != "text":
        return (
            evidence("It gives no text of its own, so it cannot make up facts; it can only answer wrongly."),
        )
    grounded = [key for key, each in product.grade.items() if each.groundedness is not None]
    wanted = {f"pass_rate({key})" for key in grounded} | {*TOLD_ELSEWHERE}
    found = []
    for path, each in whole(evaluation, name):
        if each.metric in wanted and each.value is not None and path.startswith("/estimates"):
            told = frequency(product, each, path)
            found += [evidence(told.rate)] if told else []
            left = split_metric(each.metric)[0] == "pass_rate" and each.unscored
            found += (
                [evidence(counted(each.unscored or 0, f"{path}/unscored"), " more could not be graded.")]
                if left
                else []
            )
    if not grounded:
        found.append(
            unanswered("how often it says what no source supports", "a groundedness grader under grade")
        )
    return tuple(found)  # fmt: skip


def _unknown(evaluation: Evaluation, name: str) -> tuple[Statement, ...]:
    """What the evidence leaves open."""
    return tuple(
        evidence(f"Undecided: {each.requirement}. ", *_now(each.estimate, f"/verdicts/{at}/estimate"))
        for at, each in enumerate(evaluation.verdicts)
        if each.candidate == name and not each.slice and each.verdict == "undecided"
    )


def _now(estimate: object, path: str) -> Sentence:
    from shipworthy.evidence import Estimate

    if not isinstance(estimate, Estimate) or not estimate.n:
        return ("Nothing was measured.",)
    return sentence(counted(estimate.n, f"{path}/n"), " rows speak to it.")
