"""Labels that people gave, beside the rows that they are of: they fill gaps, and never override the source."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import ibis
import pyarrow as pa

from shipworthy.query.answer import class_of
from shipworthy.query.engine import Engine
from shipworthy.query.frame import Frame
from shipworthy.query.frequent import absent, present
from shipworthy.query.split import TRAIN
from shipworthy.query.to_label import slice_columns

GIVEN, LEARNS = "given:label", "given:learns"


def lent_labels(
    engine: Engine, column: Any, rows: Sequence[tuple[str, str, bool]], name: str = "given_labels"
) -> ibis.Table:
    """A table of ids, labels in the type of the source's column, and whether each is to learn from only.

    Raises:
        ValueError: a label does not fit the column.
    """
    kind = column.type()
    stored = pa.float64() if kind.is_decimal() else kind.to_pyarrow()
    values: list[Any] = [label for _, label, _ in rows]
    if kind.is_boolean():
        values = [{"true": True, "1": True, "false": False, "0": False}[label.lower()] for label in values]
    elif kind.is_integer():
        values = [_whole(label) for label in values]
    elif kind.is_floating() or kind.is_decimal():
        values = [float(label) for label in values]
    table = pa.table(
        {
            "q:id": pa.array([each for each, _, _ in rows], pa.string()),
            GIVEN: pa.array(values, stored),
            LEARNS: pa.array([learns for _, _, learns in rows], pa.bool_()),
        }
    )
    return engine.lent(table, name)


def _whole(label: str) -> int:
    number = float(label)
    if not number.is_integer():
        raise ValueError(f"{label} is no whole number, and the column holds those")
    return int(number)


def differing(
    engine: Engine, examples: ibis.Table, key: Any, column: str, lent: ibis.Table
) -> dict[str, tuple[str, bool]]:
    """The source's own labels of the rows that were labelled, by id, and whether they differ from the given ones."""
    own = examples.select(**{"q:row": key, "q:own": examples[column]})
    both = own.inner_join(lent, own["q:row"] == lent["q:id"]).filter(lambda table: ~absent(table["q:own"]))
    given = both[GIVEN].cast(both["q:own"].type())
    found = both.select("q:row", own=class_of(both["q:own"]), differs=both["q:own"] != given)
    rows = engine.run(found.order_by("q:row"), "comparing given labels with the source").to_pylist()
    return {row["q:row"]: (row["own"], bool(row["differs"])) for row in rows}


def with_labels(examples: ibis.Table, key: Any, column: str, lent: ibis.Table) -> ibis.Table:
    """The examples with the given labels where they have none of their own."""
    names = examples.columns
    joined = examples.mutate(**{"q:row": key}).left_join(lent, ibis._["q:row"] == lent["q:id"])
    filled = ibis.coalesce(present(joined[column]), joined[GIVEN].cast(joined[column].type()))
    return joined.mutate(**{column: filled}).select(*names)


def beside(examples: ibis.Table, key: Any, lent: ibis.Table, name: str) -> ibis.Table:
    """The examples with the given labels as a column of their own; null where there is none."""
    joined = examples.mutate(**{"q:row": key}).left_join(lent, ibis._["q:row"] == lent["q:id"])
    return joined.select(*examples.columns, **{name: joined[GIVEN]})


def marked(frame: Frame, lent: ibis.Table) -> Frame:
    """The frame with `given:label` and `given:learns` beside each row (null where nobody labelled it).

    Labels that are to learn from only are taken out of the rows that judge and set thresholds.
    """
    joined = frame.table.left_join(lent, frame.table.id == lent["q:id"]).drop("q:id")
    judged = joined[LEARNS].fill_null(ibis.literal(value=False)) & (joined.split != TRAIN)
    label = ibis.cases((judged, ibis.null(joined.label.type())), else_=joined.label)
    return replace(frame, table=joined.mutate(label=label))


def cell_sums(frame: Frame, columns: Sequence[str]) -> list[dict[str, Any]]:
    """For each part and each slice of these columns, crossed: the weights of all rows, of labels of the source, and of drawn ones."""
    by = slice_columns(frame, frame.table, columns)
    sliced = frame.table.mutate(**by)
    given, labelled = sliced[GIVEN].notnull(), sliced.label.notnull()
    counted = sliced.group_by(["split", *by]).aggregate(
        rows=sliced.weight.sum(),
        source=ibis.cases((labelled & ~given, sliced.weight), else_=0.0).sum(),
        drawn=ibis.cases((labelled & given, sliced.weight), else_=0.0).sum(),
        labels=(labelled & given).sum(),
    )
    return list(frame.engine.run(counted, "counting labels by cell").to_pylist())


def weighted(
    frame: Frame, columns: Sequence[str], by_cell: Sequence[tuple[dict[str, Any], float, float]]
) -> Frame:
    """The frame with its weights multiplied, cell by cell: for labels of the source, and for drawn ones."""
    by = slice_columns(frame, frame.table, columns)
    given = frame.table[GIVEN].notnull()
    cases = []
    for row, source, drawn in by_cell:
        here = frame.table.split == row["split"]
        for name, expression in by.items():
            here &= expression.isnull() if row[name] is None else expression == row[name]
        cases += [(here & given, drawn), (here & ~given, source)]
    factor = ibis.cases(*cases, else_=1.0)
    return replace(frame, table=frame.table.mutate(weight=frame.table.weight * factor), weighted=True)
