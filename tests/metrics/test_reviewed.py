"""Rows that a person decides: shares leave them out, the automated share and the money count them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from tests.metrics.every import SHARES, measured
from tests.tally.counting import overall, sliced

TABLE = {"tp": 30, "fn": 5, "fp": 8, "tn": 200, "up": 3, "un": 4}
LEFT = {"xp": 12, "xn": 40, "xx": 6}
REVIEW = {"xp": 1.6, "xn": 0.1}


def reviewed(tallies, money=REVIEW):
    return replace(tallies, reviewed=money)


@pytest.mark.parametrize("name", [*(s for s in SHARES if s not in ("automated_share", "base_rate")), "f1"])
def test_shares_are_those_of_the_rows_that_are_decided_without_a_person(name):
    alone, left = measured(name, overall(**TABLE)), measured(name, reviewed(overall(**TABLE, **LEFT)))
    for end in ("value", "low", "high", "lower", "upper", "n", "method"):
        assert getattr(alone, end)[0] == getattr(left, end)[0]


def test_the_automated_share_counts_all_rows():
    found = measured("automated_share", reviewed(overall(**TABLE, **LEFT)))
    assert 250 / 308 == found.value[0]
    assert 308 == found.n[0]
    assert found.lower[0] < 250 / 308 < found.upper[0]


def test_net_value_counts_the_money_of_reviewed_rows():
    """2, -1, -5 and 0.5 for the automated cells, 1.6 and 0.1 for reviewed ones, unlabelled rows left out."""
    found = measured("net_value", reviewed(overall(**TABLE, **LEFT)))
    money = np.repeat([2.0, -1.0, -5.0, 0.5, 1.6, 0.1], [30, 5, 8, 200, 12, 40])
    assert money.mean() == pytest.approx(found.value[0])
    assert 295 == found.n[0]
    error = money.std(ddof=1) / np.sqrt(295)
    assert found.high[0] - found.low[0] > 2 * 1.9 * error


def test_where_no_money_is_stated_the_rest_stands_all_the_same():
    assert 30 / 35 == measured("recall", reviewed(overall(**TABLE, **LEFT), {})).value[0]


def test_gaps_compare_the_automated_rows_of_groups():
    by_group = sliced("colour", {"red": {**TABLE, **LEFT}, "blue": {**TABLE, "xp": 50}})
    found = measured("gap(recall, colour)", reviewed(by_group))
    assert 0.0 == found.value[0]
    assert "worst_case" not in found.method[0]


def test_tallies_stay_reviewed_when_they_are_added_cut_and_scaled():
    whole = reviewed(sliced("colour", {"red": LEFT, "blue": TABLE}))
    for each in (whole + whole, whole.scaled(3), whole.where(("colour",), ("red",))):
        assert REVIEW == each.reviewed
