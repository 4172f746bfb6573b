"""The log of a cascade: two candidates' logs joined by id, each row answered by one of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import ibis

from shipworthy.errors import InputError, Place
from shipworthy.query.frame import ITEM_KEYS, KEYS
from shipworthy.query.scan import Log
from shipworthy.query.values import ANSWER, outcome_keys

SENT, FIRST_COST, THEN_COST = "cascade:sent", "cascade:first cost", "cascade:then cost"
"""Columns of a cascade's log: 1 where the second was asked and 0 where not; what each cost there."""

BOTH = ("latency_ms", "cost_usd")
"""What adds up where both were asked."""


@dataclass(frozen=True)
class Part:
    """One candidate of a cascade: its name and its log over the judged rows, at its own operating point."""

    name: str
    log: Log


def cascade_log(
    name: str, first: Part, then: Part, between: tuple[float, float] | None, extra: tuple[str, ...]
) -> ibis.Table:
    """The log of a cascade. Rows that it sends on have the second one's answer, or none where that gave none.

    Args:
        name: of the cascade.
        first: asked about every row.
        then: asked where the score of the first lies in the band or is missing, or it gave no answer.
        between: the band, both ends included; None for rows without an answer only.
        extra: the columns of the examples that logs carry.
    """
    kept = tuple(key for key in (*KEYS, *extra, "weight") if key not in ITEM_KEYS)
    mine, theirs = _side(first.log, "a"), _side(then.log, "b")
    table = mine.inner_join(theirs, mine["a id"] == theirs["b id"])
    sent = ~table["a:answered"]
    if between is not None:
        score = table["a score"]
        sent = sent | score.isnull() | score.between(*between)
    own = [column for column in first.log.table.columns if not column.startswith("cascade:")]
    new = [column for column in then.log.table.columns if column not in own and ":" not in column]
    columns = {
        column: _picked(table, column, sent)
        for column in (*own, *new)
        if column not in (*kept, *BOTH, "candidate", "score")
    }
    added = {column: _added(table, column, sent) for column in BOTH}
    known = added["cost_usd"].notnull()
    return table.select(
        **{key: table[f"a {key}"] for key in kept},
        candidate=ibis.literal(name),
        score=ibis.null("float64"),
        **columns,
        **added,
        **{
            SENT: ibis.cases((sent, 1.0), else_=0.0),
            FIRST_COST: ibis.cases((known, table["a cost_usd"]), else_=ibis.null("float64")),
            THEN_COST: ibis.cases((known & sent, table["b cost_usd"]), else_=ibis.null("float64")),
        },
    )


def _side(log: Log, side: str) -> ibis.Table:
    """A candidate's log with its answers at its operating point, its columns under names of their own."""
    table = log.table
    if log.task.kind == "binary":
        table = table.mutate(prediction=outcome_keys(table, log.threshold, log.task, log.slicings)[ANSWER])
    # Whether there is an answer: of text the text itself, else the prediction.
    answered = table.output if log.task.kind == "text" else table.prediction
    return table.select(
        **{f"{side} {column}": table[column] for column in table.columns},
        **{f"{side}:answered": answered.notnull()},
    )


def _picked(table: ibis.Table, column: str, sent: Any) -> Any:
    """The value of who answered; null where that one's log has no such column."""
    sides = [table[name] if name in table.columns else None for name in (f"a {column}", f"b {column}")]
    kind = next(each for each in sides if each is not None).type()
    mine, theirs = (ibis.null(kind) if each is None else each for each in sides)
    return ibis.cases((sent, theirs), else_=mine)


def _added(table: ibis.Table, column: str, sent: Any) -> Any:
    """The first one's number, and the second one's where it was asked.

    A row that was not sent on counts only where the second one's number would be known, too: else sent rows, the slow
    and dear ones, would drop out alone.
    """
    mine, theirs = table[f"a {column}"], table[f"b {column}"]
    alike = theirs.notnull() | ~table["b:answered"]
    nothing = ibis.null("float64")
    return ibis.cases((sent, mine + theirs), (alike, mine), else_=nothing).cast("float64")


def prove_parts(cascade: str, first: Part, then: Part, between: tuple[float, float] | None) -> dict[str, int]:
    """How many rows the logs of a cascade have, alone and joined, after a look whether they fit.

    Raises:
        InputError: they are not of the same rows, or a band is asked of a candidate without scores.
    """
    one, other = first.log.table, then.log.table
    mine, theirs = one.select(a=one.id), other.select(b=other.id)
    joined = mine.inner_join(theirs, mine.a == theirs.b)
    engine = first.log.engine
    rows = {
        "first": one.aggregate(rows=one.count(), scores=one.score.count()),
        "then": other.aggregate(rows=other.count(), scores=other.score.count()),
        "both": joined.aggregate(rows=joined.count(), scores=ibis.literal(0, "int64")),
    }
    tables = [found.mutate(side=ibis.literal(side)) for side, found in rows.items()]
    told = engine.run(ibis.union(*tables), f"joining the candidates of {cascade}").to_pylist()
    found = {row["side"]: (int(row["rows"]), int(row["scores"])) for row in told}
    if len({found[side][0] for side in rows}) > 1:
        raise InputError(
            "cascade.rows",
            f"{first.name} has {found['first'][0]:,} answers and {then.name} {found['then'][0]:,}; "
            f"joined by id there are {found['both'][0]:,}",
            remedy="Give both one answer to each row, or both equally many.",
        )
    if between is not None and not found["first"][1]:
        raise no_score(first.name, then.name, between, None)
    return {"rows": found["both"][0], "scores": found["first"][1]}


def no_score(first: str, then: str, between: tuple[float, float], where: Place | None) -> InputError:
    """A band is asked of a candidate without scores."""
    low, high = between
    return InputError(
        "cascade.no_score",
        f"{first} gives no score that could lie between {low:g} and {high:g}",
        where=where,
        remedy=f"Take between out, and {then} is asked where {first} gives no answer; or name a candidate with scores.",
    )
