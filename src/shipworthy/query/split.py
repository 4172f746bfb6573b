"""Which rows train, which choose thresholds and which are judged: one expression, no unit on both sides."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import ibis

from shipworthy.query.source import md5

if TYPE_CHECKING:
    from shipworthy.spec.model import Candidate, Product, Source, Split

TRAIN, VALIDATION, TEST = "train", "validation", "test"
LAST = "split:last"
"""The column with the instant of a unit's last row."""
ROUNDING = 1e-9
"""A row whose rank is this near to a cut lies at the cut: in floats, 1 - 0.2 - 0.2 is more than 0.6."""


@dataclass(frozen=True)
class SplitPlan:
    """How the examples are divided: by which rule, with which shares, and where the rule came from.

    `rows` is what is judged where nothing is divided: labelled rows, or where answers are texts any row.
    """

    by: str
    test: float
    validation: float
    seed: int = 0
    stated: bool = True
    rows: str = "labelled row"

    @property
    def column(self) -> str | None:
        """The column that names each row's part; None where a rule divides them."""
        return None if self.by in ("none", "time", "unit", "random") else self.by

    def __str__(self) -> str:
        if self.by == "none":
            return f"every {self.rows} is test"
        if self.column is not None:
            return f"by what the column {self.column} says"
        source = "" if self.stated else " (the default, as product.yaml names no split)"
        shares = {TRAIN: 1 - self.test - self.validation, VALIDATION: self.validation, TEST: self.test}
        # To the last digit: logs and models are told apart by this text.
        told = ", ".join(f"{100 * share:.10g}% {name}" for name, share in shares.items())
        return f"by {self.by}: {told}{source}"


def split_plan(product: Product) -> SplitPlan:
    """The plan of the product: what it states, else by time, else by unit, else random.

    With nothing to train and no threshold to set, every labelled row is test; with a threshold alone to set,
    nothing is kept for training.
    """
    stated = product.data.split
    if stated is not None:
        return _stated(stated)
    trains = any(candidate.kind == "trained" for candidate in product.candidates.values())
    sets_threshold = product.predicts.kind != "text" and any(
        candidate.threshold is None and _may_score(candidate) for candidate in product.candidates.values()
    )
    if not trains and not sets_threshold:
        rows = "row" if product.predicts.kind == "text" else "labelled row"
        return SplitPlan("none", 1.0, 0.0, stated=False, rows=rows)
    examples = product.data.examples
    by = "time" if examples.time else "unit" if examples.whose else "random"
    return SplitPlan(by, 0.2, 0.2, stated=False) if trains else SplitPlan(by, 0.6, 0.4, stated=False)


def _may_score(candidate: Candidate) -> bool:
    """Whether a candidate that learns nothing may answer with a score, for which a threshold is set."""
    if candidate.chat is not None:
        return candidate.chat.logprobs
    plain = candidate.kind == "recorded" and candidate.format is None  # other tools' results are predictions
    return plain and "prediction" not in candidate.columns


def _stated(split: Split) -> SplitPlan:
    return SplitPlan(split.by, split.test, split.validation, split.seed)


def split_table(table: ibis.Table, plan: SplitPlan, source: Source) -> ibis.Table:
    """The examples, with the instant of each unit's last row where the split needs it (`split_column` reads it)."""
    if plan.by != "time" or not source.whose:
        return table
    last = table[source.time].max().over(ibis.window(group_by=table[source.whose]))
    return table.mutate(**{LAST: last})


def split_column(table: ibis.Table, plan: SplitPlan, source: Source, row_id: Any) -> Any:
    """The part of each row, as a string expression over the examples as `split_table` gives them.

    By time, a unit goes where its last row goes, so that training never sees what comes after the cut; rows of
    the same instant stay together. By unit and at random, the MD5 of the unit or id and the seed decides, so
    that a row keeps its part when others come or go.
    """
    rules: dict[str, Callable[[], Any]] = {
        "none": lambda: ibis.literal(TEST),
        "time": lambda: _by_rank(_time_rank(table, source), plan),
        "unit": lambda: _by_hash(table[source.whose], plan) if source.whose else None,
        "random": lambda: _by_hash(table[source.whose] if source.whose else row_id, plan),
    }
    return rules[plan.by]() if plan.by in rules else table[plan.by].cast("string")


def _time_rank(table: ibis.Table, source: Source) -> Any:
    """The share of rows that are earlier, from 0 to below 1; equal for all rows of a unit."""
    order = [table[source.time]]
    if source.whose:
        # Engines order text differently; they agree on hexadecimal digits.
        order = [table[LAST], md5(table[source.whose].cast("string"))]
    earlier = ibis.rank().over(ibis.window(order_by=order))
    return earlier.cast("float64") / table.count().over(ibis.window()).cast("float64")


def _by_rank(share: Any, plan: SplitPlan) -> Any:
    validation, test = 1 - plan.test - plan.validation - ROUNDING, 1 - plan.test - ROUNDING
    later = ibis.cases((share >= validation, VALIDATION), else_=TRAIN)
    return ibis.cases((share >= test, TEST), else_=later)


def _by_hash(key: Any, plan: SplitPlan) -> Any:
    digits = md5(key.cast("string").concat(f"|{plan.seed}")).substr(0, 8)
    test, validation = _hexadecimal(plan.test), _hexadecimal(plan.test + plan.validation)
    return ibis.cases((digits < test, TEST), (digits < validation, VALIDATION), else_=TRAIN)


def _hexadecimal(share: float) -> str:
    """The eight-digit prefix below which that share of all digests falls."""
    return f"{min(round(share * 16**8), 16**8 - 1):08x}"
