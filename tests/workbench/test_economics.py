"""A product with money and a roadmap is decided, documented, and read back."""

from __future__ import annotations

import shutil

import pytest

import shipworthy as sw
from shipworthy.documents import disagreements
from shipworthy.errors import InputError
from shipworthy.workbench.economics import forecasted
from tests.workbench import shop

SECTIONS = """\
build_or_buy:
  volume: 500_000 / 1_000_000 / 2_000_000 / month
  person_month: {range: 9_000..12_000 USD / person-month, source: finance}
  options:
    rule: {how: build, candidate: keywords, effort: 0.2 / 0.5 / 1 person-months}
    api: {how: buy, value: 0.00..0.02 USD / decision, per_decision: 0.002..0.004 USD / decision}
roadmap:
  starts: 2099-01-05
  stages:
    labels: {takes: 2 / 3 / 6 weeks}
    model: {takes: 3..8 weeks, after: [labels], gate: {passes: 60 %, tries: 3}}
  backlog:
    count the mail: {takes: 1 week, answers: volume}
"""


@pytest.fixture(scope="module")
def product(tmp_path_factory):
    folder = shop.product_folder(tmp_path_factory.mktemp("money"), shop.PRODUCT + SECTIONS)
    opened = sw.open(folder)
    return opened, sw.decide(opened), sw.document(opened)


def test_the_record_carries_money_and_time_and_is_read_back(product):
    opened, record, _ = product
    [kept] = sw.records(opened, "decide")
    assert record == kept
    assert {"bill", "forecast"} == set(record.as_json()["economics"])


def test_the_value_of_an_option_is_what_its_candidate_was_measured_at(product):
    _, record, _ = product
    [measured] = [
        each
        for each in record.evaluation.estimates
        if (each.candidate, each.metric, dict(each.slice)) == ("keywords", "net_value", {})
    ]
    [used] = [each for each in record.economics.bill.inputs if each.name == "net_value(keywords)"]
    assert (measured.low, measured.value, measured.high) == (used.low, used.likely, used.high)
    assert "evidence" == used.known
    assert record.economics.bill.perfect is not None


def test_the_memo_has_the_section_and_the_roadmap_lies_beside_it(product):
    _, record, memo = product
    page = memo.read_text(encoding="utf-8")
    assert "Build or buy" in page
    assert () == disagreements(page, record)
    assert {"roadmap.md", "roadmap.csv", "roadmap.ics"} <= {each.name for each in memo.parent.iterdir()}


def test_a_question_is_worth_what_knowing_its_answer_is(product):
    _, record, _ = product
    worth = {each.input: each.worth for each in record.economics.bill.movers}
    [item] = record.economics.forecast.backlog
    assert worth["volume"] == item.worth


def test_the_roadmap_is_forecast_anew_as_days_pass_and_the_decision_stands(product, tmp_path):
    """One record a day that says something new; each has the decision for its parent."""
    opened = sw.open(shutil.copytree(product[0].folder, tmp_path / "later"))
    later = forecasted(opened, product[1], "2099-01-20T08:00:00.000000Z")
    assert later is not None
    assert ("forecast", product[1].id, "2099-01-20") == (
        later.verb,
        later.parent,
        later.economics.forecast.as_of,
    )
    assert later == forecasted(opened, product[1], "2099-01-20T09:00:00.000000Z")
    assert 1 == len(sw.records(opened, "forecast"))


def test_a_stage_that_is_done_is_scored_by_a_run_that_judges_nothing_again(product, tmp_path):
    opened = sw.open(shutil.copytree(product[0].folder, tmp_path / "later"))
    decided = sw.run(opened).decision
    opened.file.write_text(opened.text.replace("6 weeks}", "6 weeks, done: 2099-01-30}"), encoding="utf-8")
    found = sw.run(sw.open(opened.folder))
    assert ("audit", "evaluate", "decide") == tuple(each for each in found.skipped if each != "compare")
    assert decided.id == found.decision.id
    [forecast] = sw.records(opened, "forecast")
    [scored] = forecast.economics.forecast.hindsight.stages
    assert ("labels", "2099-01-30") == (scored.stage, scored.done)
    page = (found.memo.parent / "roadmap.md").read_text(encoding="utf-8")
    assert "## Past forecasts" in page
    assert forecast.id in page


def test_what_was_forecast_is_scored_once_it_is_done(product, tmp_path):
    opened = sw.open(shutil.copytree(product[0].folder, tmp_path / "later"))
    text = opened.text.replace("{takes: 2 / 3 / 6 weeks}", "{takes: 2 / 3 / 6 weeks, done: 2099-01-30}")
    opened.file.write_text(text, encoding="utf-8")
    again = sw.decide(sw.open(opened.folder)).as_json()["economics"]["forecast"]["hindsight"]
    assert (1, 1.0) == (again["scored"], again["within_p85"])


def test_a_mistake_is_told_before_anything_is_counted(tmp_path):
    text = shop.PRODUCT + SECTIONS.replace("0.2 / 0.5 / 1", "1 / 0.5 / 0.2")
    with pytest.raises(InputError, match="upside down"):
        sw.open(shop.product_folder(tmp_path, text))
