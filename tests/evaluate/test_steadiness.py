"""Samples of inputs as tallies, from which claims about steady answers are judged."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shipworthy.errors import InputError
from shipworthy.evaluate.steadiness import Input, agreement, relative_entropy, sample_tallies
from shipworthy.judge import claim_of, judge
from shipworthy.spec.language import read_requirement
from shipworthy.spec.task import Task
from shipworthy.stats.repeated_tries import over_items
from shipworthy.stats.semantic_entropy import clusters, same_text
from shipworthy.tally.scan import Tallies

TASK = Task("text", grades=("right",))


def same(texts):
    return clusters(texts, same_text)


def inputs(*graded, slices=None):
    """One input for each text of grades: `110` are two passes and a failure, `?` is unscored."""
    grade = {"1": 1.0, "0": 0.0, "?": None}
    return [
        Input(f"u{at}", tuple(each), {"right": tuple(grade[one] for one in each)}, slices or {})
        for at, each in enumerate(graded)
    ]


def judged(text, found):
    claim = claim_of(read_requirement(text), None, TASK)
    beside = {"samples": sample_tallies(found, claim.needs, same)}
    return judge(claim, Tallies({}, {}, beside=beside), "it", {})[0]


@pytest.mark.parametrize(("metric", "way"), [("pass_at", any), ("pass_all", all)])
@pytest.mark.parametrize("k", [1, 2, 3])
def test_a_chance_is_the_share_of_choices_of_samples(metric, way, k):
    graded = ["111", "110", "100", "000"] * 5
    wanted = np.mean([np.mean([way(c) for c in combinations([x == "1" for x in g], k)]) for g in graded])
    verdict = judged(f"{metric}({k}, right) >= 1 %", inputs(*graded))
    assert wanted == pytest.approx(verdict.estimate.value)
    assert 20 == verdict.estimate.n == verdict.estimate.units


def test_bounds_are_those_of_a_mean_over_inputs():
    values = [1.0] * 40 + [0.0] * 10
    verdict = judged("pass_all(2, right) >= 60 %", inputs(*["11"] * 40, *["10"] * 10))
    expected = over_items(values)
    assert (expected.value, expected.lower, expected.upper) == pytest.approx(
        (verdict.estimate.value, verdict.estimate.lower, verdict.estimate.upper)
    )
    assert "met" == verdict.verdict


def test_more_samples_of_the_same_inputs_are_not_more_inputs():
    few, many = (judged("pass_at(1, right) >= 60 %", inputs(*["1" * n] * 20)) for n in (2, 50))
    assert few.estimate.lower == many.estimate.lower


def test_unscored_samples_could_have_passed_or_failed():
    verdict = judged("pass_all(2, right) >= 60 %", inputs(*["11"] * 50, *["1?"] * 50))
    assert "undecided" == verdict.verdict
    assert verdict.estimate.lower < 0.5
    assert verdict.estimate.upper > 0.95
    assert 0.5 == verdict.estimate.value


def test_inputs_with_too_few_samples_have_no_value():
    verdict = judged("pass_at(3, right) >= 60 %", inputs(*["11"] * 50, *["111"] * 30))
    assert 30 == verdict.estimate.n
    nothing = judged("pass_at(5, right) >= 60 %", inputs(*["11"] * 50))
    assert ("undecided", "no input counts for pass_at(5, right)") == (nothing.verdict, nothing.reason)


def test_inputs_of_one_unit_are_not_independent():
    alone = inputs(*["11", "00"] * 20)
    shared = [Input(f"u{at // 2 % 10}", one.answers, one.grades, {}) for at, one in enumerate(alone)]
    first, second = (judged("pass_at(1, right) >= 60 %", each).estimate for each in (alone, shared))
    assert (40, 40) == (first.n, second.n)
    assert second.units < first.units


@given(st.lists(st.sampled_from("ab"), min_size=2, max_size=7))
def test_agreement_is_the_share_of_pairs_that_are_alike(answers):
    pairs = list(combinations(answers, 2))
    expected = sum(one == other for one, other in pairs) / len(pairs)
    assert expected == pytest.approx(agreement(clusters(answers, same_text)))


@pytest.mark.parametrize(("answers", "share"), [("aaaa", 0.0), ("abcd", 1.0), ("aabb", 0.5)])
def test_entropy_is_a_share_of_the_greatest_there_could_be(answers, share):
    assert share == pytest.approx(relative_entropy(clusters(list(answers), same_text)))


def test_answers_agree_whatever_their_case_and_signs_and_missing_ones_with_none():
    one = Input("u", ("It is 5.", "it is 5", None, None), {}, {})
    claim = claim_of(read_requirement("agreement >= 10 %"), None, TASK)
    cube = sample_tallies([one], claim.needs, same).overall
    assert 1 / 6 == pytest.approx(cube.total({"=agreement": 1.0})[0])


@pytest.mark.parametrize(
    ("metric", "code"),
    [
        ("pass_at(right)", "metric.arguments"),
        ("pass_at(0, right)", "metric.arguments"),
        ("pass_at(1.5, right)", "metric.arguments"),
        ("pass_at(2, wrong)", "metric.grader"),
        ("agreement(right)", "metric.arguments"),
    ],
)
def test_other_arguments_are_errors_that_show_the_form(metric, code):
    with pytest.raises(InputError) as caught:
        claim_of(read_requirement(f"{metric} >= 50 %"), None, TASK)
    assert code == caught.value.problem.code
