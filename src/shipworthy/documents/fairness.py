"""How alike a candidate treats the groups of protected columns: rows of tables, for the screen and the memo."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from shipworthy.documents.figure import Sentence, counted, measured, point, sentence
from shipworthy.documents.measure import metric_words, scale_of, split_metric
from shipworthy.evaluate.fairness import CRITERIA, RATES
from shipworthy.metrics.support import LEAST_ROWS
from shipworthy.spec.claim import written_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shipworthy.evidence import Estimate, Evaluation
    from shipworthy.spec.model import Product


@dataclass(frozen=True)
class Rate:
    """One rate of one group: with its interval, its value alone, and its rows. Too few rows give no value."""

    full: Sentence
    value: Sentence
    rows: Sentence


@dataclass(frozen=True)
class GroupRow:
    """One group with its rates, in the order of `RATES`."""

    name: str
    rates: tuple[Rate, ...]


@dataclass(frozen=True)
class CriterionRow:
    """One named criterion over all groups."""

    name: str
    measured: Sentence


@dataclass(frozen=True)
class Compared:
    """The groups of one protected column, or of two crossed."""

    columns: str
    groups: tuple[GroupRow, ...]
    criteria: tuple[CriterionRow, ...]

    @property
    def few(self) -> tuple[str, ...]:
        """The groups of which some rate has too few rows."""
        return tuple(row.name for row in self.groups if not all(rate.value for rate in row.rates))


TITLES = tuple(metric_words(rate).capitalize() for rate in RATES)


def fairness(product: Product, evaluation: Evaluation, candidate: str | None) -> tuple[Compared, ...]:
    """The groups of each protected column and of each pair that was looked at; nothing where there are none."""
    names = [item.column for item in product.protected]
    wanted = [*((name,) for name in names), *combinations(names, 2)]
    found = [_compared(product, evaluation, candidate, columns) for columns in wanted]
    return tuple(each for each in found if each)


def _compared(
    product: Product, evaluation: Evaluation, candidate: str | None, columns: Sequence[str]
) -> Compared | None:
    own = [
        (f"/estimates/{at}", each)
        for at, each in enumerate(evaluation.estimates)
        if each.candidate == candidate
    ]
    asked = sorted((pair for pair in own if _is_of(pair[1], columns)), key=_order)
    criteria = [_criterion(product, path, each) for path, each in asked]
    if not criteria:
        return None
    groups: dict[tuple[str, ...], dict[str, Rate]] = {}
    for path, each in own:
        if {*each.slice} == {*columns} and each.metric in RATES:
            key = tuple(each.slice[column] for column in columns)
            groups.setdefault(key, {})[each.metric] = _rate(product, path, each)
    rows = tuple(
        GroupRow(" and ".join(key), tuple(rates[name] for name in RATES)) for key, rates in groups.items()
    )
    return Compared(" x ".join(columns), rows, tuple(criteria))


def _is_of(estimate: Estimate, columns: Sequence[str]) -> bool:
    """Whether it is one of the criteria that are reported of these columns."""
    name, args = split_metric(estimate.metric)
    return name in CRITERIA and args == tuple(map(written_name, columns)) and not estimate.slice


def _order(pair: tuple[str, Estimate]) -> int:
    return CRITERIA.index(split_metric(pair[1].metric)[0])


def _criterion(product: Product, path: str, estimate: Estimate) -> CriterionRow:
    name = metric_words(split_metric(estimate.metric)[0]).capitalize()
    if estimate.value is None:
        return CriterionRow(name, (f"undecided: fewer than two groups with {LEAST_ROWS} rows",))
    return CriterionRow(name, measured(estimate, path, scale_of(estimate.metric, product)))


def _rate(product: Product, path: str, estimate: Estimate) -> Rate:
    rows = sentence("n = ", counted(estimate.n, f"{path}/n"))
    if estimate.value is None or estimate.units < LEAST_ROWS:
        return Rate(("undecided",), (), rows)
    scale = scale_of(estimate.metric, product)
    return Rate(measured(estimate, path, scale), point(estimate, path, scale), rows)
