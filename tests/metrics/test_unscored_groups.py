"""Groups that are compared by what a grader says, which could not score them alike."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from shipworthy.metrics import Measured, define, measure
from shipworthy.metrics.graded import FAILED, PASSED, UNSCORED
from shipworthy.spec.language import read_requirement
from shipworthy.spec.task import Task
from shipworthy.tally import Cube, Tallies
from shipworthy.tally.cube import present

TASK = Task("text", grades=("right",))
CELLS = tuple(f"{name}@right" for name in (PASSED, FAILED, UNSCORED))
DRAWS = 600
MOST = 0.05 + 3 * np.sqrt(0.05 * 0.95 / DRAWS)


def measured(text: str, counts: Any, level: float = 0.95) -> Measured:
    """Draws of passed, failed and unscored rows of each group (draws, groups, 3), each draw being a slice."""
    table = np.asarray(counts, dtype=float)
    draws, groups, _ = table.shape
    cells = table.reshape(draws * groups, 3)
    names = tuple(each for name in CELLS for each in (name, present(name)))
    keys = tuple((f"{draw:04d}", f"g{group}") for draw in range(draws) for group in range(groups))
    products = {
        (one, other): cells[:, at] * (one == other)
        for at, one in enumerate(CELLS)
        for other in CELLS
        if one <= other
    }
    rows, values = cells.sum(axis=1), np.repeat(cells, 2, axis=1)
    cube = Cube(("draw", "topic"), keys, names, rows, rows, values, values, products)
    definition = define(read_requirement(f"{text} <= 1").metric, None, TASK)
    return measure(definition, Tallies({("draw", "topic"): cube}, {}), ("draw",), level)


GAP, RATIO = "gap(pass_rate(right), topic)", "ratio(pass_rate(right), topic)"


@pytest.mark.parametrize("text", [GAP, RATIO])
def test_every_way_to_score_the_others_lies_within_the_bounds(text):
    whole = measured(text, [[[60, 20, 8], [50, 30, 5]]])
    assert 13 == whole.unscored[0]  # type: ignore[index]  # there are such rows here
    for first in range(9):
        for second in range(6):
            each = measured(text, [[[60 + first, 28 - first, 0], [50 + second, 35 - second, 0]]])
            assert whole.lower[0] <= each.lower[0] + 1e-9
            assert each.upper[0] <= whole.upper[0] + 1e-9


def test_where_all_is_scored_nothing_is_changed():
    found = measured(GAP, [[[60, 20, 0], [50, 30, 0]]])
    assert pytest.approx(0.125) == found.value[0]
    assert 0 == found.unscored[0]  # type: ignore[index]  # there are such rows here


def drawn(rates: tuple[float, float], hidden: dict[str, float], rows: int = 400, seed: int = 5) -> Any:
    """Draws in which fails of the first group, or passes of the second, go unscored."""
    rng, groups = np.random.default_rng(seed), []
    for at, rate in enumerate(rates):
        passed, failed = rate, 1 - rate
        gone = (failed * hidden.get("fails", 0) if at == 0 else passed * hidden.get("passes", 0), at)[0]
        shares = [passed - gone * (at == 1), failed - gone * (at == 0), gone]
        groups.append(rng.multinomial(rows, shares, size=DRAWS))
    return np.stack(groups, axis=1)


@pytest.mark.parametrize(
    "hidden",
    [{}, {"fails": 0.5}, {"passes": 0.1}, {"fails": 0.5, "passes": 0.1}],
    ids=["none", "fails of one", "passes of the other", "both"],
)
def test_a_wrong_bound_stays_within_its_error_whatever_goes_unscored(hidden):
    """The gap is 0.1 in truth: a claim of just that is met, or missed, no more often than it says."""
    for rates in ((0.8, 0.7), (0.7, 0.8)):
        found = measured(GAP, drawn(rates, hidden, rows=2_000))
        assert np.mean(found.upper < 0.1) <= MOST
        assert np.mean(found.lower > 0.1) <= MOST
