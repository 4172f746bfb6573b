"""How a column falls into few categories, so that two tables of it can be compared: ranges of numbers, else values."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from shipworthy.query.arrow_numbers import numbers
from shipworthy.query.facts import kind_of
from shipworthy.query.slicing import Slicing

if TYPE_CHECKING:
    import ibis
    import pyarrow as pa

RANGES = 10
"""Ranges of a number, of about as many rows each."""

FEW = 20
"""Up to so many different numbers are categories of their own."""

VALUES = 50
"""Texts of a column that are categories of their own; the rarer ones are one together."""

LEAST_COVERED = 0.5
"""A column of text whose most frequent values cover less than this share of its rows is told apart by none."""


def categories(sample: pa.Table, columns: Sequence[str]) -> dict[str, Slicing]:
    """The categories of each column by a sample of its rows; columns that have none (times, free texts, ids) are left out."""
    found = {name: _categories(sample[name], name) for name in columns if name in sample.column_names}
    return {name: each for name, each in found.items() if each is not None}


def alike(categories: Mapping[str, Slicing], table: ibis.Table, other: ibis.Table) -> dict[str, Slicing]:
    """Those whose column has values of the same kind in both tables."""
    return {
        name: each
        for name, each in categories.items()
        if name in other.columns and kind_of(table[name].type()) == kind_of(other[name].type())
    }


def _categories(column: Any, name: str) -> Slicing | None:
    import pyarrow as pa
    import pyarrow.compute as pc

    kind = column.type
    if pa.types.is_temporal(kind) or pa.types.is_nested(kind) or not len(column):
        return None
    if pa.types.is_floating(kind) or pa.types.is_integer(kind) or pa.types.is_decimal(kind):
        found = numbers(pc.cast(column, pa.float64()))
        return _of_numbers(found[~np.isnan(found)], name)
    return _of_values([each for each in column.to_pylist() if each is not None], name)


def _of_numbers(numbers: np.ndarray, name: str) -> Slicing | None:
    if not numbers.size:
        return None
    values = np.unique(numbers)
    if values.size <= FEW:
        return Slicing(name, found=tuple(values.tolist()), folded=1)
    shares = np.arange(1, RANGES) / RANGES
    cuts = np.unique(np.quantile(numbers, shares, method="higher"))
    inner = tuple(float(cut) for cut in cuts if cut > values[0])
    return Slicing(name, inner, float(values[0]), float(values[-1]), ranged=True)


def _of_values(values: Sequence[Any], name: str) -> Slicing | None:
    counted = sorted(Counter(values).items(), key=lambda pair: (-pair[1], str(pair[0])))[:VALUES]
    if not counted or sum(n for _, n in counted) < LEAST_COVERED * len(values):
        return None
    return Slicing(name, found=tuple(sorted(value for value, _ in counted)), folded=1)
