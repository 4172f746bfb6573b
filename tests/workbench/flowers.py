"""Two small products whose answers are not yes or no: the species of flowers, and their height."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from tests.workbench.shop import write_csv

SPECIES = ("lily", "red rose", "tulip")
HEAD = """\
product: Garden
owner: Botany
data:
  examples: {source: flowers.csv, id: id, owner: botany, licence: CC0}
  split: {by: random(1), test: 50 %, validation: 10 %}
segments: [bed]
"""
CLASSES = (
    HEAD
    + """\
predicts: {target: species, kind: multiclass}
candidates:
  rule: {rule: "CASE WHEN petal < 2 THEN 'lily' WHEN petal < 4 THEN 'red rose' ELSE 'tulip' END", cost: 0}
  logistic: {train: logistic_regression, drop: [height], cost: 0}
  vendor: {recorded: vendor.csv, columns: {prediction: guess}, cost: 0}
requirements:
  - macro_recall >= 0.70
  - recall('red rose') >= 0.60
  - confusion(lily, tulip) <= 10 %
  - macro_f1 >= 0.55 for every bed
  - gap(accuracy, bed) <= 0.30
"""
)
NUMBERS = (
    HEAD
    + """\
predicts: {target: height, kind: regression}
candidates:
  rule: {rule: "20 + 10 * petal", cost: 0}
  linear: {train: linear_regression, drop: [species], cost: 0}
  boosted: {train: gradient_boosting, drop: [species], options: {max_iter: 20}, cost: 0}
  vendor: {recorded: vendor.csv, columns: {prediction: height_guess}, cost: 0}
requirements:
  - mae <= 10
  - r2 >= 0.30
  - p95(abs_error) <= 30
  - interval_coverage >= 0.80
  - gap(mae, bed) <= 8
"""
)


def flowers(rows: int = 600, seed: int = 0) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Flowers, and what a vendor said of them."""
    rng = np.random.default_rng(seed)
    made, said = [], []
    for number in range(rows):
        at = int(rng.choice(3, p=[0.5, 0.3, 0.2]))
        petal = round(float(1 + 2 * at + rng.normal(0, 0.5)), 3)
        height = round(20 + 10 * petal + float(rng.normal(0, 6)), 2)
        bed = ["north", "south"][number % 2]
        made.append(
            {"id": f"f{number:04d}", "petal": petal, "bed": bed, "species": SPECIES[at], "height": height}
        )
        guess = SPECIES[at] if rng.random() < 0.85 else SPECIES[int(rng.integers(3))]
        near = round(height + float(rng.normal(0, 5)), 2)
        said.append(
            {"id": f"f{number:04d}", "guess": guess, "height_guess": near, "low": near - 9, "high": near + 9}
        )
    return made, said


def garden(folder: Path, product: str, made: Any = None, said: Any = None) -> Path:
    """A product folder over the flowers, or over others."""
    own, vendor = flowers()
    folder.mkdir(exist_ok=True)
    write_csv(folder / "flowers.csv", made or own)
    write_csv(folder / "vendor.csv", said or vendor)
    (folder / "product.yaml").write_text(product, encoding="utf-8")
    return folder
