"""What mitigated candidates gain in fairness and what they cost, against the same candidates without the mitigation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from shipworthy.documents.contest import shown_decimals, shown_difference, shown_number, shown_scale, titled
from shipworthy.documents.figure import Sentence, measured
from shipworthy.documents.measure import metric_words, scale_of, split_metric
from shipworthy.evaluate.fairness import CRITERIA
from shipworthy.spec.claim import written_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shipworthy.evidence import Change, Evaluation, Mitigation
    from shipworthy.spec.model import Product


@dataclass(frozen=True)
class ChangeRow:
    """One metric without the mitigation and with it. A gap has an interval on both sides, a cost one of the difference."""

    metric: str
    before: Sentence
    after: Sentence
    difference: Sentence


@dataclass(frozen=True)
class Mitigated:
    """One mitigated candidate: what it is held against, and every row."""

    candidate: str
    counterpart: str
    how: str
    gaps: tuple[ChangeRow, ...]
    costs: tuple[ChangeRow, ...]


def mitigated(product: Product, evaluation: Evaluation) -> tuple[Mitigated, ...]:
    """Every mitigated candidate that has a counterpart."""
    return tuple(
        _mitigated(product, evaluation, each, f"/mitigations/{at}")
        for at, each in enumerate(evaluation.mitigations)
    )


def _mitigated(product: Product, evaluation: Evaluation, each: Mitigation, path: str) -> Mitigated:
    gaps = tuple(_gaps(product, evaluation, each))
    costs = tuple(
        _cost(product, change, f"{path}/changes/{at}") for at, change in enumerate(each.changes) if change.n
    )
    return Mitigated(each.candidate, each.counterpart, each.how, gaps, costs)


def _gaps(product: Product, evaluation: Evaluation, each: Mitigation) -> Iterator[ChangeRow]:
    """The criteria of the protected columns that it goes by, each with its own interval on both sides."""
    protected = [item.column for item in product.protected]
    candidate = product.candidates.get(each.candidate)
    own = [column for column in protected if candidate and column in candidate.groups_by]
    wanted = {f"{name}({written_name(column)})" for column in own or protected for name in CRITERIA}
    found = {
        (estimate.candidate, estimate.metric): (estimate, f"/estimates/{at}")
        for at, estimate in enumerate(evaluation.estimates)
        if estimate.metric in wanted and not estimate.slice and estimate.value is not None
    }
    for name, metric in found:
        pair = (each.counterpart, metric), (each.candidate, metric)
        if name == each.candidate and pair[0] in found:
            before, after = (measured(*found[key], scale_of(metric, product)) for key in pair)
            criterion, columns = split_metric(metric)
            yield ChangeRow(f"{metric_words(criterion)}, {', '.join(columns)}", before, after, ())


def _cost(product: Product, change: Change, path: str) -> ChangeRow:
    scale = shown_scale(change.metric, product)
    decimals = shown_decimals(change.difference, change.low, change.high, scale)
    return ChangeRow(
        titled(change.metric),
        shown_number(change.before, f"{path}/before", scale, decimals),
        shown_number(change.after, f"{path}/after", scale, decimals),
        shown_difference(change, path, scale, decimals),
    )
