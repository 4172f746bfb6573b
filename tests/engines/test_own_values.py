"""Values that follow from label and score, and expressions of a product's own metrics, are the same on every engine."""

from __future__ import annotations

import math

import pytest

from shipworthy.query.own import read_ratio
from shipworthy.query.scan import Log, scan
from shipworthy.query.slicing import Slicing
from shipworthy.spec.own_metric import OwnMetric
from shipworthy.tally.needs import OVERALL, Needs, pairs
from tests.engines import backends

TYPES = {
    "id": "TEXT", "unit": "TEXT", "label": "BOOLEAN", "prediction": "BOOLEAN", "score": "DOUBLE PRECISION",
    "weight": "DOUBLE PRECISION", "orders": "BIGINT", "refunds": "DOUBLE PRECISION", "format": "TEXT",
}  # fmt: skip
ROWS = [
    {
        "id": str(at), "unit": f"u{at % 11}", "label": None if at % 13 == 0 else at % 3 == 0, "prediction": None,
        "score": None if at % 17 == 0 else (at % 20) / 19, "weight": 1.0, "orders": None if at % 7 == 0 else at % 5,
        "refunds": None if at % 5 == 1 else (at % 4) / 2, "format": "html" if at % 2 else "plain",
    }
    for at in range(200)
]  # fmt: skip
OWN = (
    OwnMetric(numerator="refunds * 1.0", denominator="orders"),
    OwnMetric(numerator="prediction AND label", denominator="CASE WHEN label THEN 1 END", unit="share"),
)
NAMES = ("=numerator@0", "=denominator@0", "=numerator@1", "=denominator@1", "=brier", "=log_loss")


def values(row):
    """The row values in plain Python."""
    found = dict.fromkeys(NAMES)
    if row["refunds"] is not None and row["orders"] is not None:
        found |= {"=numerator@0": row["refunds"], "=denominator@0": float(row["orders"])}
    answer = None if row["score"] is None else row["score"] >= 0.5
    label, score = row["label"], row["score"]
    both = False if label is False or answer is False else None if label is None or answer is None else True
    if label and both is not None:
        found |= {"=numerator@1": float(both), "=denominator@1": 1.0}
    if label is not None and score is not None:
        kept = min(max(score, 2.0**-52), 1 - 2.0**-52)
        found |= {"=brier": (score - label) ** 2, "=log_loss": -math.log(kept if label else 1 - kept)}
    return found


@pytest.mark.parametrize("name", backends.NAMES)
@pytest.mark.parametrize("clustered", [False, True], ids=["rows", "by unit"])
def test_sums_are_those_of_plain_python(name, clustered, request, tmp_path):
    engine = backends.engine_of(name, request, tmp_path)
    table = backends.put(engine, "own_values", TYPES, ROWS)
    ratios = tuple(read_ratio(own, table.columns) for own in OWN)
    needs = Needs(frozenset(NAMES), frozenset({OVERALL, ("format",)}), products=pairs(NAMES))
    tallies = scan(Log(engine, table, {"format": Slicing("format")}, 0.5, clustered, own=ratios), needs)
    for by, key in ((OVERALL, ()), (("format",), ("html",)), (("format",), ("plain",))):
        cube = tallies.cubes[by]
        at = cube.position(key)
        own = [values(row) for row in ROWS if not key or row["format"] == key[0]]
        for each in NAMES:
            there = [row[each] for row in own if row[each] is not None]
            assert math.fsum(there) == pytest.approx(cube.total({each: 1.0})[at], rel=1e-9)
            assert len(there) == cube.count({f"#{each}": 1.0})[at]
