"""The examples in the form of the prediction log: canonical names, a split for every row, the columns to slice by."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import ibis

from shipworthy.errors import InputError
from shipworthy.query.answer import answer_of
from shipworthy.query.engine import Engine
from shipworthy.query.slicing import Slicing
from shipworthy.query.split import TEST, TRAIN, VALIDATION, SplitPlan, split_column, split_table
from shipworthy.spec.task import BINARY, Task

if TYPE_CHECKING:
    from shipworthy.spec.model import Product

KEYS = ("id", "time", "unit", "label", "split")
ANSWERS = ("candidate", "prediction", "score", "weight", "latency_ms", "cost_usd", "error", "output")
"""The columns of the prediction log that a candidate fills."""

RANGE = ("low", "high")
"""The ends of a predicted interval, which logs of numbers have beside them."""

ITEM_KEYS = ("request", "item", "popularity")
"""The keys that a log of ranked items has besides: what was asked for, what is ranked, and how popular it is."""


def answer_columns(task: Task) -> tuple[str, ...]:
    """The columns of the log that a candidate fills, for this kind of answers."""
    return (*ANSWERS, *RANGE) if task.kind == "regression" else ANSWERS


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
    task: Task = BINARY

    def rows(self, *splits: str) -> ibis.Table:
        """The rows of these parts of the split."""
        return self.table.filter(self.table.split.isin(splits))

    def column(self, name: str) -> Any:
        """An original column by its own name."""
        return self.table[f"c:{name}"]

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of a log; of ranked items with their request, their name and how popular they are."""
        return (*KEYS, *ITEM_KEYS) if self.task.kind == "ranking" else KEYS

    @property
    def carried(self) -> dict[str, Any]:
        """Keys and extra columns under the names that a log has."""
        return {
            **{key: self.table[key] for key in self.keys},
            **{name: self.table[f"c:{name}"] for name in self.extra},
        }


def examples_frame(
    engine: Engine,
    examples: ibis.Table,
    product: Product,
    plan: SplitPlan,
    slicings: dict[str, Slicing],
    extra: Collection[str],
    task: Task = BINARY,
) -> Frame:
    """The frame over the examples' table.

    Raises:
        InputError: a carried column has a name that the log keeps for itself.
    """
    source = product.data.examples
    own_keys = {"time": source.time, "unit": source.unit, "split": plan.column}
    if not _ids_repeat(product):  # those that do are numbered in a log
        own_keys["id"] = source.id
    for name in extra:
        kept = name in answer_columns(task) or (task.kind == "ranking" and name in ITEM_KEYS)
        if name in examples.columns and (kept or (name in KEYS and own_keys.get(name) != name)):
            raise InputError(
                "data.reserved",
                f"slices or requirements name {name!r}, a column that the prediction log keeps for itself",
                remedy="Rename the column in the data and in product.yaml.",
            )
    if task.kind == "ranking" and not source.unit:  # items of one request stay together
        source = source.model_copy(update={"unit": product.predicts.request})
    names, examples = examples.columns, split_table(examples, plan, source)
    key = row_id(examples, product)
    keys = {
        "id": key,
        "time": examples[source.time] if source.time else ibis.null("timestamp('UTC')"),
        "unit": examples[source.whose].cast("string") if source.whose else ibis.null("string"),
        "label": answer_of(examples[product.label], task, product.predicts.positive),
        "split": split_column(examples, plan, source, key),
        "weight": examples[source.weight].cast("float64") if source.weight else ibis.literal(1.0),
    }
    if task.kind == "ranking":
        keys |= {key: examples[getattr(product.predicts, key)].cast("string") for key in ("request", "item")}
    own = {f"c:{name}": examples[name] for name in names}
    carried = tuple(column for column in extra if column in names and column not in KEYS)
    table = examples.select(**own, **keys)
    if task.kind == "ranking":
        table = table.mutate(popularity=_popularity(table, plan))
    clustered, weighted = product.data.examples.whose is not None, source.weight is not None
    return Frame(engine, table, plan, slicings, carried, clustered, weighted, source.repeats, task)


def _ids_repeat(product: Product) -> bool:
    """Whether an id may have several rows in a log: in the examples, or by some candidate."""
    return product.data.examples.repeats is not None or any(
        "repeats" in each.columns or (each.chat is not None and each.chat.samples > 1)
        for each in product.candidates.values()
    )


def row_id(examples: ibis.Table, product: Product) -> Any:
    """What tells a row apart: of ranked items without an id it is the request and the item."""
    predicts, source = product.predicts, product.data.examples
    if predicts.kind == "ranking" and source.id is None:
        return pair_id(examples, predicts.request or "", predicts.item or "")
    return row_key(examples, source.id, source.repeats)


def row_key(table: ibis.Table, id_column: str | None, repeats: str | None) -> Any:
    """What tells a row apart: its id, with the number of the repetition where ids repeat; its place without an id."""
    if id_column is None:
        return (ibis.row_number() + 1).cast("string")
    key = table[id_column].cast("string")
    return key if repeats is None else key.concat("#", table[repeats].cast("string"))


def pair_id(table: ibis.Table, request: str, item: str) -> Any:
    """The name of a row of ranked items: its request and its item."""
    return table[request].cast("string").concat("|", table[item].cast("string"))


def _popularity(table: ibis.Table, plan: SplitPlan) -> Any:
    """The share of the positive labels that each item has, half a label added; of training rows, or of all where none train."""
    learns = plan.by != "none" and plan.test + plan.validation < 1
    counted = (table.label > 0) & (table.split == TRAIN) if learns else table.label > 0
    one = ibis.cases((counted, 1), else_=0).cast("float64")
    own = one.sum().over(ibis.window(group_by=table["item"]))
    return (own + 0.5) / (one.sum().over(ibis.window()) + 1.0)


@dataclass(frozen=True)
class Part:
    """Rows of one part of the split; positives only where answers are yes or no."""

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
    yes = table.label.sum() if frame.task.kind == "binary" else ibis.null("int64")
    counted = table.group_by("split").aggregate(
        rows=table.count(), labelled=table.label.count(), positives=ibis.coalesce(yes, 0)
    )
    found = {row["split"]: row for row in frame.engine.run(counted, "counting the split").to_pylist()}
    _prove_parts(frame.plan, {name: int(row["rows"]) for name, row in found.items()})
    return tuple(
        Part(name, int(found[name]["rows"]), int(found[name]["labelled"]), int(found[name]["positives"]))
        for name in (TRAIN, VALIDATION, TEST)
        if name in found
    )


def class_counts(frame: Frame, *splits: str) -> dict[str, int]:
    """How many labelled rows of these parts each class has, in the order of the classes."""
    table = frame.rows(*splits)
    counted = table.filter(table.label.notnull()).group_by("label").aggregate(rows=lambda part: part.count())
    found = {
        row["label"]: int(row["rows"]) for row in frame.engine.run(counted, "counting classes").to_pylist()
    }
    return {name: found.get(name, 0) for name in frame.task.classes}


def middle(frame: Frame, *splits: str) -> str | float | None:
    """What answers best without looking at a row: the most frequent class, or the mean label; None without labels.

    Of classes with as many rows it is the first one. The mean has nine digits, as engines add in different orders.
    """
    if frame.task.kind == "multiclass":
        counts = class_counts(frame, *splits)
        return max(counts, key=counts.__getitem__) if any(counts.values()) else None
    table = frame.rows(*splits)
    found = frame.engine.run(table.aggregate(mean=table.label.mean()), "finding the mean label")
    mean = found["mean"][0].as_py()
    return None if mean is None else float(f"{mean:.9g}")


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
