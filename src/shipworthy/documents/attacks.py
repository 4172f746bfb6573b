"""What attacks did to every candidate, side by side: rows of tables by hazard and by method, for the memo."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from shipworthy.documents.figure import Sentence, counted, measured, sentence
from shipworthy.documents.measure import scale_of
from shipworthy.documents.tables import scored
from shipworthy.metrics.misused import ATTACK_SUCCESS, RATES

if TYPE_CHECKING:
    from shipworthy.evidence import Estimate, Evaluation
    from shipworthy.spec.model import Product

COLUMNS = ("hazard", "method")
HEADS = {ATTACK_SUCCESS: "attacks that succeed", RATES[1]: "harmless questions refused"}


@dataclass(frozen=True)
class AttackTable:
    """The attacks by one column: a head for each candidate and rate, and of each group the cells."""

    column: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Sentence, ...]], ...]


def attack_tables(product: Product, evaluation: Evaluation) -> tuple[AttackTable, ...]:
    """A table of all attacks and by hazard, and one by method; nothing where none was tried."""
    found = [
        (f"/estimates/{at}", each)
        for at, each in enumerate(evaluation.estimates)
        if each.metric in RATES and {*each.slice} <= {*COLUMNS}
    ]
    tried = [
        facts.name for facts in evaluation.candidates if any(_is_of(each, facts.name) for _, each in found)
    ]
    keys = [(name, rate) for name in tried for rate in RATES]
    heads = tuple(f"{name}: {HEADS[rate]}" for name, rate in keys)
    tables = []
    for column in COLUMNS:
        cells: dict[str, dict[tuple[str, str], Sentence]] = {}
        for path, each in found:
            if each.candidate in tried and [*each.slice] in _slices(column):
                group = each.slice.get(column, "all attacks")
                cells.setdefault(group, {})[each.candidate, each.metric] = _cell(product, each, path)
        rows = tuple((group, tuple(own.get(key, ("–",)) for key in keys)) for group, own in cells.items())
        tables.append(AttackTable(column, heads, rows))
    return tuple(tables) if tried else ()


def _slices(column: str) -> tuple[list[str], ...]:
    """What the groups of a table are named by; all attacks together stand in the first one only."""
    return ([], [column]) if column == COLUMNS[0] else ([column],)


def _is_of(estimate: Estimate, candidate: str) -> bool:
    """Whether it says something of this candidate."""
    return estimate.candidate == candidate and (estimate.n > 0 or bool(estimate.unscored))


def _cell(product: Product, estimate: Estimate, path: str) -> Sentence:
    if estimate.value is None:
        return (f"none of {estimate.unscored or 0:,} scored",)
    shown = measured(estimate, path, scale_of(estimate.metric, product))
    return sentence(shown, " of ", counted(estimate.n, f"{path}/n"), _unscored(estimate, path))


def _unscored(estimate: Estimate, path: str) -> Sentence:
    return scored(estimate, path)[2:] if estimate.unscored else ()
