"""Why it is not right every time: what that would take, how far anything else gets, and how sure people are themselves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from shipworthy.documents import phrases
from shipworthy.documents.choice import overall
from shipworthy.documents.figure import Scale, counted, figure, measured, sentence
from shipworthy.documents.framing import shown_inputs
from shipworthy.documents.measure import metric_words, scale_of
from shipworthy.documents.statement import Statement, assumption, evidence, unanswered

if TYPE_CHECKING:
    from shipworthy.documents.figure import Sentence
    from shipworthy.documents.sources import Sources
    from shipworthy.evidence import CandidateFacts, CurvePoint, Estimate, Evaluation
    from shipworthy.spec.model import Product

NEARLY_ALL = 0.95
HEADLINE: Mapping[str, str] = {"binary": "recall", "multiclass": "accuracy", "regression": "mae"}
MOST_CLAIMS = 2
_OF_100 = Scale(100.0, most_decimals=0)


def hundred(sources: Sources) -> tuple[Statement, ...]:
    """Reasons from records; open where none speaks."""
    found = (*_taking_all(sources), *_furthest(sources), *_labels(sources), *_people(sources))
    return found or (unanswered("why it is not right every time", run="shipworthy decide"),)


def _taking_all(sources: Sources) -> Iterator[Statement]:
    """What finding nearly all positives would do to the others, as the validation rows have it."""
    if sources.decided is None or sources.product.predicts.kind != "binary":
        return
    record, evaluation, _ = sources.decided
    at, facts = next(item for item in enumerate(evaluation.candidates) if item[1].name == sources.candidate)
    point = _nearly_all(facts)
    if point is not None:
        told = _trade(sources.product, *point, f"/candidates/{at}/curve/{point[0]}")
        yield evidence(told, record=record.id)
    elif facts.threshold is None:
        yield evidence(f"{facts.name} has no threshold that could be moved to find more.", record=record.id)


def _nearly_all(facts: CandidateFacts) -> tuple[int, CurvePoint] | None:
    """The threshold that finds nearly all positives and strikes the fewest others."""
    enough = [
        (at, each)
        for at, each in enumerate(facts.curve)
        if each.recall is not None and each.recall >= NEARLY_ALL and each.false_positive_rate is not None
    ]
    return min(enough, key=lambda item: item[1].false_positive_rate or 0.0, default=None)


def _trade(product: Product, _: int, point: CurvePoint, path: str) -> Sentence:
    found = figure(point.recall or 0.0, f"{path}/recall", _OF_100, 0)
    struck = figure(point.false_positive_rate or 0.0, f"{path}/false_positive_rate", _OF_100, 0)
    start = "It could find more, at a price: at the threshold that finds "
    positive, negative = (phrases.rows(product, which) for which in ("positive", "negative"))
    told = sentence(start, found, f" of 100 {positive}, ", struck, f" of 100 {negative} would ")
    return sentence(told, f"{phrases.befalls(product)} by mistake (on validation rows).")


def _furthest(sources: Sources) -> Iterator[Statement]:
    """How far the best of all candidates gets: on what is read first, or on the claims that are not met."""
    if sources.decided is None or sources.candidate is None:
        return
    record, evaluation, _ = sources.decided
    metric = HEADLINE.get(sources.product.predicts.kind)
    found = _on_metric(sources.product, evaluation, metric) if metric else _on_claims(sources, evaluation)
    yield from (evidence(each, record=record.id) for each in found)


def _on_metric(product: Product, evaluation: Evaluation, metric: str) -> Iterator[Sentence]:
    """The candidate that is best on one metric, with what that costs where answers are yes or no."""
    found = (overall(evaluation, each.name, metric) for each in evaluation.candidates if each.eligible)
    known = [each for each in found if each and each[1].value is not None]
    sign = -1.0 if metric == "mae" else 1.0
    if not known:
        return
    path, best = max(known, key=lambda each: sign * (each[1].value or 0.0))
    does = "finds more" if metric == "recall" else "does better"
    start = f"Of {len(known)} candidates none {does} than" if len(known) > 1 else "The only candidate is"
    told = sentence(
        f"{start} {best.candidate}: {metric_words(metric)} ", measured(best, path, scale_of(metric, product))
    )
    struck = overall(evaluation, best.candidate, "false_positive_rate") if metric == "recall" else None
    if struck and struck[1].value is not None:
        rate = measured(struck[1], struck[0], scale_of("false_positive_rate", product))
        told = sentence(told, ", with a false-positive rate of ", rate)
    yield sentence(told, ".")


def _on_claims(sources: Sources, evaluation: Evaluation) -> Iterator[Sentence]:
    """For the claims that the candidate in question does not meet, who gets furthest."""
    asked = {each.text: each for each in sources.judged.requirements}
    poor = [
        each.requirement for each in evaluation.rolled_up(sources.candidate or "") if each.verdict != "met"
    ]
    for text in [each for each in poor if each in asked][:MOST_CLAIMS]:
        metric = str(asked[text].metric)
        found = list(_of_claim(evaluation, text))
        sign = -1.0 if asked[text].bound.comparator.startswith("<") else 1.0
        if found:
            path, best = max(found, key=lambda each: sign * (each[1].value or 0.0))
            value = measured(best, path, scale_of(metric, sources.product))
            start = (
                f"{text}: of {len(found)} candidates"
                if len(found) > 1
                else f"{text}: of one candidate that was measured"
            )
            yield sentence(f"{start} {best.candidate} gets furthest, with ", value, ".")


def _of_claim(evaluation: Evaluation, text: str) -> Iterator[tuple[str, Estimate]]:
    """What each eligible candidate reached on a claim as a whole."""
    eligible = {each.name for each in evaluation.candidates if each.eligible}
    for at, each in enumerate(evaluation.verdicts):
        found = each.estimate if each.requirement == text and not each.slice else None
        if found and found.value is not None and each.candidate in eligible:
            yield f"/verdicts/{at}/estimate", found


def _labels(sources: Sources) -> Iterator[Statement]:
    """How many labels seem wrong."""
    record = sources.records.get("audit")
    noise = record.audit.noise if record and record.audit else None
    if record is None or noise is None:
        return
    scale, path = Scale(100.0, 0.0, "%"), "/audit/noise"
    share = figure(noise.share, f"{path}/share", scale, 1)
    ends = (
        figure(noise.low, f"{path}/low", Scale(100.0), 1, "down"),
        figure(noise.high, f"{path}/high", Scale(100.0), 1, "up"),
    )
    rows = counted(noise.rows, f"{path}/rows")
    told = sentence("The labels that it is held against seem wrong for ", share, " (", ends[0], " to ", ends[1], ") of ", rows, " rows.")  # fmt: skip
    yield evidence(told, record=record.id)


def _people(sources: Sources) -> Iterator[Statement]:
    """How far people agree who judge the same cases."""
    record = sources.records.get("frame")
    if record is None or record.framing is None:
        return
    for each, shown in shown_inputs(record.framing):
        if each.name == "agreement" and each.known in ("evidence", "assumption"):
            told = sentence(
                "People who judge the same cases agree to ", shown, " (1: always; 0: no more than by chance)."
            )
            made = evidence(told, record=record.id)
            yield made if each.known == "evidence" else assumption(made.words)
