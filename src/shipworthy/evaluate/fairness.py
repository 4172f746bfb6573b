"""What is asked of protected columns although no requirement does: the named criteria, and the rates of each group."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from math import prod
from typing import TYPE_CHECKING

from shipworthy.evaluate.asking import Questions
from shipworthy.metrics import Definition, define
from shipworthy.spec.claim import Metric
from shipworthy.tally.needs import OVERALL, Grouping, grouping

if TYPE_CHECKING:
    from shipworthy.spec.model import Product

CRITERIA = (
    "demographic_parity", "four_fifths", "equal_opportunity", "false_positive_parity", "equalised_odds", "predictive_parity",
)  # fmt: skip
"""What is reported of every protected column; `false_negative_parity` is the same number as `equal_opportunity`."""

RATES = ("selection_rate", "recall", "false_positive_rate", "precision")
"""What is reported of every group."""

MOST_CROSSED = 40
"""Groups of two crossed columns: more are left out, and said to be."""


@dataclass(frozen=True)
class Fairness:
    """The metrics that are estimated for protected columns, on which groupings, and what was left out, in words."""

    estimated: tuple[tuple[Definition, Grouping], ...]
    notes: tuple[str, ...] = ()


def fairness(product: Product, known: Mapping[str, Sequence[str]], *, one_by_one: bool = False) -> Fairness:
    """What to report of protected columns, each by itself and crossed in pairs; nothing where there are none.

    Args:
        product: whose protected columns are looked at.
        known: the slices that each column has.
        one_by_one: whether each grouping costs a pass over all rows: pairs are left out there.
    """
    columns = [item.column for item in product.protected if len(known.get(item.column, ())) > 1]
    if product.predicts.kind != "binary":
        return Fairness(())
    pairs = list(combinations(columns, 2))
    fitting = [
        pair
        for pair in pairs
        if not one_by_one and prod(len(known[column]) for column in pair) <= MOST_CROSSED
    ]
    asked = [each for columns in (*((column,) for column in columns), *fitting) for each in _asked(columns)]
    left = [" x ".join(pair) for pair in pairs if pair not in fitting]
    return Fairness(tuple(asked), _left_out(left, one_by_one=one_by_one))


def with_fairness(asked: Questions, found: Fairness) -> Questions:
    """The questions with those of fairness, each once."""
    known = {(str(definition.metric), by) for definition, by in asked.estimated}
    new = [pair for pair in found.estimated if (str(pair[0].metric), pair[1]) not in known]
    return replace(asked, estimated=(*asked.estimated, *new))


def _asked(columns: Sequence[str]) -> list[tuple[Definition, Grouping]]:
    names = tuple(Metric(column) for column in columns)
    criteria = [(define(Metric(name, names), None), OVERALL) for name in CRITERIA]
    return [*criteria, *((define(Metric(name), None), grouping(columns)) for name in RATES)]


def _left_out(pairs: Sequence[str], *, one_by_one: bool) -> tuple[str, ...]:
    if not pairs:
        return ()
    why = (
        "units hold several rows, and each pair costs a pass over them"
        if one_by_one
        else f"they have more than {MOST_CROSSED} groups"
    )
    return (f"fairness: not reported for {', '.join(pairs)}, as {why}; a requirement may still name them",)
