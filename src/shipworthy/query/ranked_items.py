"""Whether examples of ranked items can be judged: each item once in a request, whose other columns are the same throughout."""

from __future__ import annotations

from collections.abc import Sequence

import ibis

from shipworthy.errors import InputError, Place
from shipworthy.query.engine import Engine


def prove_items(engine: Engine, examples: ibis.Table, request: str, item: str, where: Place | None) -> None:
    """Return where every row has a request and an item, and no request the same item twice.

    Raises:
        InputError: one is missing or repeated; the first such rows are named.
    """
    keys = {"request": examples[request].cast("string"), "item": examples[item].cast("string")}
    counted = examples.group_by(**keys).aggregate(n=examples.count())
    wrong = counted.filter((counted.n > 1) | counted.request.isnull() | counted["item"].isnull())
    rows = engine.run(
        wrong.order_by("request", "item").limit(3), "proving that items stand once in a request"
    )
    for found in rows.to_pylist():
        if found["request"] is None or found["item"] is None:
            raise InputError(
                "data.null_id",
                f"{found['n']:,} rows have no {request if found['request'] is None else item}",
                where=where,
                remedy="Every row needs its request and its item: drop these rows or name them.",
            )
        raise InputError(
            "data.duplicate_id",
            f"the request {found['request']} has the item {found['item']} {found['n']} times",
            where=where,
            remedy="Keep one row for each item of a request.",
        )


def prove_same_in_requests(
    engine: Engine, examples: ibis.Table, request: str, columns: Sequence[str], where: Place | None
) -> None:
    """Return where each of these columns has one value in each request, as requests are what is counted.

    Raises:
        InputError: a column has several; the first such request is named.
    """
    if not columns:
        return
    values = {f"n{at}": examples[name].nunique() for at, name in enumerate(columns)}
    counted = examples.group_by(request=examples[request].cast("string")).aggregate(**values)
    for at, name in enumerate(columns):
        several = counted.filter(counted[f"n{at}"] > 1).order_by("request").limit(1)
        found = engine.run(several, f"proving that {name} is the same in each request").to_pylist()
        if found:
            raise InputError(
                "data.varies",
                f"{name} has {found[0][f'n{at}']} values in the request {found[0]['request']}, and requests are what is counted",
                where=where,
                remedy="Slice by columns that are the same for all items of a request, such as the user's country.",
            )
