"""Claims about a judge's pass rate: how often one is met or missed that is not, whatever the judge is worth."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from shipworthy.errors import InputError
from shipworthy.judge import claim_of, judge
from shipworthy.judge.comparison import compared
from shipworthy.metrics.judged import LABELLED, OTHERS, UNSCORED
from shipworthy.spec.language import read_requirement
from shipworthy.spec.task import Task
from shipworthy.tally.cube import Cube
from shipworthy.tally.needs import pair
from shipworthy.tally.scan import Tallies
from tests.judge.at_bound import keys

ALLOWED, DRAWS = 0.05, 200
NAMES = tuple(f"{name}@helpful" for name in (*LABELLED, *OTHERS, UNSCORED))
GOOD, POOR, CHANCE = (0.9, 0.8), (0.7, 0.6), (0.5, 0.5)
"""Sensitivity and specificity."""


def tallies(*counted, expired="", squared=1.0):
    """Labelled rows by who lets them pass, others by what the judge says, and unscored ones, in the order of NAMES.

    The weights of each kind of rows have the mean 1, their squares the mean `squared`.
    """
    counts = np.array([[*counted, *[0.0] * (len(NAMES) - len(counted))]], dtype=float)
    cube = cube_of(counts, squared=squared)
    return Tallies({(): cube}, {}, uncalibrated={"helpful": expired} if expired else {})


def cube_of(counts, by=(), keys=((),), squared=1.0):
    rows = counts.sum(axis=1)
    products = {pair(name, name): counts[:, at] * squared for at, name in enumerate(NAMES)}
    return Cube(by, tuple(keys), NAMES, rows, rows, counts, counts, products, frozenset(NAMES))


def claim(text, drawn="at random"):
    task = Task("text", grades=("helpful",), judged=(("helpful", drawn),))
    return claim_of(read_requirement(text), None, task)


def verdict(text, found, drawn="at random"):
    return judge(claim(text, drawn), found, "assistant", {})[0]


def drawn(rng, rate, worth, *, labelled=80, others=400, unscored=0.0, unscored_pass=0.5):
    """Answers of which people would pass a share, a judge of that worth, and rows that it could not judge."""
    sensitivity, specificity = worth
    silent = rng.binomial(labelled + others, unscored)
    inside = (rate - unscored * unscored_pass) / (1 - unscored)
    kinds = np.array([
        inside * sensitivity, inside * (1 - sensitivity),
        (1 - inside) * (1 - specificity), (1 - inside) * specificity,
    ])  # fmt: skip
    cells = rng.multinomial(labelled, kinds)
    rest = rng.multinomial(max(others - silent, 0), kinds)
    return [*cells, rest[0] + rest[2], rest[1] + rest[3], silent]


def rates(text, draw, seed=5, how="at random"):
    """How often the claim is met and missed, over draws that are slices of one cube."""
    rng, own = np.random.default_rng(seed), claim(text, how)
    [(definition, bound)] = own.comparisons
    counts = np.array([draw(rng) for _ in range(DRAWS)], dtype=float)
    found = Tallies({("draw",): cube_of(counts, ("draw",), keys(DRAWS))}, {})
    both = compared(definition, bound, found, ("draw",), 0.95, both=False)
    return both.met.mean(), both.missed.mean()


@pytest.mark.parametrize("worth", [GOOD, POOR, CHANCE])
@pytest.mark.parametrize("how", ["at random", "otherwise"])
def test_a_claim_just_out_of_reach_is_seldom_met(worth, how):
    """The true rate is the bound itself. Some slack is left for the number of draws: 200 of 5 % vary by 1.5 %."""
    met, _ = rates("pass_rate(helpful) >= 80 %", lambda rng: drawn(rng, 0.8, worth), how=how)
    assert met <= ALLOWED + 0.03


@pytest.mark.parametrize("worth", [GOOD, POOR])
def test_a_claim_that_is_just_true_is_seldom_missed(worth):
    _, missed = rates("pass_rate(helpful) >= 80 %", lambda rng: drawn(rng, 0.8, worth))
    assert missed <= ALLOWED + 0.03


@pytest.mark.parametrize("hidden", [0.0, 1.0])
def test_rows_that_the_judge_could_not_judge_do_not_make_a_claim_met_or_missed(hidden):
    """Whether people would pass all or none of them."""

    def draw(rng):
        return drawn(rng, 0.8, GOOD, unscored=0.1, unscored_pass=hidden)

    assert max(rates("pass_rate(helpful) >= 80 %", draw)) <= ALLOWED


def test_a_claim_that_is_true_by_far_is_usually_met():
    met, _ = rates("pass_rate(helpful) >= 80 %", lambda rng: drawn(rng, 0.93, GOOD))
    assert met > 0.8


def test_labels_on_each_side_of_the_judge_count_by_the_size_of_the_side():
    """Labelled are 50 that the judge passes and 50 that it fails, of 400 and 100: 45 and 10 pass."""
    found = verdict("pass_rate(helpful) >= 60 %", tallies(45, 10, 5, 40, 350, 50), "by answer")
    assert pytest.approx(0.8 * 0.9 + 0.2 * 0.2) == found.estimate.value
    assert "met" == found.verdict


def test_weights_whose_mean_is_one_are_weights():
    """Sums of weights that equal the counts do not make a few heavy rows independent ones."""
    plain, weighed = (
        verdict("pass_rate(helpful) >= 75 %", tallies(70, 5, 5, 20, 320, 80, squared=each)).estimate
        for each in (1.0, 4.0)
    )
    assert plain.value == pytest.approx(weighed.value, abs=0.01)
    assert weighed.high - weighed.low > 2 * (plain.high - plain.low), "worth a quarter of the rows"


def test_rows_that_the_judge_could_not_judge_count_by_their_weight():
    """Of 440 rows 40 are not judged; where each of these weighs ten times as much, half of the weight is unknown."""
    found = tallies(28, 3, 3, 6, 280, 80, 40).overall
    times = np.where(np.arange(len(NAMES)) == NAMES.index(f"{UNSCORED}@helpful"), 10.0, 1.0)
    products = {
        (one, other): found.products[one, other] * times[NAMES.index(one)] ** 2
        for one, other in found.products
    }
    heavy = replace(found, sums=found.sums * times, products=products)
    [low, less] = (
        verdict("pass_rate(helpful) >= 20 %", Tallies({(): each}, {})).estimate.low for each in (found, heavy)
    )
    assert (True, True) == (low > 0.5, less < 0.4)


def test_the_share_of_a_judge_alone_is_weighted():
    """Nobody labelled any of 300 passes of weight 1 and 100 fails of weight 3."""
    rows = tallies(0, 0, 0, 0, 300, 100).overall
    weighed = replace(
        rows, sums=rows.sums * np.where([name.startswith("=judged_fail") for name in NAMES], 3, 1)
    )
    assert 0.5 == verdict("pass_rate(helpful) >= 20 %", Tallies({(): weighed}, {})).estimate.value


def test_labels_on_each_side_of_the_judge_do_not_correct_it_where_rows_differ_in_weight():
    text, counted = "pass_rate(helpful) >= 60 %", (45, 10, 5, 40, 350, 50)
    reasons = [verdict(text, tallies(*counted, squared=each), "by answer").reason for each in (1.0, 4.0)]
    assert [False, True] == ["are weighted" in reason for reason in reasons]


def test_an_expired_calibration_decides_nothing_and_says_why():
    found = verdict("pass_rate(helpful) >= 10 %", tallies(90, 2, 2, 6, 400, 50, expired="it is old"))
    assert ("undecided", "it is old", "judge_alone") == (found.verdict, found.reason, found.estimate.method)


def test_the_labels_that_a_claim_needs_decide_it_when_they_are_given_at_the_same_rates():
    found = tallies(28, 3, 3, 6, 320, 80)
    open_ = verdict("pass_rate(helpful) >= 70 %", found)
    assert "undecided" == open_.verdict
    labels = 40 + open_.needs_more
    grown = [each * labels / 40 for each in (28, 3, 3, 6)]
    left = 440 - labels
    assert "met" == verdict("pass_rate(helpful) >= 70 %", tallies(*grown, left * 0.8, left * 0.2)).verdict
    assert "more labels would decide" in open_.reason


def test_several_tries_are_not_counted_by_a_judge():
    """Such a count would believe it as it stands."""
    with pytest.raises(InputError) as caught:
        claim("pass_all(3, helpful) >= 80 %")
    assert "metric.judged" == caught.value.problem.code
