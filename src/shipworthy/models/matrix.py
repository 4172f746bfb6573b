"""A table as the array that a pipeline takes: one or more columns per feature, in the order of the features."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from shipworthy.errors import InputError, did_you_mean

if TYPE_CHECKING:
    import pyarrow as pa

    from shipworthy.models.features import Feature, Role

DATE_PARTS = ("weekday", "hour", "month", "days")
"""A date as numbers, in UTC: 0 is Monday; 0 to 23; 1 to 12; days since 1970-01-01.

Counting days from the first training row would shift the last part by a constant, which changes neither algorithm:
one scales its inputs, the other cuts them.
"""

_MICROSECONDS_A_DAY = 86_400_000_000
_WEEKDAY_OF_1970 = 3


def matrix(table: pa.Table, features: Sequence[Feature]) -> NDArray[Any]:
    """The features of each row: float64 where all are numbers, object where categories or texts are among them.

    Unknown numbers are NaN, and infinite ones count as unknown; an unknown category is None; an unknown text is
    empty.

    Args:
        table: rows with at least the columns of `features`.
        features: as planned at training; their order is the order of the columns.

    Raises:
        InputError: `model.missing_column` or `model.column_type`: the rows are not like the training rows.
    """
    parts = [part for feature in features for part in _parts(table, feature)]
    kind = object if any(part.dtype == object for part in parts) else np.float64
    array = np.empty((table.num_rows, len(parts)), dtype=kind)
    for position, part in enumerate(parts):
        array[:, position] = part
    return array


def columns_of(features: Sequence[Feature], *roles: Role) -> list[int]:
    """The positions, in the array that `matrix` makes, of the features that have one of the roles."""
    widths = [len(DATE_PARTS) if feature.role == "date" else 1 for feature in features]
    starts = np.cumsum([0, *widths]).tolist()
    return [
        position
        for feature, start, width in zip(features, starts, widths, strict=False)
        if feature.role in roles
        for position in range(start, start + width)
    ]


def _parts(table: pa.Table, feature: Feature) -> list[NDArray[Any]]:
    import pyarrow as pa

    if feature.column not in table.column_names:
        raise InputError(
            "model.missing_column",
            f"the model was trained with column {feature.column!r}, which these rows do not have",
            remedy=f"{did_you_mean(feature.column, table.column_names)} Or train again: shipworthy train.",
        )
    column = table.column(feature.column)
    try:
        if feature.role == "date":
            return _date_parts(column)
        return [_strings(column, feature.role) if feature.role in ("category", "text") else _numbers(column)]
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError) as problem:
        raise InputError(
            "model.column_type",
            f"column {feature.column!r} was a {feature.role} at training and is {column.type} here: {problem}",
            remedy="Give the column the type that the training rows have, or train again: shipworthy train.",
        ) from problem


def _numbers(column: Any) -> NDArray[np.float64]:
    import pyarrow as pa

    if not pa.types.is_float64(column.type):
        column = column.cast(pa.float64(), safe=not pa.types.is_integer(column.type))
    values = np.asarray(column.to_numpy(), dtype=np.float64)
    infinite = np.isinf(values)
    return np.where(infinite, np.nan, values) if infinite.any() else values


def _strings(column: Any, role: Role) -> NDArray[Any]:
    import pyarrow as pa

    if not pa.types.is_string(column.type):
        column = column.cast(pa.string())
    values = np.empty(len(column), dtype=object)
    values[:] = (column.fill_null("") if role == "text" else column).to_pylist()
    return values


def _date_parts(column: Any) -> list[NDArray[Any]]:
    import pyarrow as pa

    if not (pa.types.is_timestamp(column.type) or pa.types.is_date(column.type)):
        raise pa.ArrowInvalid("not a date")
    unit = pa.timestamp("us", tz=getattr(column.type, "tz", None))
    moments = column.cast(unit, safe=False).to_numpy().astype("datetime64[us]")
    unknown = np.isnat(moments)
    moments = np.where(unknown, np.datetime64(0, "us"), moments)
    time = moments.astype(np.int64)
    days = time // _MICROSECONDS_A_DAY
    parts = (
        (days + _WEEKDAY_OF_1970) % 7,
        time // (_MICROSECONDS_A_DAY // 24) % 24,
        moments.astype("datetime64[M]").astype(np.int64) % 12 + 1,
        time / _MICROSECONDS_A_DAY,
    )
    return [np.where(unknown, np.nan, part) for part in parts]
