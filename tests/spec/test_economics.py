"""The sections on money and time: what they take, and where each mistake is told."""

import pytest

from shipworthy.errors import SpecError
from shipworthy.spec.reading import read_product
from shipworthy.spec.roadmap import order_of
from tests.spec.product_files import SMALL

MONEY = """\
candidates: {vendor: {rule: a}}
build_or_buy:
  volume: 1_500_000 / 2_000_000 / 2_500_000 / month
  growth: 0 %..20 % / year
  person_month: {range: 9_000..12_000 USD / person-month, source: finance}
  options:
    api:
      how: buy
      input_price: {range: 0.15 USD / 1M tokens, source: price list}
      input_tokens: 400..900
      exit_cost: 20_000..40_000
      exit_chance: 10 %..30 %
    ours: {how: build, effort: 4 / 6 / 10 person-months, staff: 0.2..0.5 people, candidate: vendor}
  cascade: {cheap: ours, dear: api, budget: 0.001 USD / decision}
roadmap:
  starts: 2027-01-04
  kill_date: 2027-06-30
  stages:
    labels: {takes: 2 / 3 / 6 weeks}
    model: {takes: 3..8 weeks, after: [labels], gate: {passes: 60 %, tries: 3, again: 1..2 weeks}}
  backlog:
    read attachments: {takes: 2..4 weeks, brings: 2_000..8_000 USD / month, chance: 50 %}
    ask the team: {takes: 1 week, answers: ours.effort}
"""


def product(old="", new=""):
    assert not old or 1 == MONEY.count(old)
    return read_product(SMALL + (MONEY.replace(old, new) if old else MONEY), "product.yaml")


def problem(old, new):
    """The one problem of the file with one part replaced: where, and what."""
    with pytest.raises(SpecError) as caught:
        product(old, new)
    [found] = caught.value.problems
    return found


def test_ranges_are_in_the_units_that_are_reckoned_in():
    found = product().build_or_buy
    assert (1_500_000, 2_000_000) == (found.volume.range.low, found.volume.range.likely)
    assert (24, 0.2) == (found.months, found.growth.range.high)
    assert 14 == product().roadmap.stages["labels"].takes.range.low


def test_a_range_with_a_source_is_evidence_and_one_without_is_an_assumption():
    found = product().build_or_buy
    assert ("evidence", "assumption") == (found.person_month.basis, found.volume.basis)


@pytest.mark.parametrize(
    ("old", "new", "line", "column", "told"),
    [
        ("0.15 USD / 1M", "0.15 USD / 1K", 14, 7, "150 per 1M tokens"),
        ("0.15 USD / 1M", "0.15 EUR / 1M", 14, 28, "in EUR, and value.currency is USD"),
        ("4 / 6 / 10", "10 / 6 / 4", 18, 32, "upside down"),
        ("10 %..30 %", "10 %..130 %", 17, 20, "above 100 %"),
        ("1_500_000 / 2", "-1_500_000 / 2", 8, 11, "below zero"),
        ("growth: 0 %..20 %", "growth: 0 %..-20 %", 9, 11, "upside down"),
        ("  growth", "  discount: -8 % / year\n  growth", 9, 13, "below zero"),
        ("  growth", "  discount: 8 % / month\n  growth", 9, 13, "counts per month"),
        ("passes: 60 %", "passes: 160 %", 25, 64, "above 100 %"),
        ("chance: 50 %", "chance: 1.5", 27, 85, "above 100 %"),
        ("2_000..8_000 USD", "8_000..2_000 USD", 27, 51, "upside down"),
        ("2_000..8_000 USD", "2_000..8_000 GBP", 27, 51, "in GBP, and value.currency is USD"),
        ("cheap: ours", "cheap: rule", 19, 20, "no option is called 'rule'"),
        ("candidate: vendor", "candidate: vendro", 18, 93, "no candidate is called 'vendro'"),
        ("input_tokens: 400..900", "output_tokens: 400..900", 12, 5, "input_price says nothing without"),
        ("  growth", "  horizon: 6 months\n  growth", 9, 12, "12 to 36 months"),
        ("3 / 6 weeks}", "3 / 6 weeks, after: [model]}", 23, 3, "in a circle"),
        ("after: [labels]", "after: [lables]", 25, 40, "which is no stage"),
        ("tries: 3", "tries: 0", 25, 77, "at least 1"),
        ("starts: 2027-01-04", "starts: soon", 21, 11, "not a date"),
        ("starts: 2027-01-04", "starts: 2028-01-04", 20, 1, "given up on 2027-06-30"),
        ("answers: ours.effort", "answers: ours.efort", 28, 44, "no input of build_or_buy"),
        (", answers: ours.effort", "", 28, 5, "either brings money or answers"),
        ("source: finance", "known: evidence", 10, 3, "evidence has a source"),
        ("source: finance", "shape: triangular", 10, 3, "has a likely number"),
    ],
)
def test_every_mistake_is_told_where_it_stands(old, new, line, column, told):
    found = problem(old, new)
    assert told in found.message
    assert (line, column) == (found.where.line, found.where.column)
    assert found.remedy


def test_costs_that_grow_with_decisions_need_a_volume():
    found = problem("  volume: 1_500_000 / 2_000_000 / 2_500_000 / month\n", "")
    assert "has no volume" in found.message


def test_people_need_a_price():
    found = problem("  person_month: {range: 9_000..12_000 USD / person-month, source: finance}\n", "")
    assert "nobody said what they cost" in found.message


def test_stages_come_after_what_they_need():
    assert ("a", "c", "b") == order_of({"b": ("a", "c"), "a": (), "c": ("a",)})


def test_a_circle_is_named():
    with pytest.raises(
        ValueError, match=r"(a needs b|b needs c|c needs a), .*, (a needs b|b needs c|c needs a)"
    ):
        order_of({"a": ("b",), "b": ("c",), "c": ("a",)})


def test_more_stages_than_a_forecast_can_say_anything_about_are_refused():
    stages = "".join(f"    s{at}: {{takes: 1 week}}\n" for at in range(41))
    found = problem("    labels: {takes: 2 / 3 / 6 weeks}\n", "    labels: {takes: 2 weeks}\n" + stages)
    assert "43 stages are more than" in found.message


def test_more_options_than_anybody_would_choose_are_refused():
    options = "".join(f"    o{at}: {{how: buy}}\n" for at in range(11))
    found = problem("  cascade:", options + "  cascade:")
    assert "13 options are too many" in found.message
