"""A threshold for each group: the best in it, or the best common rate; small groups keep the overall one."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from shipworthy.evaluate import Groups, freeze, freeze_groups
from shipworthy.spec.model import Value
from tests.judge.claims import claim
from tests.tally.counting import histogram_of

MONEY = Value(true_positive=2.0, false_positive=-3.0, false_negative=-1.0, true_negative=0.5)
TEST = (500, 5_000)
VALUES = [0.1, 0.3, 0.5, 0.7, 0.9]


def rows(seed, shift, count=60):
    """Scores of a few values whose chance of a positive is shifted."""
    rng = np.random.default_rng(seed)
    scores = rng.choice(VALUES, count)
    return scores, (rng.random(count) < np.clip(scores + shift, 0.02, 0.98)).astype(int)


def frozen(parts, equalise="", claims=(), value=MONEY):
    histograms = {
        name: histogram_of(scores.tolist(), labels.tolist()) for name, (scores, labels) in parts.items()
    }
    whole = histogram_of(
        np.concatenate([scores for scores, _ in parts.values()]).tolist(),
        np.concatenate([labels for _, labels in parts.values()]).tolist(),
    )
    return freeze_groups(whole, Groups("colour", equalise, histograms), claims, value, TEST), whole


def money_of(threshold, scores, labels):
    flagged = scores >= threshold
    return np.where(labels == 1, np.where(flagged, 2.0, -1.0), np.where(flagged, -3.0, 0.5)).sum()


def rate_at(rate, threshold, scores, labels):
    flagged = scores >= threshold
    among = {"recall": labels == 1, "false_positive_rate": labels == 0, "selection_rate": labels >= 0}[rate]
    return flagged[among].mean()


TWO = {"red": rows(1, -0.2), "blue": rows(2, 0.25)}


def test_each_group_has_the_threshold_that_is_worth_most_in_it():
    found, _ = frozen(TWO)
    for name, (scores, labels) in TWO.items():
        worth = [money_of(threshold, scores, labels) for threshold in [*VALUES, 2.0]]
        assert max(worth) == money_of(found.point.thresholds[name], scores, labels)
    assert found.point.by == "colour"
    assert "one for each group of colour: greatest expected value on validation" == found.why


def test_other_groups_have_the_threshold_of_all_rows():
    found, whole = frozen(TWO)
    assert freeze(whole, [], MONEY, TEST, None).threshold == found.point.threshold


@pytest.mark.parametrize("rate", ["recall", "false_positive_rate", "selection_rate"])
def test_the_common_rate_is_the_best_of_an_exhaustive_search(rate):
    """Every target that some group can have; each group next to it, of equals the one worth most; the best total."""
    found, _ = frozen(TWO, rate)
    ends = [*VALUES, 2.0]
    reached = {name: {t: rate_at(rate, t, *TWO[name]) for t in ends} for name in TWO}
    totals = []
    for target in {r for rates in reached.values() for r in rates.values()}:
        total = 0.0
        for name, rates in reached.items():
            near = min(abs(each - target) for each in rates.values())
            total += max(
                money_of(t, *TWO[name]) for t, each in rates.items() if abs(abs(each - target) - near) < 1e-12
            )
        totals.append(total)
    actual = sum(money_of(found.point.thresholds[name], *TWO[name]) for name in TWO)
    assert max(totals) == pytest.approx(actual)
    assert f"a {rate} next to" in found.why


def test_equalising_brings_the_rates_nearer_than_the_single_threshold():
    parts = {"red": rows(5, -0.2, 800), "blue": rows(6, 0.25, 800)}
    found, whole = frozen(parts, "selection_rate")
    single = freeze(whole, [], MONEY, TEST, None).threshold

    def gap(thresholds):
        rates = [rate_at("selection_rate", thresholds[name], *parts[name]) for name in parts]
        return max(rates) - min(rates)

    assert gap(found.point.thresholds) <= gap(dict.fromkeys(parts, single)) + 1e-12


def test_a_small_group_keeps_the_threshold_of_all_rows_and_says_so():
    found, _ = frozen({**TWO, "green": rows(3, 0, 12)}, "recall")
    assert {"red", "blue"} == set(found.point.thresholds)
    expected = "colour = green with fewer than 10 positives or negatives among the validation rows: the threshold of all rows is kept there"
    assert (expected,) == found.notes


def test_where_every_group_is_small_there_is_one_threshold():
    found, whole = frozen({"red": rows(1, 0, 8), "blue": rows(2, 0, 8)})
    assert ("", {}) == (found.point.by, dict(found.point.thresholds))
    assert freeze(whole, [], MONEY, TEST, None).threshold == found.threshold
    assert "no group of colour has 10 positives and negatives to set one by" in found.why


@pytest.mark.parametrize(("equalise", "value"), [*product(["", "recall"], [MONEY, None])])
def test_an_at_bound_that_each_choice_keeps_is_kept_overall(equalise, value):
    parts = {"red": rows(5, -0.2, 2_000), "blue": rows(6, 0.25, 2_000)}
    found, _ = frozen(parts, equalise, [claim("recall >= 0.1 at false_positive_rate <= 20 %")], value)
    wrong = sum(
        ((scores >= found.point.thresholds[name]) & (labels == 0)).sum()
        for name, (scores, labels) in parts.items()
    )
    assert wrong / sum((labels == 0).sum() for _, labels in parts.values()) <= 0.2
    assert "among those that meet false_positive_rate <= 20 %" in found.why
