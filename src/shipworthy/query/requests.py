"""A log of ranked items -> one row per request: how good its order is, in one statement of window functions.

Items without a label are left out, as nobody knows whether they belong there; items without a score are not shown.
Items of the same score could stand in any order: what is counted at a place is the mean over all orders. Where a
single place decides (`mrr`, `map@k`), irrelevant items come first.
"""

from __future__ import annotations

import math
from collections.abc import Collection
from typing import Any

import ibis

from shipworthy.query.source import md5

_GREATEST = ("latency_ms", "cost_usd", "time")
_LEAST = ("unit", "split", "weight", "candidate", "error", "output")


def request_table(log: ibis.Table, values: Collection[str], columns: Collection[str]) -> ibis.Table:
    """One row per request that has a labelled item.

    Args:
        log: one row per request and item; `label` is how relevant the item is, `score` where it stands.
        values: the row values to compute, such as `=ndcg@10`.
        columns: columns that are the same on all rows of a request, which are kept.
    """
    ranked = _ranked(log.filter(log.label.notnull()))
    cutoffs = sorted({cutoff for name in values if (cutoff := cutoff_of(name))})
    placed = _placed(ranked, cutoffs)
    relevant = placed.relevant.sum()
    found: dict[str, Any] = {name: _value(placed, name, relevant) for name in sorted(values)}
    found |= {name: placed[name].max() for name in _GREATEST if name in placed.columns}
    found |= {name: placed[name].min() for name in _LEAST if name in placed.columns}
    found |= {name: _same(placed[name]) for name in columns if name not in found}
    shown = placed.shown.max()
    requests = placed.group_by(id=placed.request).aggregate(
        **found, label=relevant.cast("float64"), shown=shown, score=ibis.null("float64")
    )
    return requests.mutate(prediction=ibis.cases((requests.shown > 0, 1.0), else_=ibis.null("float64")))


def cutoff_of(name: str) -> int | None:
    """The place up to which a row value looks: 10 for `=ndcg@10`."""
    _, _, cutoff = name.partition("@")
    return int(cutoff) if cutoff else None


def _ranked(log: ibis.Table) -> ibis.Table:
    """Each item's place by score (irrelevant ones first where it ties), its best possible place, and the relevant ones up to it."""
    table = log.mutate(
        relevant=ibis.cases((log.label > 0, 1), else_=0),
        shown=ibis.cases((log.score.notnull(), 1), else_=0),
        last=ibis.cases((log.score.isnull(), 1), else_=0),
        digest=md5(log["item"].cast("string")),
    )
    order = [table["last"], ibis.desc(table.score), table.label, table.digest]
    by_score = ibis.window(group_by=table.request, order_by=order)
    by_label = ibis.window(group_by=table.request, order_by=[ibis.desc(table.label), table.digest])
    so_far = ibis.cumulative_window(group_by=table.request, order_by=order)
    return table.mutate(
        place=(ibis.row_number().over(by_score) + 1).cast("float64"),
        best=(ibis.row_number().over(by_label) + 1).cast("float64"),
        so_far=table.relevant.sum().over(so_far),
    )


def _placed(ranked: ibis.Table, cutoffs: Collection[int]) -> ibis.Table:
    """The discount and the chance of standing up to each cutoff, each the mean over the items of the same score."""
    alike = ibis.window(group_by=[ranked.request, ranked.score])
    own = {}
    for k in cutoffs:
        inside = (ranked.shown == 1) & (ranked.place <= k)
        own[f"discount@{k}"] = ibis.cases((inside, _discount(ranked.place)), else_=0.0).mean().over(alike)
        own[f"inside@{k}"] = ibis.cases((inside, 1), else_=0).cast("float64").mean().over(alike)
        own[f"ideal@{k}"] = ibis.cases((ranked.best <= k, ranked.label * _discount(ranked.best)), else_=0.0)
    return ranked.mutate(**own) if own else ranked


def _discount(place: Any) -> Any:
    """1 / log2(place + 1) (Järvelin and Kekäläinen 2002)."""
    return math.log(2) / (place + 1).ln()


def _value(table: ibis.Table, name: str, relevant: Any) -> Any:
    """One row value of a request, null where it means nothing."""
    kind, k = name[1:].partition("@")[0], cutoff_of(name)
    hit = (table.relevant == 1) & (table.shown == 1)
    if kind == "mrr":
        first = ibis.cases((hit, table.place), else_=ibis.null("float64")).min()
        return _known(relevant, ibis.coalesce(1.0 / first, 0.0))
    if kind == "offered_popularity":
        return table.popularity.mean()
    inside = table[f"inside@{k}"]
    if kind in ("shown_popularity", "novelty"):
        what = table.popularity if kind == "shown_popularity" else -table.popularity.ln() / math.log(2)
        return (inside * what).sum() / inside.sum().nullif(0.0)
    if kind == "precision":
        return (inside * table.relevant).sum() / ibis.literal(k or 1).cast("float64")
    if kind == "recall":
        return _known(relevant, (inside * table.relevant).sum() / relevant.nullif(0))
    if kind == "map":
        at = hit & (table.place <= k)
        found = ibis.cases((at, table.so_far / table.place), else_=0.0).sum()
        return _known(relevant, found / ibis.least(relevant, k).nullif(0))
    gain = (table[f"discount@{k}"] * table.label).sum()
    return _known(relevant, gain / table[f"ideal@{k}"].sum().nullif(0.0))


def _known(relevant: Any, value: Any) -> Any:
    """The value of requests with a relevant item."""
    return ibis.cases((relevant > 0, value), else_=ibis.null("float64"))


def _same(column: Any) -> Any:
    """The value that all rows of a request have."""
    return column.any() if column.type().is_boolean() else column.min()


def item_table(log: ibis.Table, cutoff: int) -> ibis.Table:
    """The rows of a log with the number of their item, and as `label` whether it is shown up to a place."""
    ranked = _ranked(log.filter(log.label.notnull()))
    number = (ibis.dense_rank().over(ibis.window(order_by=ranked.digest)) + 1).cast("float64")
    shown = (ranked.shown == 1) & (ranked.place <= cutoff)
    return ranked.mutate(**{f"=item@{cutoff}": number}, label=shown)
