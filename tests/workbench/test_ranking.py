"""A recommender, from product.yaml to a decision, and what stops one that cannot be judged."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import shipworthy as sw
from shipworthy.errors import InputError, SpecError
from shipworthy.metrics import define
from shipworthy.spec.claim import Metric
from shipworthy.spec.task import Task
from shipworthy.workbench.check import check
from tests.query.recommended import values_of
from tests.workbench import cinema, shop


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return cinema.folder_of(tmp_path_factory.mktemp("ranking") / "films")


@pytest.fixture(scope="module")
def run(folder):
    return sw.run(sw.open(folder))


def estimate(evaluation, candidate, metric, **slice_):
    return next(
        e for e in evaluation.estimates if (e.candidate, e.metric, e.slice) == (candidate, metric, slice_)
    )


def test_the_product_fits_its_data(folder):
    assert () == check(sw.open(folder)).problems


def test_means_are_over_the_requests_of_the_test_part(run):
    evaluation = run.decision.evaluation
    rows = cinema.evenings()
    found = estimate(evaluation, "taste", "mrr")
    assert evaluation.facts("taste").rows == estimate(evaluation, "taste", "precision@3").n
    assert found.n < evaluation.facts("taste").rows
    assert found.units < found.n
    assert 0 < found.low < found.value < found.high < 1
    assert len(rows) > 10 * found.n


@pytest.mark.slow  # whole products, some seconds each
def test_without_units_each_request_counts_and_the_mean_is_that_of_plain_python(tmp_path):
    text = cinema.PRODUCT.replace(", unit: user", "").replace(
        "split: {by: time, test: 50 %, validation: 10 %}", "split: {by: random, test: 50 %, validation: 10 %}"
    )
    folder = cinema.folder_of(tmp_path / "films", text)
    opened = sw.open(folder)
    record = sw.evaluate(opened)
    found = estimate(record.evaluation, "taste", "mrr")
    assert found.n == found.units
    from shipworthy.workbench.session import Session

    judged = Session(opened).frame
    parts = judged.engine.run(judged.table.select("request", "split").distinct(), "testing").to_pylist()
    by_request = {row["request"]: row["split"] for row in parts}
    assert len(parts) == len(by_request), "a request is in one part"
    values = []
    for request in sorted(by_request):
        if by_request[request] != "test":
            continue
        items = [
            {"label": float(row["watched"]), "score": row["fit"], "popularity": 0.5}
            for row in cinema.evenings()
            if row["evening"] == request
        ]
        if any(item["label"] for item in items):
            order = sorted(items, key=lambda item: (-item["score"], item["label"]))
            values.append(next(1 / (at + 1) for at, item in enumerate(order) if item["label"]))
    assert np.mean(values) == pytest.approx(found.value)


@pytest.mark.slow  # whole products, some seconds each
def test_requests_without_a_relevant_item_are_counted(run):
    notes = run.decision.evaluation.facts("taste").notes
    assert any("have no relevant item: ndcg, recall, map and mrr leave them out" in note for note in notes)


def test_the_baseline_shows_the_most_popular_items_first(run):
    evaluation = run.decision.evaluation
    bias = {name: estimate(evaluation, name, "popularity_bias@5").value for name in ("baseline", "taste")}
    assert bias["baseline"] > 1.2 > bias["taste"]
    assert "most popular first" == evaluation.facts("baseline").version


def test_recorded_scores_are_joined_by_request_and_item(run):
    facts = run.decision.evaluation.facts("vendor")
    assert (facts.rows, facts.rows) == (facts.rows, facts.scored)
    assert 0 < estimate(run.decision.evaluation, "vendor", "ndcg@5").value < 1


def test_the_memo_is_written(run):
    text = run.memo.read_text()
    assert "ndcg@5" in text
    assert "taste" in text


def test_two_orders_are_compared_request_by_request(run):
    found = {each.metric: each for each in run.comparison.contest.comparisons}
    evaluation = run.decision.evaluation
    both = {name: estimate(evaluation, name, "ndcg@5") for name in ("taste", "vendor")}
    difference = found["ndcg@5"]
    assert abs(both["taste"].value - both["vendor"].value) == pytest.approx(abs(difference.difference))
    assert difference.low < difference.difference < difference.high
    assert both["taste"].n == difference.n


def problems(folder: Path, old: str = "", new: str = "", rows=None):
    text = cinema.PRODUCT.replace(old, new) if old else cinema.PRODUCT
    return check(sw.open(cinema.folder_of(folder / "films", text, rows))).problems


@pytest.mark.parametrize("key", ["request", "item"])
def test_a_product_that_does_not_say_what_is_ranked_is_told_so(tmp_path, key):
    text = cinema.PRODUCT.replace(f", {key}: {'evening' if key == 'request' else 'film'}", "")
    with pytest.raises(SpecError, match=f"predicts.{key} is missing") as caught:
        sw.open(cinema.folder_of(tmp_path / "films", text))
    assert caught.value.problem.remedy.startswith("Write for example")


def vendor_under(folder, *names):
    """The product, with these names of the columns of the vendor's scores."""
    path = folder / "vendor.csv"
    _, rest = path.read_text(encoding="utf-8").split("\n", 1)
    path.write_text(f"{','.join(names)}\n{rest}", encoding="utf-8")
    return sw.open(folder)


