"""At equal quality, or exactly at the margin, wrong *better*, *worse* and *no worse* each stay within 5 %.

Each draw is one slice of a cube. A rate may exceed 5 % by three standard errors of the simulation.
"""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from shipworthy.compare.difference import difference
from shipworthy.spec.task import BINARY
from shipworthy.tally import Cube
from tests.compare.tables import counts, cube_of, cube_of_units, drawn, question

DRAWS = 2_000
DRAWS_OF_UNITS = 600
MOST = 0.05 + 3 * np.sqrt(0.05 * 0.95 / DRAWS)
POPULATIONS = {
    "few rows differ": {
        "tp_tp": 80,
        "fn_fn": 10,
        "tp_fn": 3,
        "fn_tp": 3,
        "tn_tn": 850,
        "fp_fp": 30,
        "fp_tn": 4,
        "tn_fp": 4,
    },
    "many rows differ": {
        "tp_tp": 200,
        "fn_fn": 100,
        "tp_fn": 60,
        "fn_tp": 60,
        "tn_tn": 400,
        "fp_fp": 100,
        "fp_tn": 40,
        "tn_fp": 40,
    },
    "one is worse": {
        "tp_tp": 200,
        "fn_fn": 100,
        "tp_fn": 10,
        "fn_tp": 60,
        "tn_tn": 400,
        "fp_fp": 100,
        "fp_tn": 60,
        "tn_fp": 10,
    },
    "rare": {
        "tp_tp": 20,
        "fn_fn": 1,
        "tp_fn": 0.3,
        "fn_tp": 0.3,
        "tn_tn": 978,
        "fp_fp": 0.5,
        "fp_tn": 0.2,
        "tn_fp": 0.2,
    },
}
METRICS = ["recall", "accuracy", "precision", "f1", "net_value"]


def wrong(name: str, cube, truth: float) -> tuple[float, float]:
    """How often a bound at 95 % lies beyond the true difference, on each side: at the truth as a margin, every such
    verdict is wrong."""
    lower, upper = difference(question(name).definition, cube, BINARY).bounds(0.95)
    return float(np.mean(lower > truth)), float(np.mean(upper < truth))


def truth(name: str, share: np.ndarray) -> float:
    return float(difference(question(name).definition, cube_of(1e6 * share), BINARY).value[0])


@pytest.mark.parametrize("population", POPULATIONS)
@pytest.mark.parametrize("name", METRICS)
@pytest.mark.parametrize("rows", [60, 600])
def test_rows_that_are_independent(population, name, rows):
    table = counts(**POPULATIONS[population])
    share = table / table.sum()
    rng = np.random.default_rng(11)
    above, below = wrong(name, drawn(rng.multinomial(rows, share, size=DRAWS)), truth(name, share))
    assert above <= MOST
    assert below <= MOST


@pytest.mark.parametrize("name", ["recall", "accuracy", "precision", "net_value"])
@pytest.mark.parametrize("population", ["few rows differ", "many rows differ"])
def test_rows_that_come_in_units(name, population):
    """120 units of six rows each; the rows of half the units are all alike."""
    table = counts(**POPULATIONS[population])
    above, below = wrong(name, of_units(population), truth(name, table / table.sum()))
    most = 0.05 + 3 * np.sqrt(0.05 * 0.95 / DRAWS_OF_UNITS)
    assert above <= most
    assert below <= most


@cache
def of_units(population: str) -> Cube:
    units, size = 120, 6
    table = counts(**POPULATIONS[population])
    share = table / table.sum()
    rng = np.random.default_rng(5)
    alike = rng.multinomial(1, share, size=(DRAWS_OF_UNITS, units)) * size
    free = rng.multinomial(size, share, size=(DRAWS_OF_UNITS, units))
    return cube_of_units(np.where(np.arange(units)[None, :, None] % 2 == 0, alike, free).astype(float))
