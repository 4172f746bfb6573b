"""The examples in the form of the prediction log: canonical names, a split for every row, the columns to slice by."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import ibis

from shipworthy.errors import InputError
from shipworthy.query.engine import Engine
from shipworthy.query.slicing import Slicing
from shipworthy.query.split import TEST, TRAIN, VALIDATION, SplitPlan, split_column, split_table
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
    weighted: bool = False
    repeats: str | None = None

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
    own_keys = {"id": source.id, "time": source.time, "unit": source.unit, "split": plan.by}
    for name in extra:
        if name in examples.columns and (name in ANSWERS or (name in KEYS and own_keys.get(name) != name)):
            raise InputError(
                "data.reserved",
                f"slices or requirements name {name!r}, a column that the prediction log keeps for itself",
                remedy="Rename the column in the data and in product.yaml.",
            )
    names, examples = examples.columns, split_table(examples, plan, source)
    row_id = row_key(examples, source.id, source.repeats)
    keys = {
        "id": row_id,
        "time": examples[source.time] if source.time else ibis.null("timestamp('UTC')"),
        "unit": examples[source.whose].cast("string") if source.whose else ibis.null("string"),
        "label": positive(examples[product.label], product.predicts.positive),
        "split": split_column(examples, plan, source, row_id),
        "weight": examples[source.weight].cast("float64") if source.weight else ibis.literal(1.0),
    }
    own = {f"c:{name}": examples[name] for name in names}
    carried = tuple(name for name in extra if name in names and name not in KEYS)
    table = examples.select(**own, **keys)
    clustered, weighted = source.whose is not None, source.weight is not None
    return Frame(engine, table, plan, slicings, carried, clustered, weighted, source.repeats)


def row_key(table: ibis.Table, id_column: str | None, repeats: str | None) -> Any:
    """What tells a row apart: its id, with the number of the repetition where ids repeat; its place without an id."""
    if id_column is None:
        return (ibis.row_number() + 1).cast("string")
    key = table[id_column].cast("string")
    return key if repeats is None else key.concat("#", table[repeats].cast("string"))


def positive(column: Any, value: Any) -> Any:
    """Whether each value is the positive one: a boolean, null where the value is null."""
    if column.type().is_boolean():
        wanted = truth(value)
        never = ibis.cases((column.notnull(), False), else_=ibis.null("boolean"))
        return column == ibis.literal(wanted) if wanted is not None else never
    if column.type().is_numeric() and not isinstance(value, str):
        return column.cast("float64") == float(value)
    return column.cast("string") == ibis.literal(_text(value))


def truth(value: Any) -> bool | None:
    """The truth that a positive value means in a boolean column: `true`, `yes` and 1 are true; None for other words."""
    words = {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False}
    return words.get(str(value).lower())


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
    _prove_parts(frame.plan, {name: int(row["rows"]) for name, row in found.items()})
    return tuple(
        Part(name, int(found[name]["rows"]), int(found[name]["labelled"]), int(found[name]["positives"]))
        for name in (TRAIN, VALIDATION, TEST)
        if name in found
    )


def _prove_parts(plan: SplitPlan, rows: dict[str | None, int]) -> None:
    known = (TRAIN, VALIDATION, TEST)
    wrong = [
        f"{'nothing' if name is None else repr(name)} in {count:,} rows"
        for name, count in rows.items()
        if name not in known
    ]
    if wrong:
        raise InputError(
            "split.values",
            f"the split column {plan.by} holds {' and '.join(sorted(wrong)[:3])}",
            remedy=f"It may hold only {', '.join(known)}.",
        )
    if not rows.get(TEST):
        raise InputError(
            "split.no_test",
            f"the split {plan} leaves no row to judge by",
            remedy=f"Give {TEST} rows: a greater share, or the word {TEST} in the split column.",
        )
