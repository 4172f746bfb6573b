"""Cases whose answer is known in advance, each with the rule that decides and the one fact that flips it."""

import pytest

from shipworthy.frame.answer import answer
from tests.frame.decisions import decision

OPEN_TEXT = {"output": "open", "label_lag": None, "label_lag_tolerated": None}
CASES = {
    "scoring how people behave, which the law prohibits": (
        {"prohibited": "yes"}, "stop", "F0", {"prohibited": "no"}, "predictive",
    ),
    "a farewell letter that nobody wants from a machine": (
        {**OPEN_TEXT, "unwanted": "yes"}, "stop", "F0", {"unwanted": "no"}, "generative",
    ),
    "a churn score that no one acts on": ({"acted_on": "no"}, "dont", "F1", {"acted_on": "yes"}, "predictive"),
    "sorting forty letters a month": ({"volume": 40.0}, "dont", "F2", {"volume": 40_000.0}, "predictive"),
    "a filter for which two keywords do": (
        {"rule_suffices": "yes"}, "rule", "F3", {"rule_suffices": "no"}, "predictive",
    ),
    "sales tax, which must be right and stands in the law": (
        {"essential": "yes", "specifiable": "yes"}, "rule", "F3", {"specifiable": "no"}, "predictive",
    ),
    "the same opening hours for everybody": ({"static": "yes"}, "rule", "F3", {"static": "no"}, "predictive"),
    "urgent or not, on which two nurses do not agree": (
        {"agreement": 0.4}, "define_first", "F4", {"agreement": 0.7}, "predictive",
    ),
    "a rare fault with twelve known cases": ({"labels": 12.0}, "collect_first", "F5", {"labels": 200.0}, "predictive"),
    "a default that shows after three years": (
        {"label_lag": 1_000.0}, "collect_first", "F5", {"label_lag": 20.0}, "predictive",
    ),
    "a table that was found on a drive": (
        {"rights_known": "no"}, "collect_first", "F5", {"rights_known": "yes"}, "predictive",
    ),
    "unwanted mail, whose senders answer to every rule": ({}, "predictive", "F6", {"rule_suffices": "yes"}, "rule"),
    "a rule that is met and edited twice a week": (
        {"rule_suffices": "undecided", "rule_edits": 8.0}, "predictive", "F6", {"rule_suffices": "yes"}, "rule",
    ),
    "answers to letters, checked against a handbook": (OPEN_TEXT, "generative", "F7", {"output": "fixed", "label_lag": 7.0, "label_lag_tolerated": 30.0}, "predictive"),
    "topics that change by the week, a few thousand texts a month": (
        {"labels_keep_up": "no", "volume": 50_000.0}, "generative", "F7", {"labels_keep_up": "yes"}, "predictive",
    ),
    "answers to a million letters, too dear for one model": (
        {**OPEN_TEXT, "volume": 1_000_000.0}, "cascade", "F8", {"budget": 20_000.0}, "generative",
    ),
    "closing an account, which cannot be undone": (
        {"reversible": "no"}, "augment", "F9", {"reversible": "yes"}, "predictive",
    ),
    "a loan that is refused": ({"legal_effect": "yes"}, "augment", "F9", {"mitigated": "yes"}, "predictive"),
    "addresses, which others read as well as you": (
        {**OPEN_TEXT, "budget": 1.0, "cheap_cost": 1.0, "differentiating_data": "no"}, "buy", "F10",
        {"data_may_leave": "no"}, "build",
    ),
    "scanned forms, for which a vendor is far ahead of a team": (
        {**OPEN_TEXT, "budget": 1.0, "cheap_cost": 1.0, "differentiating_data": "no", "even_price": 4.0}, "buy", "F10",
        {"even_price": 0.5}, "build",
    ),
    "forms by the million, where a vendor's price would have to halve": (
        {**OPEN_TEXT, "budget": 1.0, "cheap_cost": 1.0, "even_price": 0.5}, "build", "F10", {"price_change": 0.6}, "people",
    ),
    "health records that may not leave the house": (
        {**OPEN_TEXT, "budget": 1.0, "cheap_cost": 1.0, "data_may_leave": "no"}, "build", "F10",
        {"data_may_leave": "yes"}, "people",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("facts", "key", "rule", "fact", "then"), CASES.values(), ids=CASES)
def test_the_answer_is_that_of_the_key_and_one_fact_flips_it(facts, key, rule, fact, then):
    found = answer(decision(**facts))
    assert (key, rule) == (found.route, found.rule and found.rule.id)
    assert then == answer(decision(**{**facts, **fact})).route


@pytest.mark.parametrize(
    "route",
    ["stop", "dont", "rule", "define_first", "collect_first", "predictive", "generative", "cascade", "augment", "buy", "build"],
)  # fmt: skip
def test_every_answer_has_a_case(route):
    assert route in {case[1] for case in CASES.values()}
