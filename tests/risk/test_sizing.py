"""Who is hit is told as natural frequencies: of 1,000, and a month."""

import pytest

from shipworthy.risk.sizing import inner, sizes
from shipworthy.spec.language import read_requirement
from shipworthy.spec.sections import Value
from tests.risk.products import GAP, estimate, evaluated

RATES = (
    estimate("false_positive_rate", 0.05, 0.03, 0.08, 600, group="b"),
    estimate("false_positive_rate", 0.20, 0.15, 0.26, 300, group="a"),
    estimate("false_positive_rate", 0.10, 0.08, 0.12, 900),
    estimate("false_positive_rate", 0.5, 0.4, 0.6, 100, other="x"),
    estimate("recall", 0.9, 0.8, 0.95, 100, group="a"),
    estimate("recall", 0.6, 0.5, 0.7, 50, group="b"),
    estimate("recall", None, None, None, 0, group="c"),
)
VALUE = Value(volume="10_000 / month")


def sized(claim, value=VALUE):
    record = evaluated(estimates=RATES)
    return sizes(record.evaluation, record.id, "model", read_requirement(claim), value)


def test_the_group_that_is_hit_hardest_comes_first_with_its_interval_of_1000():
    worst, other = sized(GAP)
    assert ({"group": "a"}, True, {"group": "b"}, False) == (
        worst.group,
        worst.worst,
        other.group,
        other.worst,
    )
    assert (200.0, 150.0, 260.0, 300) == (worst.wrong, worst.low, worst.high, worst.n)


def test_a_month_is_the_volume_times_the_share_of_such_cases_times_the_rate():
    worst, _ = sized(GAP)
    assert (600.0, 450.0, 780.0) == pytest.approx(
        (worst.per_month, worst.per_month_low, worst.per_month_high)
    )
    assert worst.excess == pytest.approx(10_000 * 0.3 * (0.20 - 0.05))


def test_without_a_volume_nothing_is_said_by_the_month():
    assert {(None, None)} == {(each.per_month, each.excess) for each in sized(GAP, None)}


def test_of_what_should_be_high_the_rest_goes_wrong():
    worst, best = sized("gap(recall, group) <= 0.1")
    assert (400.0, 300.0, 500.0) == pytest.approx((worst.wrong, worst.low, worst.high))
    assert {"group": "a"} == best.group


@pytest.mark.parametrize(
    ("claim", "metric", "columns"),
    [
        (GAP, "false_positive_rate", ("group",)),
        ("gap(recall, a, b) <= 0.1", "recall", ("a", "b")),
        ("conditional_gap(recall, a, job) <= 0.1", "recall", ("a",)),
        ("equal_opportunity(a) <= 0.1", "recall", ("a",)),
        ("four_fifths(a) >= 0.8", "selection_rate", ("a",)),
        ("recall >= 0.5 for every a", "recall", ("a",)),
        ("recall >= 0.5", "recall", ()),
        ("gap(pass_rate(kind), a) <= 0.1", "pass_rate(kind)", ("a",)),
    ],
)
def test_a_claim_compares_one_metric_between_the_groups_of_columns(claim, metric, columns):
    assert (metric, columns) == inner(read_requirement(claim))


def test_a_claim_that_compares_no_groups_is_sized_over_everybody():
    [found] = sized("false_positive_rate <= 5 %")
    assert ({}, 100.0, False, None) == (found.group, found.wrong, found.worst, found.excess)


@pytest.mark.parametrize(
    "claim", ["gap(mae, group) <= 2", "gap(mean(latency_ms), group) <= 2", "p95(latency_ms) <= 50"]
)
def test_what_is_no_share_of_cases_is_not_told_of_1000(claim):
    rates = (
        estimate("mae", 3.0, 2.0, 4.0, 10, group="a"),
        estimate("mean(latency_ms)", 3.0, 2.0, 4.0, 10, group="a"),
    )
    record = evaluated(estimates=(*rates, estimate("p95(latency_ms)", 30.0, 20.0, 40.0, 10)))
    assert () == sizes(record.evaluation, record.id, "model", read_requirement(claim), VALUE)
