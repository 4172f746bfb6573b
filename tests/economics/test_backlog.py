"""The order of a backlog by hand."""

import pytest

from shipworthy.economics.backlog import DAYS_A_MONTH, backlog_order
from shipworthy.spec.roadmap import BacklogItem

MONTH = f"{DAYS_A_MONTH} days"


def item(**given):
    return BacklogItem.model_validate(given)


def test_what_loses_most_by_waiting_goes_first_for_the_work_it_takes():
    """a: 50 % of 8,000 for two months of work, 2,000; b: 3,000 for one month, 3,000; c: 1,000 for a quarter, 4,000."""
    items = {
        "a": item(takes="2 months", brings="8_000 USD / month", chance="50 %"),
        "b": item(takes="1 month", brings="2_000..4_000 USD / month"),
        "c": item(takes="0.25 months", brings="500 / 1_000 / 1_500 USD / month"),
    }
    found = backlog_order(items, {})
    assert ["c", "b", "a"] == [each.item for each in found]
    assert pytest.approx([4_000, 3_000, 2_000]) == [each.score for each in found]


def test_that_order_loses_the_least_money_by_waiting():
    """c, b, a lose 1,000 / 4 + 3,000 * 5 / 4 + 4,000 * 13 / 4 = 17,000; a, b, c 4,000 * 2 + 3,000 * 3 + 1,000 * 13 / 4 = 20,250."""
    months, worth = {"a": 2.0, "b": 1.0, "c": 0.25}, {"a": 4_000, "b": 3_000, "c": 1_000}

    def lost(order):
        return sum(
            worth[name] * sum(months[each] for each in order[: at + 1]) for at, name in enumerate(order)
        )

    assert (17_000, 20_250) == (lost("cba"), lost("abc"))
    assert lost("cba") == min(lost(order) for order in ("abc", "acb", "bac", "bca", "cab", "cba"))


def test_questions_go_by_what_their_answer_is_worth():
    items = {
        "ask": item(takes="1 month", answers="ours.effort"),
        "look": item(takes="1 month", answers="volume"),
        "sell": item(takes="1 month", brings="1 USD / month"),
    }
    found = backlog_order(items, {"ours.effort": 500.0, "volume": 900.0})
    assert [("sell", "cost of delay"), ("look", "value of information"), ("ask", "value of information")] == [
        (each.item, each.order) for each in found
    ]
    assert pytest.approx(900) == found[1].score


def test_a_question_whose_answer_changes_nothing_is_worth_nothing():
    [found] = backlog_order({"ask": item(takes="1 month", answers="volume")}, {})
    assert 0 == found.score
