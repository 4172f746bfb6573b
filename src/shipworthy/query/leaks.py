"""Signs of leakage that one aggregate statement shows: columns filled by answer, and times that run backwards."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import ibis

from shipworthy.query.answer import positive
from shipworthy.query.data_rows import PART, DataRows, instant, with_part
from shipworthy.query.split import TEST, TRAIN

ANSWER = "audit:answer"


def filled_by_answer(rows: DataRows) -> dict[str, tuple[int, int, int, int]]:
    """How many positive and negative rows there are, and how many of each have a value, by input column, in one statement.

    Returns:
        by column: positives with a value, positives, negatives with a value, negatives.
    """
    rows = replace(rows, table=rows.table.mutate(**{ANSWER: positive(rows.table[rows.label], rows.positive)}))
    table = rows.table
    inputs = [name for name in rows.inputs if name != ANSWER]
    aggregates: dict[str, Any] = {"rows": table.count()}
    for at, name in enumerate(inputs):
        aggregates[f"present {at}"] = (~rows.missing(name)).sum()
    grouped = table.group_by(ANSWER).aggregate(**aggregates)
    found = {row[ANSWER]: row for row in rows.engine.run(grouped, "counting values by answer").to_pylist()}
    none = dict.fromkeys(aggregates, 0)
    good, bad = found.get(True, none), found.get(False, none)
    return {
        name: (good[f"present {at}"], good["rows"], bad[f"present {at}"], bad["rows"])
        for at, name in enumerate(inputs)
    }


def positive_rates(rows: DataRows, columns: Sequence[str]) -> dict[str, dict[str, float]]:
    """The share of positives by value of these columns of text, in one statement."""
    if not columns:
        return {}
    yes = ibis.coalesce(positive(rows.table[rows.label], rows.positive).cast("float64"), 0.0)
    table, parts = rows.table.mutate(answer=yes), []
    for name in columns:
        by_value = table.filter(table[name].notnull()).group_by(value=table[name])
        parts.append(
            by_value.aggregate(rate=lambda part: part.answer.mean()).mutate(column=ibis.literal(name))
        )
    every = ibis.union(*parts) if len(parts) > 1 else parts[0]
    found: dict[str, dict[str, float]] = {name: {} for name in columns}
    for row in rows.engine.run(every, "counting answers by value").to_pylist():
        found[row["column"]][row["value"]] = float(row["rate"])
    return found


@dataclass(frozen=True)
class Order:
    """The instants of the training and the test rows, and the training rows after the first test row."""

    last_train: datetime
    first_test: datetime
    last_test: datetime
    later: int
    train: int


def order_of_time(rows: DataRows) -> Order | None:
    """How training and test rows follow each other; None where one of them has no rows with a time. Two statements."""
    parted = with_part(rows)
    table = parted.table.select(time=instant(parted, rows.source.time or ""), part=parted.table[PART])
    table = table.filter(table.time.notnull())
    ends = {"first": table.time.min(), "last": table.time.max(), "rows": table.count()}
    parts = rows.engine.run(table.group_by("part").aggregate(**ends), "comparing times").to_pylist()
    found = {row["part"]: row for row in parts}
    if not {TRAIN, TEST} <= {*found}:
        return None
    train, test = found[TRAIN], found[TEST]
    later = (table.part == TRAIN) & (table.time > ibis.literal(test["first"]).cast(table.time.type()))
    counted = rows.engine.run(table.aggregate(later=later.sum()), "counting later rows").to_pylist()[0]
    return Order(train["last"], test["first"], test["last"], int(counted["later"] or 0), train["rows"])
