"""Real failures of a candidate on the rows that it was judged on: counts, failed answers, groups that it serves worse."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shipworthy.documents import phrases
from shipworthy.documents.choice import overall
from shipworthy.documents.figure import Scale, Sentence, counted, figure, sentence
from shipworthy.documents.frequencies import base_of
from shipworthy.documents.measure import metric_words, scale_of, split_metric
from shipworthy.documents.statement import Statement, assumption, evidence
from shipworthy.documents.wording import count, supported_decimals
from shipworthy.grade import GRADERS

if TYPE_CHECKING:
    from shipworthy.evidence import CandidateFacts, Estimate, Evaluation, WorstSlice
    from shipworthy.spec.model import Product

MOST_EXAMPLES = 6
MOST_CONFUSED = 5


def counts(product: Product, evaluation: Evaluation, candidate: str) -> tuple[Statement, ...]:
    """How many rows were answered wrongly, of how many: both kinds of error, or classes taken for others."""
    if product.predicts.kind == "binary":
        told = (
            _missed(product, overall(evaluation, candidate, "recall")),
            _struck(product, overall(evaluation, candidate, "false_positive_rate")),
        )
        return tuple(each for each in told if each)
    return _confused(evaluation, candidate)


def _missed(product: Product, found: tuple[str, Estimate] | None) -> Statement | None:
    if found is None or found[1].value is None:
        return None
    path, each = found
    missed = figure(each.value or 0.0, f"{path}/value", Scale(-each.n, each.n), 0)
    rows = phrases.rows(product, "positive")
    return evidence("Of ", counted(each.n, f"{path}/n"), f" {rows}, it missed ", missed, ".")


def _struck(product: Product, found: tuple[str, Estimate] | None) -> Statement | None:
    if found is None or found[1].value is None:
        return None
    path, each = found
    struck = figure(each.value or 0.0, f"{path}/value", Scale(each.n), 0)
    told = f" {phrases.rows(product, 'negative')}, it took "
    return evidence("Of ", counted(each.n, f"{path}/n"), told, struck, f" for {phrases.positive(product)}.")


def _confused(evaluation: Evaluation, candidate: str) -> tuple[Statement, ...]:
    at, facts = _facts(evaluation, candidate)
    wrong = [(j, each) for j, each in enumerate(facts.confusion) if each.answer != each.label]
    wrong.sort(key=lambda item: -item[1].rows)
    return tuple(
        evidence(
            counted(each.rows, f"/candidates/{at}/confusion/{j}/rows"),
            f" rows of {each.label} were answered with {each.answer or 'nothing'}.",
        )
        for j, each in wrong[:MOST_CONFUSED]
    )


def examples(evaluation: Evaluation, candidate: str) -> tuple[Statement, ...]:
    """Answers that a grader failed, each with what failed it; those of different graders first."""
    _, facts = _facts(evaluation, candidate)
    by_grader: dict[str, int] = {}
    ranked = []
    for each in facts.failed:
        by_grader[each.grader] = by_grader.get(each.grader, 0) + 1
        ranked.append((by_grader[each.grader], each))
    ranked.sort(key=lambda item: item[0])
    return tuple(
        evidence(f"{each.id} fails “{each.grader}”{f': {each.why}' if each.why else ''}.")
        for _, each in ranked[:MOST_EXAMPLES]
    )


def _facts(evaluation: Evaluation, candidate: str) -> tuple[int, CandidateFacts]:
    return next(item for item in enumerate(evaluation.candidates) if item[1].name == candidate)


def passing(product: Product) -> tuple[Statement, ...]:
    """What it means to pass each grader, where answers are graded."""
    return tuple(
        assumption(f"To pass “{name}” is to be {GRADERS[each.kind].passes}.")
        for name, each in product.grade.items()
    )


def weaker(
    product: Product, evaluation: Evaluation, candidate: str, most: int, *, money: bool = True
) -> tuple[Statement, ...]:
    """The groups that it serves worse than the rest beyond chance, in cases out of 1,000; without `money`, in those alone."""
    own = [
        (at, each)
        for at, each in enumerate(evaluation.worst)
        if each.candidate == candidate and (money or _outcome(product, each.metric))
    ]
    return tuple(evidence(*_weaker(product, each, f"/worst/{at}")) for at, each in own[:most])


def _weaker(product: Product, found: WorstSlice, path: str) -> Sentence:
    group = " and ".join(f"{column} = {value}" for column, value in found.slice.items())
    told = _outcome(product, found.metric)
    if told is None:
        scale = scale_of(found.metric, product)
        places = max(supported_decimals(scale.shown(found.difference), None, None) - 1, 0)
        value = figure(found.value, f"{path}/value", scale, places)
        rest = figure(found.rest, f"{path}/rest", scale, places)
        words = metric_words(found.metric)
        return sentence(f"Where {group}, the {words} is ", value, "; elsewhere it is ", rest, ".")
    cases, outcome = told
    base = max(base_of(found.value), base_of(found.rest))
    there = figure(found.value, f"{path}/value", Scale(base), _places(base, found.n))
    rest = figure(found.rest, f"{path}/rest", Scale(base), 0)
    start = f"Where {group}: of {count(base)} {cases}, about "
    return sentence(start, there, f" {outcome}; elsewhere about ", rest, ".")


def _places(base: int, rows: int) -> int:
    """Tens, where so few rows do not support more."""
    return -1 if rows < base / 10 else 0


def _outcome(product: Product, metric: str) -> tuple[str, str] | None:
    """Which cases a share counts, and what happens to so many of them."""
    name, args = split_metric(metric)
    if name == "pass_rate" and args:
        return phrases.cases(product), f"pass “{args[0]}”"
    if name == "accuracy" or (name == "recall" and product.predicts.kind == "multiclass"):
        return phrases.cases(product), "get the right answer"
    if product.predicts.kind != "binary":
        return None
    if name == "recall":
        return phrases.rows(product, "positive"), f"would {phrases.befalls(product)}"
    if name == "false_positive_rate":
        return phrases.rows(product, "negative"), f"would {phrases.befalls(product)} by mistake"
    return None
