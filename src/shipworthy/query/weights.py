"""Proof that weights can be counted with: numbers from 0, one for each row, and some above 0."""

from __future__ import annotations

import ibis

from shipworthy.errors import InputError, Place
from shipworthy.query.engine import Engine
from shipworthy.query.slicing import infinite


def prove_weights(engine: Engine, table: ibis.Table, column: str, where: Place | None = None) -> None:
    """Return where every row has a weight of 0 or more, and some row more than 0, in one statement.

    Raises:
        InputError: the column holds no numbers, or some row has no weight, a negative one, or one without end.
    """
    if not table[column].type().is_numeric():
        raise InputError(
            "data.weight_type",
            f"the weight column {column} holds {table[column].type()}, not numbers",
            where=where,
            remedy="A weight says how many rows of the world a row stands for: 1 for rows drawn alike.",
        )
    weight = table[column].cast("float64")
    wrong = weight.isnull() | weight.isnan() | infinite(weight)
    found = engine.run(
        table.aggregate(
            rows=table.count(),
            missing=ibis.cases((wrong, 1), else_=0).sum(),
            negative=ibis.cases((~wrong & (weight < 0), 1), else_=0).sum(),
            least=weight.min(where=~wrong),
            positive=ibis.cases((~wrong & (weight > 0), 1), else_=0).sum(),
        ),
        f"proving the weights in {column}",
    ).to_pylist()[0]
    if found["missing"]:
        raise InputError(
            "data.weight_missing",
            f"{found['missing']:,} of {found['rows']:,} rows have no finite number in the weight column {column}",
            where=where,
            remedy="Give every row its weight; 0 leaves a row out.",
        )
    if found["negative"]:
        raise InputError(
            "data.weight_negative",
            f"{found['negative']:,} of {found['rows']:,} rows have a negative weight in {column}, the least {found['least']:g}",
            where=where,
            remedy="Weights are 0 or more; 0 leaves a row out.",
        )
    if found["rows"] and not found["positive"]:
        raise InputError(
            "data.weight_zero",
            f"every row has the weight 0 in {column}, so that none counts",
            where=where,
            remedy="Give the rows that shall count a weight above 0, or take weight: out.",
        )
