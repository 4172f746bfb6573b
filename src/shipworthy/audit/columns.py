"""What the profile of a column gives away without any claim: empty, constant, nearly constant, an id in disguise."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from shipworthy.evidence import ColumnProfile, Finding
from shipworthy.spec.model import Product

NEARLY = 0.99
"""From this share of one value on a column is nearly constant; from this share of different values on it looks like an id."""

LEAST_ROWS = 50
"""Rows from which on a column can look like an id or be nearly constant."""


def column_findings(
    product: Product, columns: Sequence[ColumnProfile], free: Collection[str] = ()
) -> Iterator[Finding]:
    """What is odd about each column.

    Args:
        product: what columns are for.
        columns: their profiles.
        free: those of free text, which differs from row to row as it should.
    """
    roles = product.data.examples.about_rows
    for column in columns:
        if column.name == product.label:
            yield from _label(product, column)
        elif column.name not in roles:
            yield from _oddity(column, free=column.name in free)


def _oddity(column: ColumnProfile, *, free: bool) -> Iterator[Finding]:
    if column.present == 0:
        step = "Find out why it is empty, or leave it out."
        yield Finding("empty", column.name, "red", "no row has a value", column.missing, next_step=step)
    elif column.distinct == 1:
        value = f" ({column.values[0][0]})" if column.values else ""
        what = f"every row that has a value has the same one{value}"
        step = "Leave it out: it tells no rows apart."
        yield Finding("constant", column.name, "amber", what, column.present, next_step=step)
    elif column.values and column.rows >= LEAST_ROWS and column.values[0][1] >= NEARLY * column.present:
        value, rows = column.values[0]
        what = f"{rows:,} of {column.present:,} rows have the same value ({value})"
        step = "See whether the few others matter; if not, leave it out."
        yield Finding("nearly_constant", column.name, "amber", what, rows, next_step=step)
    elif not free and _like_an_id(column):
        what = (
            f"nearly every row has a value of its own (about {column.distinct:,} in {column.present:,} rows)"
        )
        step = "If it is an id, name it with data.examples.id, or keep models from it with features:."
        yield Finding("like_an_id", column.name, "amber", what, column.present, next_step=step)


def _like_an_id(column: ColumnProfile) -> bool:
    """Whole numbers and short texts, each about once; measured numbers differ too, but have fractions."""
    whole = column.kind == "number" and _whole(column.least) and _whole(column.greatest)
    return (
        (column.kind == "text" or whole)
        and column.rows >= LEAST_ROWS
        and column.distinct >= NEARLY * column.present
    )


def _whole(end: float | str | None) -> bool:
    return isinstance(end, float) and end.is_integer()


def _label(product: Product, column: ColumnProfile) -> Iterator[Finding]:
    """Labels that are none of the answers."""
    allowed = _answers(product, column)
    if allowed is None:
        return
    others = [(value, rows) for value, rows in column.values if value not in allowed]
    if not others:
        return
    rows = sum(count for _, count in others)
    shown = ", ".join(f"{value} ({count:,} rows)" for value, count in others[:6])
    yield Finding(
        "label_outside",
        column.name,
        "red",
        f"{rows:,} rows have a label that is none of the answers: {shown}",
        rows,
        cost=f"{rows:,} rows to mend",
        next_step="Correct them, or leave the label empty where it is not known: any other value counts as negative.",
    )


def _answers(product: Product, column: ColumnProfile) -> frozenset[str] | None:
    """The values that a label may have; None where any may be. Of yes/no answers: the positive value and the most frequent other one."""
    if product.predicts.kind == "multiclass":
        return frozenset(map(str, product.predicts.classes)) or None
    if product.predicts.kind != "binary" or len(column.values) < 3:
        return None
    positive = str(product.predicts.positive)
    others = [value for value, _ in column.values if value != positive]
    return frozenset({positive, others[0]})
