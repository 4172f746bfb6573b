"""Whether it can be done is told line by line: from records where they are, else with the verb that would tell."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

import shipworthy as sw
from shipworthy.evidence import LearningCurve, Outlook, read_record
from shipworthy.workbench.framing.feasibility import learned
from tests.workbench import shop
from tests.workbench.test_frame import TEXT

ROADMAP = "roadmap: {starts: 2099-01-05, stages: {labels: {takes: 2 weeks}, pilot: {takes: 1 week}}}\n"


def lines(opened):
    found = sw.frame(opened).framing
    assert found is not None
    assert found.feasibility is not None
    return {each.about: each for each in found.feasibility}


@pytest.fixture(scope="module")
def judged(tmp_path_factory):
    """A product that was decided; nobody may change it."""
    opened = sw.open(shop.product_folder(tmp_path_factory.mktemp("feasible") / "shop", TEXT + ROADMAP))
    record = sw.decide(opened)
    sw.evaluate(opened)
    return opened, record


def test_without_records_each_line_names_the_verb_that_would_tell(tmp_path):
    found = lines(sw.open(shop.product_folder(tmp_path / "bare", TEXT + ROADMAP)))
    assert [("evaluate",), ("audit",), (), (), ("run",)] == [each.verb for each in found.values()]
    assert "nothing is trained" == found["what more labels bring"].told


def test_the_headroom_is_the_share_of_a_perfect_answers_gain(judged):
    """A perfect answer brings share * 1.0; so much of it, beyond the baseline, does the best rule bring."""
    opened, record = judged
    [test] = [each for each in record.evaluation.splits if each.name == "test"]
    value = opened.product.value
    values = {
        each.candidate: each.value
        for each in record.evaluation.estimates
        if each.metric == "net_value" and not each.slice
    }
    gap = test.positives / test.labelled * value.true_positive - values["baseline"]
    told = lines(opened)["what there is to gain"].told
    share = 100 * (values["keywords"] - values["baseline"]) / gap
    assert f"the best rule (keywords) reaches {share:.1f} % (" in told


def test_labels_money_and_time_are_those_of_the_records(judged):
    opened, record = judged
    found = lines(opened)
    assert "at least" in found["labels"].told
    assert (
        "building and running it costs $2,200 to $3,200 in 12 months, and a perfect predictor is worth"
        in found["money"].told
    )
    assert f"done by {record.economics.forecast.whole.p85} with a chance of 85 %" in found["time"].told


def test_of_the_curves_those_are_told_that_have_not_reached_what_is_asked():
    look = Outlook(0.3, 0.2, 0.4)
    known = ("recall >= 0.5", "recall", 0.5, 100, (50, 100), (0.2, 0.25), 3, look, look, look, look, look)
    told = learned([LearningCurve("a", *known, "reached"), LearningCurve("b", *known, "out_of_reach")])
    assert (
        "1 of 2 curves have reached what their claim asks; b, recall >= 0.5: out of reach of more labels; "
        "0.3 (0.2 to 0.4) with twice as many"
    ) == told


def test_a_framing_of_before_this_had_no_such_lines_and_still_reads(judged):
    opened, _ = judged
    record = sw.frame(opened)
    content = record.as_json()
    del content["framing"]["feasibility"]
    with pytest.raises(sw.InputError, match="was altered"):
        read_record(json.dumps(content), "x.json")
    older = replace(record, framing=replace(record.framing, feasibility=None))
    assert "feasibility" not in older.as_json()["framing"]
    assert older == read_record(json.dumps(older.as_json()), "x.json")
