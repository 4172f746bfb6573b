"""Ranked items in plain Python: what one row per request must hold, over all orders of items that tie."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import pairwise, permutations
from typing import Any

import numpy as np

Row = Mapping[str, Any]
TYPES = {
    "request": "TEXT", "item": "TEXT", "unit": "TEXT", "label": "DOUBLE PRECISION",
    "score": "DOUBLE PRECISION", "popularity": "DOUBLE PRECISION", "latency_ms": "DOUBLE PRECISION",
    "country": "TEXT", "new_user": "BOOLEAN",
}  # fmt: skip
K = 3
VALUES = (
    "=ndcg@3", "=recall@3", "=precision@3", "=map@3", "=mrr", "=novelty@3", "=shown_popularity@3", "=offered_popularity",
)  # fmt: skip


def drawn(requests: int, seed: int = 0) -> list[Row]:
    """Requests of up to six items, with ties, grades, missing labels and missing scores."""
    rng = np.random.default_rng(seed)
    rows: list[Row] = []
    for number in range(requests):
        items = rng.choice(9, int(rng.integers(1, 7)), replace=False)
        country, new = str(rng.choice(["BE", "NL"])), bool(rng.random() < 0.5)
        for item in items.tolist():
            row = {
                "request": f"r{number}",
                "item": f"item {item}",
                "unit": f"u{number % 7}",
                "label": None if rng.random() < 0.1 else float(rng.choice([0, 0, 1, 3])),
                "score": None if rng.random() < 0.15 else float(rng.integers(0, 4)) / 2,
                "popularity": (item + 1) / 50,
                "latency_ms": float(rng.integers(1, 90)),
                "country": country,
                "new_user": new,
            }
            rows.append(row)
    return rows


def expected(rows: Sequence[Row]) -> dict[str, dict[str, float | None]]:
    """The row values of each request that has a labelled item."""
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        if row["label"] is not None:
            found[row["request"]].append(row)
    return {request: values_of(own) for request, own in found.items()}


def values_of(items: Sequence[Row]) -> dict[str, float | None]:
    relevant = sum(item["label"] > 0 for item in items)
    shown = [item for item in items if item["score"] is not None]
    orders = [order for order in permutations(shown) if sorted_by_score(order)]
    means = {name: mean_over(orders, name, items) for name in VALUES if name not in ("=mrr", "=map@3")}
    worst = sorted(shown, key=lambda item: (-item["score"], item["label"]))
    found: dict[str, float | None] = {
        **means,
        "=mrr": first(worst),
        "=map@3": precision_sum(worst) / max(min(relevant, K), 1),
    }
    if not relevant:
        found |= dict.fromkeys(("=ndcg@3", "=recall@3", "=map@3", "=mrr"))
    return found


def sorted_by_score(order: Sequence[Row]) -> bool:
    return all(a["score"] >= b["score"] for a, b in pairwise(order))


def mean_over(orders: Sequence[Sequence[Row]], name: str, items: Sequence[Row]) -> float | None:
    if name == "=offered_popularity":
        return float(np.mean([item["popularity"] for item in items]))
    if name in ("=novelty@3", "=shown_popularity@3") and not orders[0]:
        return None
    return float(np.mean([of_order(order, name, items) for order in orders]))


def of_order(order: Sequence[Row], name: str, items: Sequence[Row]) -> float:
    top = order[:K]
    if name == "=ndcg@3":
        best = sorted((item["label"] for item in items), reverse=True)[:K]
        ideal = sum(gain / math.log2(at + 2) for at, gain in enumerate(best))
        return float(sum(item["label"] / math.log2(at + 2) for at, item in enumerate(top)) / (ideal or 1.0))
    if name == "=novelty@3":
        return float(np.mean([-math.log2(item["popularity"]) for item in top]))
    if name == "=shown_popularity@3":
        return float(np.mean([item["popularity"] for item in top]))
    hits = sum(item["label"] > 0 for item in top)
    relevant = K if name == "=precision@3" else max(sum(item["label"] > 0 for item in items), 1)
    return float(hits / relevant)


def first(order: Sequence[Row]) -> float:
    return next((1 / (at + 1) for at, item in enumerate(order) if item["label"] > 0), 0.0)


def precision_sum(order: Sequence[Row]) -> float:
    hits, total = 0, 0.0
    for at, item in enumerate(order[:K]):
        if item["label"] > 0:
            hits += 1
            total += hits / (at + 1)
    return total


def covered(rows: Sequence[Row]) -> float:
    """The share of labelled items that stand among the first three of some request, where no scores tie."""
    top, offered = set(), set()
    by_request: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        if row["label"] is not None:
            by_request[row["request"]].append(row)
    for own in by_request.values():
        offered |= {row["item"] for row in own}
        shown = sorted((row for row in own if row["score"] is not None), key=lambda row: -row["score"])
        top |= {row["item"] for row in shown[:K]}
    return len(top) / len(offered)