def scores_of(product):
    evaluation = sw.evaluate(product).evaluation
    return [
        (each.metric, *(end and round(end, 9) for end in (each.value, each.low, each.high)))
        for each in evaluation.estimates
        if each.candidate == "vendor"
    ]


@pytest.mark.slow  # a whole product, and its kin prove the rest
def test_recorded_orders_may_call_request_and_item_as_the_examples_do(tmp_path):
    plain = cinema.folder_of(tmp_path / "plain", rows=cinema.evenings(60))
    named = cinema.folder_of(tmp_path / "named", rows=cinema.evenings(60))
    assert scores_of(sw.open(plain)) == scores_of(vendor_under(named, "evening", "film", "score"))


def test_recorded_orders_without_request_and_item_are_told_to_name_both(tmp_path):
    folder = cinema.folder_of(tmp_path / "films", rows=cinema.evenings(60))
    [found] = check(vendor_under(folder, "night", "movie", "score")).problems
    assert "recorded.id" == found.code
    assert "no columns of the request and the item to join the examples by" in found.message
    assert "columns: {request: NAME, item: NAME}. Its columns: night, movie, score." in found.remedy


def with_labels(folder, label_of):
    """The product, the vendor's scores beside the labels that are made of the examples' own."""
    rows = cinema.evenings(40)
    text = cinema.PRODUCT.replace("vendor.csv, cost: 0", "vendor.csv, cost: 0, columns: {label: seen}")
    product = cinema.folder_of(folder / "films", text, rows)
    own = {(row["evening"], row["film"]): row["watched"] for row in rows}
    given = [
        line.split(",") for line in (product / "vendor.csv").read_text(encoding="utf-8").splitlines()[1:]
    ]
    scored = [
        {"request": request, "item": item, "score": score, "seen": label_of(own[request, item])}
        for request, item, score in given
    ]
    shop.write_csv(product / "vendor.csv", scored)
    return sw.open(product)


def test_labels_of_recorded_orders_are_compared_by_request_and_item(tmp_path):
    assert sw.evaluate(with_labels(tmp_path / "same", lambda own: own)).evaluation.facts("vendor").scored
    with pytest.raises(InputError, match=r"labels of vendor disagree .* at id e00..") as caught:
        sw.evaluate(with_labels(tmp_path / "other", lambda own: own + 1))
    assert "recorded.label" == caught.value.problem.code


def test_an_item_that_stands_twice_in_a_request_is_named(tmp_path):
    rows = cinema.evenings(40)
    found = problems(tmp_path, rows=[*rows, rows[0]])
    assert ["data.duplicate_id"] == [problem.code for problem in found]
    assert "the request e0000 has the item" in found[0].message


def test_a_slice_that_differs_within_a_request_is_an_error(tmp_path):
    found = problems(tmp_path, "segments: [country]", "segments: [film]")
    assert "data.varies" in [problem.code for problem in found]


@pytest.mark.parametrize(
    ("values", "code"), [(-1, "data.label_kind"), ("much", "data.label_kind"), (0, "data.no_positives")]
)
def test_relevance_goes_from_0_upwards(tmp_path, values, code):
    rows = [{**row, "watched": values} for row in cinema.evenings(40)]
    assert [code] == [problem.code for problem in problems(tmp_path, rows=rows)]


def test_a_model_that_cannot_learn_an_order_is_refused(tmp_path):
    found = problems(tmp_path, "  taste:", "  model: {train: logistic_regression}\n  taste:")
    assert ["model.algorithm"] == [problem.code for problem in found]
    assert "recorded:" in found[0].remedy


@pytest.mark.parametrize(
    ("metric", "told"),
    [
        ("ndcg", "ndcg@10"),
        ("recall", "recall@10"),
        ("recall@0", "recall@10"),
        ("auc", "ndcg@k"),
        ("ndcg@5000", "ndcg@10"),
    ],
)
def test_a_metric_that_orders_do_not_have_is_told_what_to_write(metric, told):
    with pytest.raises(InputError) as caught:
        define(Metric(metric), None, Task("ranking"))
    assert told in caught.value.problem.remedy


def test_values_of_a_request_by_hand():
    """Three items, the second best of them relevant: 1 / log2(3) of the best gain."""
    items = [
        {"label": label, "score": score, "popularity": 0.25}
        for label, score in ((0.0, 3.0), (1.0, 2.0), (0.0, 1.0))
    ]
    found = values_of(items)
    assert [0.6309297535714575, 1.0, 1 / 3, 0.5, 0.5, 2.0] == pytest.approx(
        [found[name] for name in ("=ndcg@3", "=recall@3", "=precision@3", "=map@3", "=mrr", "=novelty@3")]
    )
