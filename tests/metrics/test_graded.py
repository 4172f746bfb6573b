"""Pass rates: what could not be scored is in the bounds, and a claim is met only if it would be with all of it failed."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from shipworthy.errors import InputError
from shipworthy.judge import claim_of, judge
from shipworthy.judge.comparison import compared
from shipworthy.metrics import define, measure
from shipworthy.spec.language import read_requirement
from shipworthy.spec.task import Task
from shipworthy.stats.proportion import clopper_pearson_lower, clopper_pearson_upper
from shipworthy.tally import Cube, Tallies
from shipworthy.tally.needs import pairs
from tests.judge.at_bound import allowed, keys
from tests.metrics.every import metric

TASK = Task("text", grades=("grounded", "short"))
NAMES = tuple(f"={each}@grounded" for each in ("passed", "failed", "unscored"))


def graded(passed: Any, failed: Any, unscored: Any, by: tuple[str, ...] = ()) -> Tallies:
    """The tallies of independent rows that a grader passed, failed and left unscored, of each slice."""
    counts = np.stack(np.broadcast_arrays(*map(np.atleast_1d, (passed, failed, unscored))), axis=-1).astype(
        float
    )
    place = {name: at for at, name in enumerate(NAMES)}
    products = {(a, b): counts[:, place[a]] if a == b else np.zeros(len(counts)) for a, b in pairs(NAMES)}
    rows = counts.sum(axis=1)
    found = keys(len(counts)) if by else [()]
    return Tallies({by: Cube(by, tuple(found), NAMES, rows, rows, counts, counts, products)}, {})


def measured(tallies: Tallies, level: float = 0.95) -> Any:
    return measure(define(metric("pass_rate(grounded)"), None, TASK), tallies, (), level)


def test_the_value_is_that_of_the_scored_rows_and_the_bounds_are_the_worst_case():
    """10 of 100 rows are scored, 8 of them passed: the rate may be anything from 8 % to 98 % of these very rows."""
    found = measured(graded(8, 2, 90))
    assert (0.8, 10, 90) == (found.value[0], found.n[0], found.unscored[0])
    assert pytest.approx(clopper_pearson_lower(8, 100, 0.95)) == found.lower[0]
    assert pytest.approx(clopper_pearson_upper(98, 100, 0.95)) == found.upper[0]
    assert found.low[0] < 0.08
    assert found.high[0] > 0.98
    assert found.method[0].endswith("+worst_case")


def test_the_extreme_values_are_those_of_all_failed_and_all_passed():
    definition = define(metric("pass_rate(grounded)"), None, TASK)
    cube = graded(8, 2, 90).overall
    ends = []
    for target in NAMES[:2]:
        each = definition.completed({NAMES[2]: target})
        ends.append(float((cube.total(each.numerator) / cube.total(each.denominator))[0]))
    assert pytest.approx([0.98, 0.08]) == ends


def test_where_every_row_is_scored_the_bounds_are_the_usual_ones():
    found = measured(graded(90, 10, 0))
    assert pytest.approx(clopper_pearson_lower(90, 100, 0.95)) == found.lower[0]
    assert ("wilson", 0) == (found.method[0], found.unscored[0])


def test_where_no_row_is_scored_there_is_no_value_and_the_reason_says_so():
    found = measured(graded(0, 0, 40))
    assert np.isnan(found.value[0])
    assert ("none of 40 rows is scored",) == found.notes


def test_a_claim_is_met_only_if_it_would_be_with_all_unscored_rows_failed():
    claim = claim_of(read_requirement("pass_rate(grounded) >= 80 %"), None, TASK)
    [full] = judge(claim, graded(95, 5, 0), "one", {})
    [gappy] = judge(claim, graded(83, 5, 12), "one", {})
    assert ("met", "undecided") == (full.verdict, gappy.verdict)
    assert "12 of 100 rows are unscored" in gappy.reason
    assert gappy.estimate is not None
    assert 12 == gappy.estimate.unscored


def test_a_claim_is_missed_only_if_it_would_be_with_all_unscored_rows_passed():
    claim = claim_of(read_requirement("pass_rate(grounded) >= 80 %"), None, TASK)
    [found] = judge(claim, graded(20, 60, 20), "one", {})
    assert "missed" == found.verdict
    [open_] = judge(claim, graded(20, 10, 70), "one", {})
    assert "undecided" == open_.verdict


@pytest.mark.parametrize("hides", ["failures", "passes", "both"])
def test_wrong_met_and_missed_stay_within_5_percent_whatever_goes_unscored(hides):
    """At a true rate exactly at the bound, a grader that fails to score failures, passes or some of both proves nothing wrong."""
    rng, draws, rows = np.random.default_rng(7), 4_000, 300
    passes = rng.binomial(rows, 0.8, draws)
    lost_passes = rng.binomial(passes, {"failures": 0.0, "passes": 0.3, "both": 0.05}[hides])
    lost_failures = rng.binomial(rows - passes, {"failures": 0.6, "passes": 0.0, "both": 0.05}[hides])
    tallies = graded(
        passes - lost_passes, rows - passes - lost_failures, lost_passes + lost_failures, ("draw",)
    )
    claim = claim_of(read_requirement("pass_rate(grounded) >= 80 %"), None, TASK)
    side = compared(claim.definition, claim.requirement.bound, tallies, ("draw",), 0.95, both=False)
    assert side.met.mean() <= allowed(draws)
    assert side.missed.mean() <= allowed(draws)


def test_leaving_unscored_rows_out_would_prove_too_much():
    """The simulation above can fail: with its hidden failures left out, the claim would nearly always be met."""
    rng = np.random.default_rng(7)
    passes = rng.binomial(300, 0.8, 500)
    failures = 300 - passes - rng.binomial(300 - passes, 0.6)
    assert (clopper_pearson_lower(passes, passes + failures, 0.95) >= 0.8).mean() > 0.9


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("pass_rate(grunded)", "Did you mean 'grounded'?"),
        ("pass_rate(grounded, short)", "pass_rate(grader)"),
        ("pass_rate", "pass_rate(grader)"),
    ],
)
def test_a_pass_rate_names_one_grader(text, words):
    with pytest.raises(InputError) as caught:
        define(metric(text), None, TASK)
    assert words in caught.value.problem.remedy


def test_without_graders_the_remedy_shows_how_to_add_one():
    with pytest.raises(InputError) as caught:
        define(metric("pass_rate(short)"), None, Task("text"))
    assert "grade: {short: {length: {most_words: 60}}}" in caught.value.problem.remedy
