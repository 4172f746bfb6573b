"""What `frame:` states is read with its units, and what cannot be meant is refused with its place."""

import pytest

from shipworthy.errors import SpecError
from shipworthy.spec.reading import read_product

HEAD = "product: P\npredicts: {target: y}\ndata: {examples: {source: x.csv}}\nrequirements: [recall >= 0.5]\n"


def product(frame, value="value: {currency: USD}\n"):
    return read_product(f"{HEAD}{value}frame: {{{frame}}}\n", "product.yaml")


@pytest.mark.parametrize(
    ("frame", "code", "message", "column"),
    [
        ("build_cost: 80 to 40 USD", "spec.value", "stands upside down", 21),
        ("build_cost: -5 USD", "spec.value", "goes below zero", 21),
        ("run_cost: 100 EUR / month", "spec.currency", "is in EUR, and value.currency says USD", 19),
        ("base_rate: 1.4", "spec.value", "goes above 100 %", 20),
        ("base_rate: 140 %", "spec.value", "goes above 100 %", 20),
        ("agreement: 1.2", "spec.value", "no agreement between -1 and 1", 20),
        ("build_cost: 5 USD / month", "spec.value", "counts per month", 21),
        ("run_cost: 5 USD", "spec.value", "does not say per how much time", 19),
        ("rule_edits: 5 USD / month", "spec.value", "counts in USD", 21),
        ("labels: -3", "spec.value", "goes below zero", 17),
        ("labels: yes", "spec.value", "is not a range", 17),
        ("specifiable: perhaps", "spec.type", "yes or no was expected", 22),
        ("latency: 3", "spec.value", "is not a length of time", 18),
        ("budget: 5 USD / fortnight", "spec.value", "counts per fortnight", 17),
        ("price: 3 USD to 4 EUR", "spec.value", "states its unit twice", 16),
        ("bild_cost: 3", "spec.unknown_key", "'bild_cost' is not a key of frame", 9),
        ("conventions: {months: 0}", "spec.value", "a number above 0", 31),
    ],
)  # fmt: skip
def test_what_cannot_be_meant_is_refused_where_it_stands(frame, code, message, column):
    with pytest.raises(SpecError) as caught:
        product(frame)
    problem = caught.value.problem
    assert (code, f"product.yaml:6:{column}") == (problem.code, str(problem.where))
    assert message in problem.message
    assert problem.remedy


def test_a_negative_volume_is_refused_where_it_stands():
    with pytest.raises(SpecError) as caught:
        product("prohibited: no", "value: {volume: -5 / month}\n")
    assert "5:17" in str(caught.value.problem.where)


def test_two_currencies_are_refused_without_a_value_section_too():
    with pytest.raises(
        SpecError, match=r"frame.run_cost: '3 EUR / month' is in EUR, and frame.build_cost is in USD"
    ):
        product("build_cost: $5, run_cost: 3 EUR / month", "")


def test_the_conventions_are_those_of_the_house_where_nobody_says_otherwise():
    found = product("conventions: {months: 24}").frame.conventions
    assert (0.6, 24.0, 0.3, 4.0) == (found.agreement, found.months, found.price_change, found.rule_edits)


@pytest.mark.parametrize(
    ("frame", "key", "low", "high"),
    [
        ("build_cost: $40_000 to $80_000", "build_cost", 40_000, 80_000),
        ("build_cost: 40_000 / 50_000 / 80_000 USD", "build_cost", 40_000, 80_000),
        ("run_cost: 24_000 USD / year", "run_cost", 2_000, 2_000),
        ("base_rate: 8 % to 12 %", "base_rate", 0.08, 0.12),
        ("value_today: -0.05 to -0.02", "value_today", -0.05, -0.02),
        ("price: 0.01 USD / decision", "price", 0.01, 0.01),
        ("rule_edits: 24 / year", "rule_edits", 2, 2),
        ("agreement: 0.5 .. 0.75", "agreement", 0.5, 0.75),
    ],
)
def test_amounts_are_in_the_unit_that_framing_reckons_in(frame, key, low, high):
    found = getattr(product(frame).frame, key)
    assert pytest.approx((low, high)) == (found.low, found.high)


def test_a_frame_reads_back_as_it_was_written():
    found = product("build_cost: 40_000 to 80_000 USD, latency: 800 ms, specifiable: no")
    assert "40_000 to 80_000 USD" == found.model_dump(mode="json")["frame"]["build_cost"]
    assert found == type(found).model_validate(found.model_dump(mode="json"))
