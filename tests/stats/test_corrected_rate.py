"""The method fits how labels were drawn, the people's own interval stands beside it, and a judge of chance is refused."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shipworthy.stats import judge_correction, post_stratified, proportion
from shipworthy.stats.corrected_rate import corrected_by_unit, corrected_rate
from shipworthy.stats.judge_errors import JudgeTable
from shipworthy.stats.judged import judged_rows
from shipworthy.stats.repeated_tries import over_items

TABLE = JudgeTable(both=60, human_only=5, judge_only=8, neither=27)
COUNTS = st.integers(0, 60)


def test_labels_drawn_at_random_make_a_prediction_powered_rate():
    found = corrected_rate(620, 1000, TABLE, "random")
    assert ("ppi", True, "") == (found.method, found.human_applies, found.refusal)
    assert found.high - found.low < found.human.high - found.human.low
    assert (688, 1100) == (found.judge.value * found.judge.n, found.judge.n)


def test_labels_from_elsewhere_give_the_judges_errors():
    found = corrected_rate(620, 1000, TABLE, "elsewhere")
    assert ("lee", False) == (found.method, found.human_applies)
    assert judge_correction.rogan_gladen(620, 1000, TABLE) == found.value
    assert judge_correction.lower(620, 1000, TABLE, 0.95) == found.lower
    assert (620, 1000) == (found.judge.value * found.judge.n, found.judge.n)


def test_labels_drawn_by_the_judges_answer_count_by_the_size_of_each_side():
    """Of 1,100 rows 688 pass with the judge, and 60 of 68 of these with people; of the others 5 of 32."""
    found = corrected_rate(620, 1000, TABLE, "answer")
    assert "post_stratified" == found.method
    assert 688 / 1100 * 60 / 68 + 412 / 1100 * 5 / 32 == pytest.approx(found.value)


def test_drawing_more_of_what_the_judge_lets_fail_biases_its_errors_but_not_the_rate():
    """People label 10 % of the passes and 90 % of the fails; the judge has sensitivity 0.9 and specificity 0.7."""
    passes, fails = 0.5 * 0.9, 0.5 * 0.1
    alarms, spared = 0.5 * 0.3, 0.5 * 0.7
    table = JudgeTable(1000 * passes * 0.1, 1000 * fails * 0.9, 1000 * alarms * 0.1, 1000 * spared * 0.9)
    rest = 1000 * (passes + alarms) * 0.9, 1000 - table.rows
    assert 0.5 == pytest.approx(corrected_rate(*rest, table, "answer").value)
    assert abs(corrected_rate(*rest, table, "random").value - 0.5) > 0.03
    assert corrected_rate(*rest, table, "elsewhere").sensitivity.value < 0.6


def test_a_judge_of_chance_is_refused_with_what_was_found_and_what_to_do():
    found = corrected_rate(500, 1000, JudgeTable(30, 20, 28, 22), "elsewhere")
    assert np.isnan(found.value)
    assert (0, 1, 0, 1) == (found.low, found.high, found.lower, found.upper)
    assert "may answer by chance: sensitivity + specificity - 1 is 0.04" in found.refusal
    assert "label more rows" in found.refusal


def test_a_judge_of_chance_does_no_harm_where_labels_are_random():
    found = corrected_rate(500, 1000, JudgeTable(30, 20, 28, 22), "random")
    assert found.human.value == pytest.approx(found.value, abs=0.01)
    assert "" == found.refusal


@pytest.mark.parametrize(
    ("passed", "judged", "table", "drawn", "words"),
    [
        (5, 10, JudgeTable(0, 0, 0, 0), "random", "label at least two"),
        (0, 0, TABLE, "elsewhere", "nothing to correct"),
        (5, 10, JudgeTable(0, 0, 3, 9), "elsewhere", "sensitivity is not known"),
        (5, 10, JudgeTable(9, 3, 0, 0), "elsewhere", "specificity is not known"),
        (5, 10, JudgeTable(9, 0, 3, 0), "answer", "lets fail has a label"),
        (5, 10, JudgeTable(0, 4, 0, 3), "answer", "lets pass has a label"),
    ],
)
def test_what_cannot_be_known_is_refused_and_says_why(passed, judged, table, drawn, words):
    found = corrected_rate(passed, judged, table, drawn)
    assert "none" == found.method
    assert words in found.refusal


def test_labels_alone_are_said_to_be_labels_alone():
    found = corrected_rate(0, 0, TABLE, "random")
    assert "labels" == found.method
    assert proportion.clopper_pearson_lower(65, 100) == pytest.approx(found.lower)
    assert found.human.value == pytest.approx(found.value)


@given(*[COUNTS] * 6, st.sampled_from(["random", "answer", "elsewhere"]))
def test_a_value_lies_within_its_bounds(a, b, c, d, passed, failed, drawn):
    found = corrected_rate(passed, passed + failed, JudgeTable(a, b, c, d), drawn)
    assert 0 <= found.low <= found.high <= 1
    assert 0 <= found.lower <= found.upper <= 1
    if not np.isnan(found.value):
        assert found.low - 1e-9 <= found.value <= found.high + 1e-9
        assert found.lower - 1e-9 <= found.value <= found.upper + 1e-9


@pytest.mark.parametrize("rate", [0.02, 0.3, 0.9])
@pytest.mark.parametrize("labelled", [(20, 60), (50, 50)])
def test_bounds_hold_where_labels_were_drawn_by_the_judges_answer(rate, labelled):
    rng, draws, judged = np.random.default_rng(5), 600, 800
    one, other = labelled
    alone = rate * 0.9, (1 - rate) * 0.2
    size = sum(alone)
    found = []
    for _ in range(draws):
        a, b = rng.binomial(one, alone[0] / size), rng.binomial(other, rate * 0.1 / (1 - size))
        passed = rng.binomial(judged, size) - one
        table = JudgeTable(a, b, one - a, other - b)
        found.append(post_stratified.bounds(post_stratified.sides(passed, judged - one - other, table, 0.95)))
    low, high = np.array(found).T
    assert np.mean(low > rate) <= 0.07
    assert np.mean(high < rate) <= 0.07


def test_tries_of_one_prompt_count_as_one_prompt():
    """Fifty prompts with four tries each that all end alike: people's own bounds are those of fifty rows."""
    human = np.repeat([1, 0], [40, 10])
    judge, others = np.where(np.arange(50) % 10 == 3, 1 - human, human), np.arange(200) % 4 > 0
    units, units_only = np.arange(50), np.arange(100, 300)
    fours = [np.repeat(each, 4) for each in (human, judge, others, units, units_only)]
    once, four_times = (judged_rows(*each) for each in ((human, judge, others, units, units_only), fours))
    one, four = (
        corrected_by_unit(once, JudgeTable(36, 4, 1, 9)),
        corrected_by_unit(four_times, JudgeTable(144, 16, 4, 36)),
    )
    for name in ("human", "judge", "sensitivity", "specificity"):
        first, second = getattr(one, name), getattr(four, name)
        assert (first.low, first.high, first.lower) == pytest.approx((second.low, second.high, second.lower))
    assert over_items(human).lower == pytest.approx(four.human.lower)
    assert ("ppi", 250) == (four.method, pytest.approx(four.judge.n))
    assert one.value == pytest.approx(four.value, abs=0.002)
    assert four.lower == pytest.approx(one.lower, abs=0.002)
