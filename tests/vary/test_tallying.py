"""Pairs of answers are judged through their tallies."""

from __future__ import annotations

import itertools
import operator
from functools import reduce

import numpy as np
import pytest

from shipworthy.judge import claim_of, judge
from shipworthy.judge.comparison import compared
from shipworthy.metrics import measure
from shipworthy.spec.language import read_requirement
from shipworthy.spec.task import Task
from shipworthy.stats.proportion import clopper_pearson_lower, clopper_pearson_upper
from shipworthy.tally.needs import OVERALL
from shipworthy.tally.scan import Tallies
from shipworthy.vary import Said, paired, variant_tallies

TASK = Task("text", grades=("right",), variants=("typo",))
RIGHTS = (True, False, None)


def claim(text):
    return claim_of(read_requirement(text), None, TASK)


def said(row, answer, grade, unit=None):
    return Said(f"{row}", unit or f"{row}", answer, grades={"right": grade}, slices={"topic": "a"})


def pairs(rows):
    """Pairs of grades, with an answer each that differs where the grade does."""
    found = [
        (said(at, f"{before}", before, unit), said(at, f"{after}", after, unit))
        for at, (before, after, unit) in enumerate(rows)
    ]
    return paired(
        [each for each, _ in found], [each for _, each in found], lambda texts: [*range(len(texts))]
    )


def measured(text, rows):
    asked = claim(text)
    tallies = variant_tallies({"typo": pairs(rows)}, asked.needs)
    return measure(asked.definition, tallies, OVERALL, 0.95), tallies


def independent(counts):
    """Rows of (before, after) with these counts."""
    return [(*each, None) for each, count in counts.items() for _ in range(count)]


def test_a_share_of_changed_answers_has_exact_bounds():
    found, _ = measured("variant_flip(typo, right) <= 5 %", independent({(True, True): 95, (True, False): 5}))
    assert 0.05 == found.value[0]
    assert clopper_pearson_upper(5, 100, 0.95) == pytest.approx(found.upper[0])
    assert clopper_pearson_lower(5, 100, 0.95) == pytest.approx(found.lower[0])


def test_a_drop_is_what_is_lost_less_what_is_gained():
    rows = independent({(True, True): 60, (True, False): 12, (False, True): 4, (False, False): 24})
    found, _ = measured("variant_drop(typo, right) <= 5 %", rows)
    assert pytest.approx(0.08) == found.value[0]
    assert found.lower[0] < 0.08 < found.upper[0]


@pytest.mark.parametrize("text", ["variant_flip(typo, right) <= 5 %", "variant_drop(typo, right) <= 5 %"])
def test_bounds_hold_whatever_unscored_rows_could_have_been(text):
    """Every way to score three open rows lies within the bounds of the open ones."""
    known = independent({(True, True): 30, (True, False): 3, (False, False): 7})
    left = [(True, None, None), (None, True, None), (None, None, None)]
    whole, _ = measured(text, known + left)
    assert 3 == whole.unscored[0]
    for first, second, third, fourth in itertools.product((True, False), repeat=4):
        filled = [(True, first, None), (second, True, None), (third, fourth, None)]
        each, _ = measured(text, known + filled)
        assert whole.lower[0] <= each.lower[0] + 1e-9
        assert each.upper[0] <= whole.upper[0] + 1e-9


def test_several_samples_of_one_input_are_one_unit():
    alone, _ = measured("variant_flip(typo, right) <= 5 %", [(True, at % 10 > 0, None) for at in range(100)])
    rows = [(True, at % 10 > 0, f"u{at}") for at in range(100) for _ in range(4)]
    together, tallies = measured("variant_flip(typo, right) <= 5 %", rows)
    assert tallies.clustered
    assert pytest.approx(alone.value[0]) == together.value[0]
    assert pytest.approx(alone.upper[0], abs=0.01) == together.upper[0]


def test_a_claim_is_judged_over_the_inputs_of_a_slice():
    asked = claim("variant_flip(typo) <= 20 % for every topic")
    found = variant_tallies({"typo": pairs(independent({(True, True): 60, (True, False): 1}))}, asked.needs)
    verdicts = judge(asked, Tallies({}, {}, beside={"variants": found}), "small", {"topic": ("a", "b")})
    assert ["undecided", "met", "undecided"] == [each.verdict for each in verdicts]
    assert "no input counts for variant_flip(typo) where topic = b" == verdicts[2].reason


def draws(counts, unscored, seed, times=400):
    """How often a claim that lies on its bound is met, and missed, where rows go unscored by what they are.

    As the comparison behind a verdict says: plans of more rows are left out, as they take long.
    """
    rng, decided = np.random.default_rng(seed), {"met": 0, "missed": 0, "undecided": 0}
    drop = sum(rate * (before - after) for (before, after), rate in counts.items())
    asked = claim(f"variant_drop(typo, right) <= {100 * drop:.6g} %")
    [(definition, bound)] = asked.comparisons
    rates = dict.fromkeys(itertools.product((True, False), RIGHTS), 0.0)
    for (before, after), rate in counts.items():
        hidden = unscored.get((before, after), 0.0)
        rates[before, after] += rate * (1 - hidden)
        rates[before, None] += rate * hidden
    of_one = [variant_tallies({"typo": pairs([(*each, None)])}, asked.needs) for each in rates]
    for rows in rng.multinomial(150, [*rates.values()], size=times):
        found = reduce(operator.add, (one.scaled(n) for one, n in zip(of_one, rows, strict=True)))
        decided[compared(definition, bound, found, OVERALL, 0.95, both=False).answer(0)] += 1
    return decided["met"] / times, decided["missed"] / times


@pytest.mark.parametrize(
    "unscored",
    [
        {(True, False): 0.6},
        pytest.param({}, marks=pytest.mark.slow),
        pytest.param({(True, True): 0.2}, marks=pytest.mark.slow),
    ],
    ids=["of the lost", "none", "of the kept"],
)
def test_claims_on_their_bound_are_wrong_as_seldom_as_they_say(unscored):
    """At most 5 % wrong either way; four standard errors of 400 draws are 4 %."""
    counts = {(True, True): 0.7, (True, False): 0.12, (False, True): 0.04, (False, False): 0.14}
    met, missed = draws(counts, unscored, seed=29)
    assert max(met, missed) <= 0.09
