"""A small recommender that every verb can run on: requests of users, each with a list of films and which were watched."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from tests.workbench import shop

PRODUCT = """\
product: Films for tonight
owner: Recommendations
predicts: {target: watched, kind: ranking, request: evening, item: film}
data:
  examples: {source: evenings.csv, time: day, unit: user, owner: film team, licence: CC0}
  split: {by: time, test: 50 %, validation: 10 %}
segments: [country]
candidates:
  taste: {rule: "fit * 1.0", cost: 0}
  vendor: {recorded: vendor.csv, cost: 0}
requirements:
  - ndcg@5 >= 0.4
  - recall@3 >= 0.2 for every country
  - precision@3 >= 0.1
  - mrr >= 0.3
  - map@5 >= 0.2
  - coverage@5 >= 50 %
  - popularity_bias@5 <= 5
  - novelty@5 >= 1
  - gap(ndcg@5, country) <= 0.5
"""
FILMS = [f"film {number:02d}" for number in range(24)]
Row = dict[str, Any]


def evenings(requests: int = 240, seed: int = 3) -> list[Row]:
    """Each evening twelve films, of which some fit the user, and popular ones are watched more."""
    rng = np.random.default_rng(seed)
    made: list[Row] = []
    for number in range(requests):
        user = int(rng.integers(0, 60))
        for film in rng.choice(len(FILMS), 12, replace=False).tolist():
            fit = float(np.round(rng.normal(), 1))
            chance = 1 / (1 + np.exp(-(1.2 * fit - 2.2 + 1.5 * (film < 6))))
            made.append(
                {
                    "day": f"2024-{1 + number // 28:02d}-{1 + number % 28:02d} 20:00:00",
                    "user": f"u{user:02d}",
                    "country": "NL" if user % 3 else "BE",
                    "evening": f"e{number:04d}",
                    "film": FILMS[film],
                    "fit": fit,
                    "watched": int(rng.random() < chance) * int(rng.integers(1, 3)),
                }
            )
    return made


def folder_of(folder: Path, text: str = PRODUCT, rows: list[Row] | None = None) -> Path:
    """A folder with product.yaml, evenings.csv and vendor.csv."""
    rows = evenings() if rows is None else rows
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "product.yaml").write_text(text, encoding="utf-8")
    shop.write_csv(folder / "evenings.csv", rows)
    rng = np.random.default_rng(1)
    answers = [
        {
            "request": row["evening"],
            "item": row["film"],
            "score": round(0.5 * row["fit"] + float(rng.normal()), 3),
        }
        for row in rows
        if rng.random() < 0.8
    ]
    shop.write_csv(folder / "vendor.csv", answers)
    return folder
