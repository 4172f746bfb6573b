"""Candidates that answer with classes or with numbers are compared row by row too."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import ttest_rel
from statsmodels.stats.contingency_tables import mcnemar

import shipworthy as sw
from shipworthy.evidence import Comparison, Contest
from tests.workbench.flowers import CLASSES, NUMBERS, flowers, garden

pytestmark = pytest.mark.slow  # whole products, some seconds each

MADE, SAID = flowers()


def contest(folder, product: str, metric: str) -> tuple[Contest, Comparison]:
    record = sw.compare(sw.open(garden(folder, product)), champion="rule", metrics=[metric])
    assert record.contest is not None
    return record.contest, next(
        each for each in record.contest.comparisons if (each.challenger, each.metric) == ("vendor", metric)
    )


def judged_ids(folder) -> set[str]:
    """The ids that the comparison was made on."""
    from shipworthy.query.split import TEST
    from shipworthy.workbench.session import Session

    frame = Session(sw.open(folder)).frame
    return {*frame.engine.run(frame.rows(TEST).select("id"), "test rows")["id"].to_pylist()}


def guess(row) -> str:
    return "lily" if row["petal"] < 2 else "red rose" if row["petal"] < 4 else "tulip"


def test_classes_are_compared_by_how_often_each_is_right(tmp_path):
    found, vendor = contest(tmp_path, CLASSES, "accuracy")
    ids = judged_ids(tmp_path)
    pairs = [
        (said["guess"] == made["species"], guess(made) == made["species"])
        for made, said in zip(MADE, SAID, strict=True)
        if made["id"] in ids
    ]
    only = (sum(a and not b for a, b in pairs), sum(b and not a for a, b in pairs))
    assert len(pairs) == vendor.n
    assert only == (vendor.only_challenger, vendor.only_champion)
    wanted = (sum(a for a, _ in pairs) - sum(b for _, b in pairs)) / len(pairs)
    assert wanted == pytest.approx(vendor.difference)
    assert float(mcnemar([[0, only[0]], [only[1], 0]], exact=True).pvalue) == pytest.approx(vendor.p_value)
    assert {"logistic", "vendor"} == {*found.challengers}


def test_numbers_are_compared_by_the_paired_t_test_of_their_errors(tmp_path):
    _, vendor = contest(tmp_path, NUMBERS, "mae")
    ids = judged_ids(tmp_path)
    errors = np.array(
        [
            (abs(said["height_guess"] - made["height"]), abs(20 + 10 * made["petal"] - made["height"]))
            for made, said in zip(MADE, SAID, strict=True)
            if made["id"] in ids
        ]
    )
    test = ttest_rel(errors[:, 0], errors[:, 1])
    interval = test.confidence_interval(0.95)
    assert (errors[:, 0] - errors[:, 1]).mean() == pytest.approx(vendor.difference)
    assert (interval.low, interval.high) == pytest.approx((vendor.low, vendor.high))
    assert float(test.pvalue) == pytest.approx(vendor.p_value, rel=1e-4)
    assert "lower" == vendor.better


def test_rows_without_an_answer_leave_errors_without_bounds_and_classes_with_the_worst_case(tmp_path):
    said = [{**row, "guess": "", "height_guess": ""} if at % 10 == 0 else row for at, row in enumerate(SAID)]
    for name, product, metric in (("classes", CLASSES, "accuracy"), ("numbers", NUMBERS, "mae")):
        folder = garden(tmp_path / name, product, None, said)
        record = sw.compare(sw.open(folder), champion="rule", metrics=[metric])
        assert record.contest is not None
        vendor = next(each for each in record.contest.of("vendor") if each.metric == metric)
        if metric == "mae":
            assert "undecided" == vendor.verdict
            assert (None, None) == (vendor.lower, vendor.upper)
            assert "could be anything" in vendor.reason
        else:
            assert vendor.method.endswith("worst_case")


@pytest.mark.parametrize(("product", "metric"), [(CLASSES, "macro_f1"), (NUMBERS, "r2"), (NUMBERS, "rmse")])
def test_a_figure_that_is_no_mean_over_rows_is_refused(tmp_path, product, metric):
    with pytest.raises(sw.InputError, match="no sum over rows") as caught:
        contest(tmp_path, product, metric)
    assert "compare.metric" == caught.value.problem.code


@pytest.mark.parametrize("product", [CLASSES, NUMBERS])
def test_without_a_named_metric_something_that_can_be_compared_has_a_say(tmp_path, product):
    record = sw.compare(sw.open(garden(tmp_path, product)), champion="rule")
    assert record.contest is not None
    assert any(each.asked for each in record.contest.comparisons)
