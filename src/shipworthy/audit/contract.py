"""The data contract from what was seen, and what has changed since, in words."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from shipworthy.evidence import ColumnProfile, Finding
from shipworthy.personal import is_personal
from shipworthy.spec.contract import ColumnTerms, Contract
from shipworthy.spec.model import Product
from shipworthy.stats.proportion import clopper_pearson_lower

NAMED = 5
"""New values that a finding names."""


def contract_of(product: Product, columns: Sequence[ColumnProfile]) -> Contract:
    """What the examples look like: types, how much may be missing, ranges of numbers, and values of columns with few of them."""
    free = product.data.examples.about_rows
    return Contract({each.name: _terms(each, free=each.name in free) for each in columns})


def _terms(column: ColumnProfile, *, free: bool) -> ColumnTerms:
    """The terms of a column; of an id, a time or a unit, new values are no news."""
    share = column.missing / column.rows if column.rows else 0.0
    allowed = math.ceil(100 * share) / 100
    if free:
        return ColumnTerms(column.kind, allowed)
    if column.kind == "number":
        return ColumnTerms(column.kind, allowed, column.least, column.greatest)
    values = tuple(sorted(value for value, _ in column.values)) if column.kind == "text" else ()
    if any(is_personal(value, column.name) for value in values):
        values = ()  # a file to check in holds no personal data
    return ColumnTerms(column.kind, allowed, values=values)


def drift(contract: Contract, columns: Sequence[ColumnProfile]) -> Iterator[Finding]:
    """What is not as the contract says, in words."""
    present = {column.name: column for column in columns}
    agree = "Correct what writes the data, or change contract.yaml if they are right."
    for name, terms in contract.columns.items():
        found = present.get(name)
        if found is None:
            what = f"the contract has a column of {terms.type} values, and the examples have it no more"
            yield Finding("column_gone", name, "red", what, next_step=agree)
        elif found.present and found.kind != terms.type:
            what = f"it held {terms.type} values, and now holds {found.kind}"
            yield Finding("type_changed", name, "red", what, found.present, next_step=agree)
        else:
            yield from _left(terms, found, agree)
    for name, column in present.items():
        if name not in contract.columns:
            what = f"the contract does not know this column of {column.kind} values"
            step = "Add it to contract.yaml once you know what it means."
            yield Finding("column_new", name, "amber", what, next_step=step)


def _left(terms: ColumnTerms, column: ColumnProfile, agree: str) -> Iterator[Finding]:
    """Values, ranges and gaps of a column that were not there before."""
    new = [(value, rows) for value, rows in column.values if terms.values and value not in terms.values]
    if new:
        shown = ", ".join(f"{value} ({rows:,} rows)" for value, rows in new[:NAMED])
        more = f" and {len(new) - NAMED} more" if len(new) > NAMED else ""
        rows = sum(count for _, count in new)
        yield Finding("values_new", column.name, "amber", f"new values: {shown}{more}", rows, next_step=agree)
    elif terms.values and not column.values and column.present:
        what = f"it had {len(terms.values)} values, and has about {column.distinct:,} now"
        yield Finding("values_new", column.name, "amber", what, column.present, next_step=agree)
    if _beyond(terms, column):
        what = f"it goes from {_shown(column.least)} to {_shown(column.greatest)}, where {_range(terms)} was agreed"
        yield Finding("range_left", column.name, "amber", what, next_step=agree)
    least = float(clopper_pearson_lower(column.missing, column.rows, 0.95)) if column.missing else 0.0
    if least > terms.missing:
        share = 100 * column.missing / column.rows
        what = f"{share:.3g} % of its values are missing, where at most {100 * terms.missing:g} % was agreed"
        yield Finding("missing_more", column.name, "amber", what, column.missing, next_step=agree)


def _beyond(terms: ColumnTerms, column: ColumnProfile) -> bool:
    """Whether a number lies outside the agreed range."""
    ends = ((column.least, terms.least, -1), (column.greatest, terms.greatest, 1))
    return any(
        isinstance(end, float) and isinstance(agreed, int | float) and sign * (end - agreed) > 0
        for end, agreed, sign in ends
    )


def _range(terms: ColumnTerms) -> str:
    ends = [_shown(each) if each is not None else "anything" for each in (terms.least, terms.greatest)]
    return " to ".join(ends)


def _shown(end: object) -> str:
    return f"{end:g}" if isinstance(end, int | float) else str(end)
