"""Rows that one of two candidates has no grade of can turn a comparison, and are reckoned with."""

from __future__ import annotations

from itertools import product
from typing import Any

import numpy as np
import pytest

from shipworthy.compare import Asked
from shipworthy.compare.asking import Question
from shipworthy.compare.contrast import Joined, completed, contrast
from shipworthy.compare.difference import difference
from shipworthy.compare.verdict import comparisons
from shipworthy.metrics import define
from shipworthy.metrics.graded import BOTH_GRADED, ONE_GRADED
from shipworthy.spec.language import read_requirement
from shipworthy.spec.task import Task
from shipworthy.tally import Cube, Tallies
from shipworthy.tally.cube import present
from tests.dear import few

TASK = Task("text", grades=("right",))
RIGHT = define(read_requirement("pass_rate(right) >= 0").metric, None, TASK)
GRADES: dict[str, tuple[bool | None, bool | None]] = {
    **dict(zip(BOTH_GRADED, product((True, False), repeat=2), strict=True)),
    **ONE_GRADED,
}
NAMES = tuple(f"{name}:{RIGHT.column}" for name in GRADES)
DRAWS = 1_000
MOST = 0.05 + 3 * np.sqrt(0.05 * 0.95 / DRAWS)


def cube_of(counts: Any) -> Cube:
    """The cube of slices of independent rows, counts (S, 9) in the order of GRADES."""
    cells = np.asarray(counts, dtype=float).reshape(-1, len(NAMES))
    names = tuple(each for name in NAMES for each in (name, present(name)))
    values = np.repeat(cells, 2, axis=1)
    rows = cells.sum(axis=1)
    products = {(name, name): cells[:, at] for at, name in enumerate(NAMES)}
    products |= {(one, other): np.zeros(len(cells)) for one in NAMES for other in NAMES if one < other}
    keys = tuple((f"{at:06d}",) for at in range(len(cells)))
    return Cube(("draw",), keys, names, rows, rows, values, values, products)


def counts(**cells: int) -> list[int]:
    return [cells.get(name, 0) for name in GRADES]


def judged(margin: float | None = None, **cells: int) -> Any:
    """The one comparison of a challenger with these rows."""
    cube = cube_of([counts(**cells)])
    overall = Cube((), ((),), cube.names, cube.rows, cube.units, cube.sums, cube.counts, cube.products)
    tallies = Tallies({(): overall}, {})
    asked = Asked((Question(RIGHT, margin, asked=True),), ())
    [found], _ = comparisons(asked, {"new": Joined(tallies, TASK)}, "old")
    return found


def test_every_way_in_which_the_others_could_have_been_scored_is_one_of_four():
    rows = dict.fromkeys(NAMES, 1.0)
    ways = completed(RIGHT, TASK)
    assert [rows] * 8 == [each.denominator for way in ways for each in (way.first, way.second)]
    assert 4 == len({(tuple(way.first.numerator), tuple(way.second.numerator)) for way in ways})


def test_without_unscored_rows_nothing_is_changed():
    cube = cube_of([counts(both=80, first=30, second=5, neither=20)])
    found = difference(RIGHT, cube, TASK)
    assert ("tango",) == found.method
    assert found.on_both is None


@pytest.mark.parametrize(
    ("left", "verdict"),
    [
        ({}, "better"),
        ({"open_passed": 4}, "better"),
        ({"open_failed": 60}, "better"),
        ({"open_passed": 60}, "undecided"),
    ],
)
def test_rows_that_could_only_help_turn_nothing_and_many_that_could_harm_do(left, verdict):
    found = judged(both=100, first=40, second=5, neither=20, **left)
    assert (verdict, 165) == (found.verdict, found.n)
    assert pytest.approx(35 / 165) == found.difference


def test_what_the_commonly_scored_rows_say_alone_is_told():
    found = judged(both=100, first=40, second=5, neither=20, open_passed=50, open_open=30)
    assert (
        "on the 165 rows that are scored for both it is better, but the 80 others could turn it"
        == found.reason
    )
    alike = judged(0.1, both=150, first=3, second=3, neither=40, open_passed=60)
    assert alike.reason.startswith("on the 196 rows that are scored for both it is no worse, but")


def test_bounds_hold_whatever_the_others_would_have_been():
    """Every way to score a handful of rows by hand lies within."""
    known = {"both": 60, "first": 12, "second": 6, "neither": 22}
    whole = difference(RIGHT, cube_of([counts(**known, passed_open=3, open_failed=2)]), TASK).bounds(0.95)
    for passed, failed in product(range(4), range(3)):
        filled = dict(known)
        filled["both"] += passed
        filled["first"] += (3 - passed) + failed
        filled["neither"] += 2 - failed
        each = difference(RIGHT, cube_of([counts(**filled)]), TASK).bounds(0.95)
        assert whole[0][0] <= each[0][0] + 1e-9
        assert each[1][0] <= whole[1][0] + 1e-9


def drawn(hidden: dict[bool, float], rows: int = 300, seed: int = 11) -> np.ndarray:
    """Draws of two candidates that are equally good, the first of which goes unscored by what it got."""
    rng = np.random.default_rng(seed)
    rates = {(True, True): 0.55, (True, False): 0.15, (False, True): 0.15, (False, False): 0.15}
    cells = dict.fromkeys(GRADES.values(), 0.0)
    for (first, second), rate in rates.items():
        gone = hidden.get(first, 0.0)
        cells[first, second] += rate * (1 - gone)
        cells[None, second] += rate * gone
    return rng.multinomial(rows, list(cells.values()), size=DRAWS)


@pytest.mark.parametrize(
    "hidden",
    few([{}, {False: 0.6}, {True: 0.3}, {False: 0.1}], {False: 0.6}, {True: 0.3}),
    ids=["none", "fails", "passes", "a few fails"],
)
def test_a_wrong_better_or_worse_stays_within_its_error_whatever_goes_unscored(hidden):
    lower, upper = difference(RIGHT, cube_of(drawn(hidden)), TASK).bounds(0.95)
    assert np.mean(lower > 0) <= MOST
    assert np.mean(upper < 0) <= MOST


def test_the_commonly_scored_rows_alone_would_often_be_wrong():
    """Why others are reckoned with: an answerer whose failures cannot be scored looks better than it is."""
    found = difference(RIGHT, cube_of(drawn({False: 0.6})), TASK)
    assert found.on_both is not None
    lower, _ = found.on_both(0.95)
    assert np.mean(lower > 0) > 0.9
    assert contrast(RIGHT, TASK).rows == tuple(sorted(NAMES[:4]))
