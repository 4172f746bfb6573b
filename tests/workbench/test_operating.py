"""Candidates with several thresholds, from their file to the memo, on the lending example."""

from __future__ import annotations

from pathlib import Path

import pyarrow.parquet as pq
import pytest

import shipworthy as sw
from shipworthy.documents.binding import disagreements
from tests.workbench import shop
from tests.workbench.shop import changed

pytestmark = pytest.mark.slow  # the lending example with five candidates, run to its memo

LOGISTIC = "train: logistic_regression, drop: [denied_insurance]"
CANDIDATES = {
    "single": "{%s}",
    "by_group": "{%s, thresholds_by: black}",
    "equal": "{%s, thresholds_by: black, equalise: false_positive_rate}",
    "review": "{%s, abstain: {review: -10, reviewer_accuracy: 0.9}}",
    "safe": "{%s, abstain: {review: -10, error: 10 %%}}",
}


@pytest.fixture(scope="module")
def lending(tmp_path_factory):
    """The lending example with these candidates instead of its own, run to its memo."""
    folder = tmp_path_factory.mktemp("lending") / "lend"
    sw.new(str(folder), template="lending")
    file = folder / "product.yaml"
    head, _, rest = file.read_text(encoding="utf-8").partition("candidates:\n")
    lines = "".join(f"  {name}: {text % LOGISTIC}\n" for name, text in CANDIDATES.items())
    tail = rest[rest.index("requirements:") :]
    file.write_text(f"{head}candidates:\n{lines}\n{tail}", encoding="utf-8")
    return sw.open(folder), sw.run(sw.open(folder))


@pytest.fixture(scope="module")
def evaluation(lending):
    return lending[1].decision.evaluation


@pytest.fixture(scope="module")
def logs(lending):
    """The rows of each candidate's log on the test split."""
    folder = Path(lending[0].workspace.logs)
    return {
        name: [row for path in folder.glob(f"{name}-*.parquet") for row in pq.read_table(path).to_pylist() if row["split"] == "test"]
        for name in CANDIDATES
    }  # fmt: skip


def the(evaluation, candidate, metric, slice_=None):
    [found] = {
        each.value
        for each in evaluation.estimates
        if (each.candidate, each.metric, dict(each.slice)) == (candidate, metric, slice_ or {})
    }
    return found


def test_all_candidates_are_one_model(evaluation):
    assert 1 == len({evaluation.facts(name).curve[0].threshold for name in CANDIDATES})


@pytest.mark.parametrize("name", ["by_group", "equal"])
def test_each_group_is_judged_at_its_own_threshold(evaluation, logs, name):
    facts = evaluation.facts(name)
    assert {"false", "true"} == set(facts.thresholds)
    for group, threshold in facts.thresholds.items():
        positives = [row for row in logs[name] if str(row["black"]).lower() == group and row["label"]]
        found = sum(row["score"] >= threshold for row in positives) / len(positives)
        assert found == pytest.approx(the(evaluation, name, "recall", {"black": group}))


@pytest.mark.parametrize("name", ["review", "safe"])
def test_reviewed_rows_count_in_the_money_and_in_nothing_else(evaluation, logs, name):
    facts = evaluation.facts(name)
    automated = [row for row in logs[name] if not facts.review_from <= row["score"] < facts.threshold]
    assert len(automated) == facts.scored
    assert len(automated) / facts.rows == pytest.approx(the(evaluation, name, "automated_share"))
    wrong = sum((row["score"] >= facts.threshold) != row["label"] for row in automated)
    assert wrong / len(automated) == pytest.approx(the(evaluation, name, "error_rate"))
    money = {(True, True): 200, (True, False): -40, (False, True): -150, (False, False): 0}
    total: float = sum(money[row["score"] >= facts.threshold, row["label"]] for row in automated)
    left = [row for row in logs[name] if facts.review_from <= row["score"] < facts.threshold]
    for row in left:
        total += (
            -10 + 0.9 * money[row["label"], row["label"]] + 0.1 * money[not row["label"], row["label"]]
            if name == "review"
            else -10 + money[row["label"], row["label"]]
        )
    assert total / len(logs[name]) == pytest.approx(the(evaluation, name, "net_value"))
    assert f"{len(left):,} of {facts.rows:,} test rows" in facts.notes[-1]


def test_no_bound_of_a_reviewed_candidate_is_a_worst_case(evaluation):
    assert not any("worst" in each.method for each in evaluation.estimates if each.candidate == "review")


def test_the_single_threshold_says_how_far_it_may_fall_short(evaluation):
    facts = evaluation.facts("single")
    assert facts.regret is not None
    assert facts.regret.low <= facts.threshold <= facts.regret.high
    assert facts.regret.upper >= 0
    assert "by the stated money alone it would be 0.103" in facts.threshold_why
    [point] = [each for each in facts.curve if each.threshold == facts.threshold]
    assert point.low < point.net_value < point.high


def test_the_memo_shows_every_operating_point_with_numbers_of_the_record(lending):
    _, run = lending
    page = run.memo.read_text(encoding="utf-8")
    assert () == disagreements(page, run.decision, run.comparison)
    text = run.memo.with_suffix(".md").read_text(encoding="utf-8")
    assert "by black: false 0." in text
    assert ", a person between" in text


def test_what_was_decided_reads_back_from_its_record(lending):
    product, run = lending
    assert run.decision == sw.records(product, "decide")[-1]


def test_another_threshold_trains_nothing_anew(tmp_path):
    scored = shop.with_candidates("  logistic: {train: logistic_regression, cost: 0}\n")
    folder = shop.product_folder(tmp_path, scored)
    sw.train(sw.open(folder))
    text = changed("cost: 0}\nreq", "cost: 0, thresholds_by: format}\nreq", scored)
    (folder / "product.yaml").write_text(text, encoding="utf-8")
    assert [False] == [each.trained for each in sw.train(sw.open(folder))]


def test_recorded_predictions_have_nothing_that_a_band_could_cut(tmp_path):
    rows = [{"id": row["id"], "prediction": row["spam"], "score": 0.5} for row in shop.mail()]
    text = shop.with_candidates("  vendor: {recorded: vendor.csv, cost: 0, abstain: {review: -0.1}}\n")
    folder = shop.product_folder(tmp_path, text)
    shop.write_csv(folder / "vendor.csv", rows)
    with pytest.raises(sw.InputError) as caught:
        sw.evaluate(sw.open(folder))
    assert "candidate.no_score" == caught.value.problem.code
