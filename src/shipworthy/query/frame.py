"""The examples in the form of the prediction log: canonical names, a split for every row, the columns to slice by."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import ibis

from shipworthy.errors import InputError
from shipworthy.query.engine import Engine
from shipworthy.query.slicing import Slicing
from shipworthy.query.split import TEST, TRAIN, VALIDATION, SplitPlan, split_column
from shipworthy.spec.model import Product

KEYS = ("id", "time", "unit", "label", "split")
ANSWERS = ("candidate", "prediction", "score", "weight", "latency_ms", "cost_usd", "error", "output")
"""The columns of the prediction log that a candidate fills."""


@dataclass(frozen=True)
class Frame:
    """The examples of a product as a table expression.

    `table` has the original columns under `c:NAME` and the keys of the log; `extra` are the original columns
    that a log carries along because slices or requirements name them.
    """

    engine: Engine
    table: ibis.Table
    plan: SplitPlan
    slicings: dict[str, Slicing]
    extra: tuple[str, ...]
    clustered: bool

    def rows(self, *splits: str) -> ibis.Table:
        """The rows of these parts of the split."""
        return self.table.filter(self.table.split.isin(splits))

    def column(self, name: str) -> Any:
        """An original column by its own name."""
        return self.table[f"c:{name}"]

    @property
    def carried(self) -> dict[str, Any]:
        """Keys and extra columns under the names that a log has."""
        return {
            **{key: self.table[key] for key in KEYS},
            **{name: self.table[f"c:{name}"] for name in self.extra},
        }


def examples_frame(
    engine: Engine,
    examples: ibis.Table,
    product: Product,
    plan: SplitPlan,
    slicings: dict[str, Slicing],
    extra: Collection[str],
) -> Frame:
    """The frame over the examples' table.

    Raises:
        InputError: a carried column has a name that the log keeps for itself.
    """
    source = product.data.examples
    for name in extra:
        if name in ANSWERS and name not in examples.columns:
            continue
        if name in ANSWERS:
            raise InputError(
                "data.reserved",
                f"the examples have a column {name!r}, a name that the prediction log keeps for itself",
                remedy="Rename the column in the data.",
            )
    row_id = examples[source.id].cast("string") if source.id else (ibis.row_number() + 1).cast("string")
    keys = {
        "id": row_id,
        "time": examples[source.time] if source.time else ibis.null("timestamp('UTC')"),
        "unit": examples[source.unit].cast("string") if source.unit else ibis.null("string"),
        "label": positive(examples[product.label], product.predicts.positive),
        "split": split_column(examples, plan, source, row_id),
    }
    own = {f"c:{name}": examples[name] for name in examples.columns}
    carried = tuple(name for name in extra if name in examples.columns and name not in KEYS)
    return Frame(engine, examples.select(**own, **keys), plan, slicings, carried, source.unit is not None)


def positive(column: Any, value: Any) -> Any:
    """Whether each value is the positive one: a boolean, null where the value is null."""
    if column.type().is_boolean():
        wanted = value if isinstance(value, bool) else str(value).lower() in ("1", "true", "yes")
        return column == ibis.literal(wanted)
    if column.type().is_numeric() and not isinstance(value, str):
        return column.cast("float64") == float(value)
    return column.cast("string") == ibis.literal(_text(value))


def _text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


@dataclass(frozen=True)
class Part:
    """Rows of one part of the split."""

    name: str
    rows: int
    labelled: int
    positives: int


def parts(frame: Frame) -> tuple[Part, ...]:
    """Rows, labelled and positive rows of each part, in one statement.

    Raises:
        InputError: a row belongs to no part, or no row is left to judge by.
    """
    table = frame.table
    counted = table.group_by("split").aggregate(
        rows=table.count(), labelled=table.label.count(), positives=ibis.coalesce(table.label.sum(), 0)
    )
    found = {row["split"]: row for row in frame.engine.run(counted, "counting the split").to_pylist()}
    unknown = sorted(str(name) for name in found if name not in (TRAIN, VALIDATION, TEST))
    if unknown:
        raise InputError(
            "split.values",
            f"the split column {frame.plan.by} holds {', '.join(unknown[:3])}",
            remedy=f"It may hold only {TRAIN}, {VALIDATION} and {TEST}.",
        )
    return tuple(
        Part(name, int(found[name]["rows"]), int(found[name]["labelled"]), int(found[name]["positives"]))
        for name in (TRAIN, VALIDATION, TEST)
        if name in found
    )
