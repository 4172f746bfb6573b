"""Rates are told as counts of people and cases, and the counts are right."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shipworthy.documents.figure import Figure, plain_text
from shipworthy.documents.frequencies import base_of, frequency
from shipworthy.evidence import Estimate
from tests.documents import mail

PRODUCT = mail.product()
BARE = PRODUCT.model_copy(update={"value": None, "action": None})
NBSP = "\N{NO-BREAK SPACE}"


def estimate(metric: str, value: float | None, low: float | None, high: float | None) -> Estimate:
    return Estimate("boosted", metric, {}, value, low, high, 0.95, low, high, 0.95, 1_000, 1_000, "wilson")


def told(metric, value, low, high, *, product=PRODUCT, positives=0.02):
    found = frequency(product, estimate(metric, value, low, high), "/estimates/0", positives)
    return found and " ".join(plain_text(part) for part in found.sentences)


def test_a_false_positive_rate_is_told_as_people_hit_by_mistake():
    expected = (
        "Of 1,000 messages that are not spam, about 4 (2 to 7) would be moved to the spam folder by mistake. "
        "At 2,000,000 decisions a month, about 260 (120 to 460) are hit by mistake each day."
    )
    assert expected == told("false_positive_rate", 0.0041, 0.002, 0.007)


def test_ten_million_messages_a_day_at_one_in_a_thousand_hold_9_800_good_ones():
    """The known figure: 10 M messages a day, 2 % spam, a false-positive rate of 0.1 %."""
    value = {**mail.SPEC["value"], "volume": "10_000_000 / day"}
    product = type(PRODUCT).model_validate({**mail.SPEC, "value": value})
    assert "about 9,800 (9,700 to 9,900) are hit" in told(
        "false_positive_rate", 0.001, 0.00099, 0.00101, product=product
    )


def test_recall_tells_the_caught_and_the_missed():
    expected = (
        "Of 1,000 messages that are spam, about 902 (871 to 928) would be moved to the spam folder; the other 98 would not. "
        "At 2,000,000 decisions a month, about 130 (90 to 170) slip through each day."
    )
    assert expected == told("recall", 0.902, 0.871, 0.928)


def test_rare_counts_are_told_by_the_volumes_own_unit():
    assert "about 41 (20 to 60) slip through each month" in told("recall", 0.99898, 0.9985, 0.9995)


def test_precision_and_accuracy_count_the_right_ones():
    assert "Of 1,000 messages moved to the spam folder, about 961 (930 to 980) really are spam." == told(
        "precision", 0.961, 0.93, 0.98
    )
    assert "Of 1,000 messages, about 985 (980 to 989) get the right answer." == told(
        "accuracy", 0.985, 0.98, 0.989
    )


def test_net_value_is_told_by_the_thousand_and_by_the_month():
    expected = "1,000 decisions are worth about $3.1 ($2.4 to $3.8). At 2,000,000 a month, about $6,200 ($4,800 to $7,600) a month."
    assert expected == told("net_value", 0.0031, 0.0024, 0.0038)
    assert "−$1.2 (−$2.0 to −$0.4)" in told("net_value", -0.0012, -0.002, -0.0004)


def test_latency_gaps_and_means_have_their_sentences():
    assert f"95 of 100 answers stay within 42.3{NBSP}ms (41.1 to 43.6)." == told(
        "p95(latency_ms)", 42.31, 41.1, 43.6
    )
    assert f"the false-positive rate differs by about 2.1{NBSP}points (0.6 to 4.0)." in told(
        "gap(false_positive_rate, format)", 0.021, 0.006, 0.04
    )
    assert "The cost of 1,000 decisions is about $0.42 ($0.41 to $0.43)." in told(
        "mean(cost_usd)", 0.00042, 0.00041, 0.00043
    )
    assert "The mean age is 41.2 (40.1 to 42.3)." == told("mean(age)", 41.2, 40.1, 42.3)


def test_an_interval_with_one_end_says_which():
    assert f"within 42.0{NBSP}ms (at least 40.0)" in told("p95(latency_ms)", 42.0, 40.0, None)


def test_a_number_without_spread_has_no_interval():
    assert "The cost of 1,000 decisions is about $0. At 2,000,000 a month, about $0 a month." == told(
        "mean(cost_usd)", 0.0, 0.0, 0.0
    )


def test_without_values_or_action_the_rate_stands_alone():
    expected = "Of 1,000 messages that are not spam, about 4 (2 to 7) would be taken for spam by mistake."
    assert expected == told("false_positive_rate", 0.004, 0.002, 0.007, product=BARE)


def test_without_a_base_rate_nothing_is_counted_at_volume():
    assert "month" not in told("recall", 0.9, 0.8, 0.95, positives=None)


@pytest.mark.parametrize(
    ("metric", "value"), [("f1", 0.9), ("ratio(recall, format)", 0.9), ("recall", None), ("unheard_of", 1.0)]
)
def test_metrics_without_a_plain_reading_have_no_sentence(metric, value):
    assert told(metric, value, None, None) is None


@pytest.mark.parametrize(
    ("value", "high", "base"),
    [(0.004, 0.007, 1_000), (0.0002, 0.0004, 10_000), (0.9995, 1.0, 10_000), (0.0, 0.0002, 10_000), (0.0, 0.05, 1_000), (0.0, None, 1_000), (1.0, 1.0, 1_000), (1e-9, 1e-8, 1_000_000)],
)  # fmt: skip
def test_as_many_cases_are_spoken_of_as_it_takes_to_see_one(value, high, base):
    assert base == base_of(value, high)


@given(st.floats(0.001, 0.999), st.floats(0.001, 0.3), st.floats(0.001, 0.3), st.floats(0.01, 0.99), st.sampled_from(["recall", "false_positive_rate"]))  # fmt: skip
def test_every_count_is_the_estimate_times_what_it_is_scaled_by(value, below, above, positives, metric):
    found = frequency(
        PRODUCT, estimate(metric, value, max(value - below, 0), min(value + above, 1)), "/e", positives
    )
    assert found is not None
    sources = {"/e/value": value, "/e/low": max(value - below, 0), "/e/high": min(value + above, 1)}
    figures = [part for sentence in found.sentences for part in sentence if isinstance(part, Figure)]
    assert len(figures) >= 6
    for figure in figures:
        shown = float(figure.text.replace(",", ""))
        exact = figure.scale.offset + figure.scale.factor * sources[figure.path]
        assert abs(shown - exact) <= 10.0**-figure.decimals * (1 + 1e-9)


@given(st.floats(0.001, 0.999), st.floats(0.001, 0.3), st.floats(0.001, 0.3))
def test_the_lesser_bound_stands_first(value, below, above):
    low, high = max(value - below, 0), min(value + above, 1)
    found = frequency(PRODUCT, estimate("recall", value, low, high), "/e", 0.1)
    assert found is not None
    _, least, greatest = (
        float(part.text.replace(",", "")) for part in found.volume if isinstance(part, Figure)
    )
    assert least <= greatest
