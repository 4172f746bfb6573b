"""A cascade asks its second candidate where the first is unsure; its log follows from those of both."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import shipworthy as sw
from shipworthy.documents import bound_numbers
from shipworthy.errors import InputError
from shipworthy.evidence import read_record
from shipworthy.stats.proportion import wilson
from shipworthy.workbench.compare import exit_code
from tests.workbench import shop
from tests.workbench.shop import changed, edited, mail, with_candidates, write_csv

ROWS = mail()
TEST = ROWS[200:]
CHEAP = "  cheap: {recorded: cheap.csv, threshold: 0.5, cost: 0.001}\n"
DEAR = "  dear: {recorded: dear.csv}\n"
BAND = "  both: {cascade: {first: cheap, then: dear, between: [0.2, 0.6]}}\n"
PRODUCT = with_candidates(BAND, CHEAP, DEAR)  # the cascade stands before its candidates


def score(row: shop.Row) -> float:
    """Two or more baits are surely spam, none is surely not."""
    return {0: 0.1, 1: 0.4}.get(row["bait"], 0.9)


def evaluated(folder: Path) -> Any:
    return sw.evaluate(sw.open(folder)).evaluation


def folder_of(path, text=PRODUCT, rows=ROWS):
    folder = shop.product_folder(path, text, rows)
    write_csv(folder / "cheap.csv", [{"id": r["id"], "score": score(r), "latency_ms": 2} for r in rows])
    dear = [
        {
            "id": r["id"],
            "prediction": "" if at % 50 == 0 else r["spam"] ^ (at % 10 == 0),
            "latency_ms": 100,
            "cost_usd": 0.03,
        }
        for at, r in enumerate(rows)
    ]
    write_csv(folder / "dear.csv", dear)
    return folder


def expected(rows=ROWS):
    """What each row is answered with by hand: the sure answer of the cheap one, else what the dear one says."""
    found = []
    for at, row in enumerate(rows):
        sent = 0.2 <= score(row) <= 0.6
        dear = None if at % 50 == 0 else bool(row["spam"] ^ (at % 10 == 0))
        found.append((row, sent, dear if sent else score(row) >= 0.5))
    return found[200:]


def metric(evaluation, name, candidate="both"):
    return next(
        each
        for each in evaluation.estimates
        if (each.candidate, each.metric, dict(each.slice)) == (candidate, name, {})
    )


@pytest.fixture(scope="module")
def judged(tmp_path_factory):
    product = sw.open(folder_of(tmp_path_factory.mktemp("cascade")))
    return product, sw.evaluate(product)


def test_each_row_has_the_answer_of_who_was_asked(judged):
    evaluation, rows = judged[1].evaluation, expected()
    answered = [(row, answer) for row, _, answer in rows if answer is not None]
    positives = [answer for row, answer in answered if row["spam"]]
    assert sum(positives) / len(positives) == pytest.approx(metric(evaluation, "recall").value)
    negatives = [answer for row, answer in answered if not row["spam"]]
    assert sum(negatives) / len(negatives) == pytest.approx(metric(evaluation, "false_positive_rate").value)
    assert len(answered) == evaluation.facts("both").scored


def test_cost_is_that_of_the_first_and_the_sent_share_of_the_second(judged):
    evaluation = judged[1].evaluation
    handover, sent = evaluation.facts("both").handover, sum(sent for _, sent, _ in expected())
    assert ("cheap", "dear", 200) == (handover.first, handover.then, handover.rows)
    assert sent / 200 == pytest.approx(handover.sent)
    low, high = wilson(sent, 200)
    assert (float(low), float(high)) == pytest.approx((handover.low, handover.high))
    assert (0.001, 0.03) == pytest.approx((handover.cost_first, handover.cost_then))
    assert handover.cost_first + handover.sent * handover.cost_then == pytest.approx(handover.cost)
    assert handover.cost == pytest.approx(metric(evaluation, "mean(cost_usd)").value)
    assert (
        f"sent on to dear; 1,000 decisions cost {1000 * handover.cost:.4g} USD"
        in evaluation.facts("both").notes[0]
    )


def test_latency_is_the_sum_where_both_were_asked(judged):
    assert 102 == pytest.approx(metric(judged[1].evaluation, "p95(latency_ms)").value)


@pytest.mark.slow  # a whole product, and its kin prove the rest
def test_the_record_reads_back_and_its_version_follows_from_both(judged):
    product, record = judged
    assert record == read_record(json.dumps(record.as_json()), "r.json")
    again = evaluated(product.folder).facts("both")
    assert record.evaluation.facts("both").version == again.version


@pytest.mark.slow  # a whole product, and its kin prove the rest
def test_another_band_is_another_version(judged, tmp_path):
    other = folder_of(tmp_path / "p", changed("[0.2, 0.6]", "[0.2, 0.5]", PRODUCT))
    found = evaluated(other).facts("both")
    assert judged[1].evaluation.facts("both").version != found.version


@pytest.mark.slow  # whole products, some seconds each
def test_a_cascade_is_compared_like_any_other(judged):
    contest: Any = sw.compare(judged[0], champion="cheap").contest
    assert {"both", "dear", "keywords"} == {*contest.challengers}
    assert exit_code(contest) in (0, 1, 3)


@pytest.mark.slow  # a whole product
def test_the_memo_shows_everyone_in_the_table_and_in_the_chart(judged):
    product = judged[0]
    compared: Any = sw.compare(product, champion="cheap")
    sw.decide(product)
    page = sw.document(product)
    html, markdown = (page.with_suffix(ending).read_text() for ending in (".html", ".md"))
    paths = {found.path for found in bound_numbers(html) if found.record == compared.id}
    assert {f"/contest/contenders/0/{key}" for key in ("quality", "low", "high", "unanswered")} <= paths
    assert "Quality against latency and cost" in html
    assert "cost of 1,000" in html
    assert "| cheap (champion) |" in markdown


@pytest.mark.slow  # a whole product, and its kin prove the rest
def test_without_a_band_the_second_is_asked_where_the_first_gives_no_answer(tmp_path):
    silent = "  both: {cascade: {first: dear, then: keywords}}\n"
    folder = folder_of(tmp_path / "p", with_candidates(DEAR, silent))
    found = evaluated(folder)
    assert 4 == round(found.facts("both").handover.sent * 200)
    assert 200 == found.facts("both").scored
    assert "recall" in {each.metric for each in found.estimates if each.candidate == "both"}


def test_a_trained_first_candidate_is_read_at_its_frozen_threshold(tmp_path):
    text = with_candidates(
        shop.LOGISTIC, DEAR, "  both: {cascade: {first: logistic, then: dear, between: [0.98, 0.99]}}\n"
    )
    found = evaluated(folder_of(tmp_path / "p", text))
    sent = round(found.facts("both").handover.sent * 200)
    alone, both = (metric(found, "recall", name).value for name in ("logistic", "both"))
    assert abs(alone - both) * sum(row["spam"] for row in TEST) <= sent


@pytest.mark.slow  # a whole product
def test_a_column_of_the_examples_may_have_any_name(tmp_path):
    text = changed("segments: [format]", "segments: [answered]", PRODUCT)
    found = evaluated(folder_of(tmp_path / "p", text, edited(ROWS, answered=lambda row: row["format"])))
    slices = {tuple(each.slice.items()) for each in found.estimates if each.candidate == "both"}
    assert {(("answered", "html"),), (("answered", "plain"),)} <= slices


@pytest.mark.slow  # a whole product
def test_cascades_of_cascades_answer_once(tmp_path):
    nested = "  all: {cascade: {first: both, then: keywords}}\n"
    found = evaluated(folder_of(tmp_path / "p", with_candidates(nested, BAND, CHEAP, DEAR)))
    assert 200 == found.facts("all").scored
    assert found.facts("all").handover.sent < found.facts("both").handover.sent


@pytest.mark.slow  # a whole product, and its kin prove the rest
def test_sent_rows_without_a_latency_do_not_make_the_cascade_look_fast(tmp_path):
    """The dear one tells no latency: of the cascade none is known, rather than that of the easy rows."""
    folder = folder_of(tmp_path / "p")
    write_csv(folder / "dear.csv", [{"id": row["id"], "prediction": row["spam"]} for row in ROWS])
    found = evaluated(folder)
    [late] = [each for each in found.rolled_up("both") if each.requirement == "p95(latency_ms) <= 5 s"]
    assert "undecided" == late.verdict
    assert None is found.facts("both").handover.cost


def test_a_band_needs_scores(tmp_path):
    folder = folder_of(tmp_path / "p", changed("first: cheap", "first: keywords", PRODUCT))
    with pytest.raises(InputError, match=r"keywords gives no score that could lie between") as caught:
        sw.evaluate(sw.open(folder))
    assert "between" in str(caught.value.problem.remedy)


@pytest.mark.slow  # a whole product, and its kin prove the rest
def test_one_answer_here_and_several_there_are_no_cascade(tmp_path):
    folder = folder_of(
        tmp_path / "p",
        changed("{recorded: dear.csv}", "{recorded: dear.csv, columns: {repeats: at}}", PRODUCT),
    )
    answers = [{"id": row["id"], "at": at, "prediction": row["spam"]} for row in ROWS for at in (1, 2)]
    write_csv(folder / "dear.csv", answers)
    with pytest.raises(
        InputError, match=r"cheap has 280 answers and dear 560; joined by id there are 0"
    ) as caught:
        sw.evaluate(sw.open(folder))
    assert "cascade.rows" == caught.value.problem.code


@pytest.mark.slow  # a whole product, and its kin prove the rest
def test_classes_are_passed_on_where_the_first_gives_none(tmp_path):
    kinds = ["a", "b", "c"]
    rows = edited(ROWS, spam=lambda row: kinds[row["bait"] % 3])
    text = changed("predicts: {target: spam, positive: 1}", "predicts: {target: spam, kind: multiclass}")
    text = text.partition("value:")[0] + "data:" + text.partition("data:")[2]
    text = text.partition("candidates:")[0] + (
        "candidates:\n  one: {recorded: one.csv}\n  two: {recorded: two.csv}\n"
        "  both: {cascade: {first: one, then: two}}\nrequirements: [accuracy >= 0.5]\n"
    )
    folder = shop.product_folder(tmp_path / "p", text, rows)
    write_csv(
        folder / "one.csv",
        [{"id": r["id"], "prediction": "" if at % 4 else r["spam"]} for at, r in enumerate(rows)],
    )
    write_csv(folder / "two.csv", [{"id": r["id"], "prediction": "a"} for r in rows])
    found = evaluated(folder)
    right = sum(at % 4 == 0 or row["spam"] == "a" for at, row in enumerate(rows) if at >= 200)
    assert right / 200 == pytest.approx(metric(found, "accuracy").value)
