"""Tallies become estimates and verdicts, in the order in which they were asked."""

from __future__ import annotations

import numpy as np
import pytest

from shipworthy.evaluate import answered, questions
from tests.evaluate.products import product
from tests.tally.counting import Rows, tallies_of

ASKED = product(
    "recall >= 0.3",
    "false_positive_rate <= 60 % for every colour",
    "specificity >= 0.3 with 99 % confidence",
    segments=["colour"],
)
KNOWN = {"colour": ["red", "blue", "green"]}


@pytest.fixture(scope="module")
def found():
    return of_share(1)


def of_share(share_of_error):
    rng = np.random.default_rng(1)
    rows = Rows(
        rng.choice(9, 600).tolist(),
        {"colour": rng.choice(["blue", "red"], 600).tolist()},
        {"latency_ms": rng.lognormal(0, 1, 600).tolist(), "cost_usd": [0.002] * 600},
    )
    asked = questions(ASKED)
    return answered(asked, tallies_of(rows, asked.needs), "keywords", KNOWN, share_of_error)


def test_verdicts_stand_in_the_order_of_the_requirements_roll_ups_first(found):
    _, verdicts = found
    expected = [
        ("recall >= 0.3", {}),
        ("false_positive_rate <= 60 % for every colour", {}),
        *(("false_positive_rate <= 60 % for every colour", {"colour": colour}) for colour in KNOWN["colour"]),
        ("specificity >= 0.3 with 99 % confidence", {}),
    ]
    assert expected == [(each.requirement, each.slice) for each in verdicts]
    assert {"keywords"} == {each.candidate for each in verdicts}


def test_estimates_stand_overall_first_then_by_segment_in_the_order_of_the_examples(found):
    estimates, _ = found
    recalls = [each.slice for each in estimates if each.metric == "recall"]
    assert [{}, {"colour": "red"}, {"colour": "blue"}, {"colour": "green"}] == recalls
    assert ["accuracy", "recall", "precision"] == [each.metric for each in estimates[:3]]


def test_a_slice_without_test_rows_has_an_estimate_that_says_so(found):
    estimates, _ = found
    green = [each for each in estimates if each.slice == {"colour": "green"}]
    assert green
    assert {(None, None, 0, "none")} == {(each.value, each.lower, each.n, each.method) for each in green}


def test_the_error_is_shared_between_candidates():
    estimates, verdicts = of_share(3)
    assert {1 - 0.05 / 3} == {each.level for each in estimates}
    levels = {each.requirement: each.estimate.level for each in verdicts if not each.slice}
    assert 1 - 0.05 / 3 == pytest.approx(levels["recall >= 0.3"])
    assert 1 - 0.01 / 3 == pytest.approx(levels["specificity >= 0.3 with 99 % confidence"])


def test_estimates_and_verdicts_on_the_same_slice_agree(found):
    estimates, verdicts = found
    recall = next(each for each in estimates if each.metric == "recall" and not each.slice)
    assert recall == verdicts[0].estimate
