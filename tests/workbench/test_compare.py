"""A comparison holds every challenger against the champion on the same rows, and says who is champion and why."""

from __future__ import annotations

import json

import pytest
from statsmodels.stats.contingency_tables import mcnemar

import shipworthy as sw
from shipworthy.evidence import Contest, Record, read_record
from shipworthy.workbench.compare import exit_code
from tests.workbench import shop
from tests.workbench.shop import changed, with_candidates

ROWS = shop.mail()
TEST = ROWS[200:]
WINNERS = '  winners: {rule: "winner", cost: 0}\n'
TWO = with_candidates(WINNERS)
COMPARE = "compare: {champion: winners, margin: {recall: 1 %}, metrics: [recall, accuracy]}\n"


def contest_of(record: Record | None) -> Contest:
    assert record is not None
    assert record.contest is not None
    return record.contest


def number(value: float | None) -> float:
    assert value is not None
    return value


def answers(name: str, row: shop.Row) -> bool:
    return bool(row["winner"]) if name == "winners" else bool(row["bait"] > 1 or row["winner"])


@pytest.fixture(scope="module")
def compared(tmp_path_factory):
    folder = shop.product_folder(tmp_path_factory.mktemp("compared"), TWO)
    return sw.open(folder), sw.compare(sw.open(folder), champion="winners", margins={"recall": 0.01})


def test_differences_are_those_that_plain_python_counts(compared):
    contest = compared[1].contest
    found = {each.metric: each for each in contest.of("keywords")}
    spam = [row for row in TEST if row["spam"]]
    one, other = ([answers(name, row) for row in spam] for name in ("keywords", "winners"))
    only = (
        sum(a and not b for a, b in zip(one, other, strict=True)),
        sum(b and not a for a, b in zip(one, other, strict=True)),
    )
    recall = found["recall"]
    assert len(spam) == recall.n
    assert only == (recall.only_challenger, recall.only_champion)
    assert (sum(one) - sum(other)) / len(spam) == pytest.approx(recall.difference)
    assert float(mcnemar([[0, only[0]], [only[1], 0]], exact=True).pvalue) == pytest.approx(recall.p_value)
    right = [[answers(name, row) == bool(row["spam"]) for row in TEST] for name in ("keywords", "winners")]
    assert (sum(right[0]) - sum(right[1])) / len(TEST) == pytest.approx(found["accuracy"].difference)


def test_the_record_is_kept_and_reads_back(compared):
    product, record = compared
    assert record in sw.records(product, "compare")
    assert record == read_record(json.dumps(record.as_json()), "r.json")
    assert "compare" == record.verb
    assert {"champion": "winners", "metrics": [], "margins": {"recall": 0.01}} == record.facts["asked"]


def test_everyone_is_in_the_table_and_the_baseline_only_beside(compared):
    contest = compared[1].contest
    assert [("winners", "champion"), ("keywords", "challenger"), ("baseline", "reference")] == [
        (each.name, each.role) for each in contest.contenders
    ]
    assert ("keywords",) == contest.challengers
    assert None is contest.contenders[-1].front
    assert any(each.front for each in contest.contenders)
    assert "net_value" == contest.quality


def test_what_is_required_has_a_say_and_the_rest_stands_beside(compared):
    asked = {each.metric for each in compared[1].contest.comparisons if each.asked}
    beside = {each.metric for each in compared[1].contest.comparisons if not each.asked}
    assert {"recall", "false_positive_rate", "net_value"} == asked
    assert {"accuracy", "precision", "f1", "mean(cost_usd)", "mean(latency_ms)"} == beside


def test_a_record_shows_itself_in_a_notebook(compared):
    assert "✓ better" in compared[1]._repr_html_()


def test_the_same_comparison_twice_gives_the_same_numbers(compared):
    product, first = compared
    again = sw.compare(product, champion="winners", margins={"recall": 0.01})
    for one, other in zip(contest_of(first).comparisons, contest_of(again).comparisons, strict=True):
        if one.metric != "mean(latency_ms)":  # sums of times may differ in their last digit
            assert one == other


@pytest.mark.slow  # whole products, some seconds each
def test_product_yaml_says_who_is_champion_in_what_and_by_how_much(tmp_path):
    record = sw.compare(sw.open(shop.product_folder(tmp_path, TWO + COMPARE)))
    assert ("winners", "named as the one to beat") == (contest_of(record).champion, contest_of(record).why)
    margins = {each.metric: each.margin for each in contest_of(record).comparisons if each.asked}
    assert {"recall": 0.01, "accuracy": None} == margins
    again = sw.compare(sw.open(tmp_path), champion="keywords", metrics=["precision"], margins=0.02)
    assert ("keywords", ["precision"], [0.02]) == (
        contest_of(again).champion,
        [each.metric for each in contest_of(again).comparisons if each.asked],
        [each.margin for each in contest_of(again).comparisons if each.asked],
    )


@pytest.mark.slow  # whole products, some seconds each
def test_without_a_name_the_best_is_champion_until_one_has_shipped(tmp_path):
    product = sw.open(shop.product_folder(tmp_path, TWO))
    first = contest_of(sw.compare(product))
    assert "keywords" == first.champion
    assert first.why.startswith("it stands best")
    assert "ship" == sw.decide(product).as_json()["decision"]["answer"]
    assert ("keywords", "the last one that was decided to ship") == (
        (second := contest_of(sw.compare(product))).champion,
        second.why,
    )


def test_the_baseline_is_champion_only_where_it_is_asked_for(tmp_path):
    record = sw.compare(sw.open(shop.product_folder(tmp_path)), champion="baseline")
    assert ("baseline", ("keywords",)) == (contest_of(record).champion, contest_of(record).challengers)


@pytest.mark.parametrize(
    ("code", "told", "asked"),
    [
        ("compare.champion", "there is no candidate 'winers'", {"champion": "winers"}),
        ("compare.metric", "says neither", {"metrics": ["selection_rate"]}),
        ("compare.metric", "no sum over rows", {"metrics": ["auc"]}),
        ("compare.metric", "no metric to compare", {"metrics": ["recall >= 0.5"]}),
        ("metric.unknown", "no metric 'recal'", {"metrics": ["recal"]}),
        ("compare.margin", "-0.01 of recall is not a share", {"margins": -0.01}),
        ("compare.margin", "not a share", {"margins": 1.5}),
        ("compare.margin", "which is not compared", {"margins": {"specificity": 0.01}}),
    ],
)
def test_what_cannot_be_compared_is_told(tmp_path, code, told, asked):
    with pytest.raises(sw.InputError, match=told) as caught:
        sw.compare(sw.open(shop.product_folder(tmp_path, TWO)), **asked)
    assert code == caught.value.problem.code
    assert caught.value.problem.remedy


@pytest.mark.slow  # a whole product, and its kin prove the rest
def test_one_candidate_alone_cannot_be_compared(tmp_path):
    with pytest.raises(sw.InputError, match="keywords is the only candidate") as caught:
        sw.compare(sw.open(shop.product_folder(tmp_path)))
    assert "compare.one" == caught.value.problem.code
    with pytest.raises(sw.InputError, match="keywords is the only candidate"):
        sw.compare(sw.open(tmp_path), champion="keywords")


@pytest.mark.parametrize(
    ("section", "place", "told"),
    [
        ("compare: {champion: winers}\n", "product.yaml:16:21", "there is no candidate 'winers'"),
        ("compare: {margin: -0.1}\n", "product.yaml:16:19", "below zero"),
        ("compare: {margin: 2}\n", "product.yaml:16:19", "not a share"),
        ("compare: {metrics: [auc]}\n", "product.yaml:16:20", "cannot be compared in auc"),
        ("compare: {champoin: winners}\n", "product.yaml:16", "champoin"),
    ],
)
def test_product_yaml_is_proved_when_it_is_opened(tmp_path, section, place, told):
    with pytest.raises(sw.SpecError, match=told) as caught:
        sw.open(shop.product_folder(tmp_path, TWO + section))
    assert place in str(caught.value)


@pytest.mark.slow  # whole products, some seconds each
def test_rows_that_one_left_unanswered_are_told_and_widen_the_bounds(tmp_path):
    vendor = [{"id": row["id"], "score": 0.9 if row["bait"] > 1 else 0.1} for row in ROWS[:-20]]
    folder = shop.product_folder(tmp_path, with_candidates(shop.VENDOR))
    shop.write_csv(folder / "vendor.csv", vendor)
    contest = contest_of(sw.compare(sw.open(folder), champion="keywords"))
    [pair] = contest.pairs
    assert (200, 180, 0, 20, 0) == (
        pair.rows, pair.both, pair.only_challenger, pair.only_champion, pair.neither
    )  # fmt: skip
    assert any("only keywords answered" in note for note in contest.notes)
    accuracy = next(each for each in contest.comparisons if each.metric == "accuracy")
    assert 180 == accuracy.n
    assert accuracy.method.endswith("worst_case")
    assert number(accuracy.low) <= number(accuracy.difference) - 0.05


@pytest.mark.slow  # a whole product, and its kin prove the rest
def test_a_candidate_that_leaves_rows_to_a_person_is_compared_without_them_but_in_money(tmp_path):
    text = with_candidates("  scorer: {rule: 'bait * 1.0', abstain: {review: -0.01}, cost: 0}\n")
    contest = contest_of(sw.compare(sw.open(shop.product_folder(tmp_path, text)), champion="keywords"))
    [pair] = contest.pairs
    found = {each.metric: each for each in contest.comparisons}
    assert 0 < pair.only_champion
    assert (pair.rows, pair.both) == (found["net_value"].n, found["accuracy"].n)
    assert any("scorer leaves to a person" in note for note in contest.notes)


@pytest.mark.slow  # a whole product, and its kin prove the rest
def test_rows_that_come_in_units_are_worth_less(tmp_path):
    single = sw.compare(sw.open(shop.product_folder(tmp_path / "rows", TWO)), champion="winners")
    text = changed("time: time,", "time: time, unit: sender,", TWO)
    clustered = sw.compare(sw.open(shop.product_folder(tmp_path / "units", text)), champion="winners")
    one, other = (
        next(each for each in contest_of(record).comparisons if each.metric == "accuracy")
        for record in (single, clustered)
    )
    assert one.difference == pytest.approx(other.difference)
    assert other.units < other.n
    assert number(other.lower) <= number(one.lower) + 0.02


@pytest.mark.slow  # a whole product, and its kin prove the rest
def test_the_exit_code_tells_whether_a_challenger_may_take_over(compared):
    product, _ = compared
    assert 0 == exit_code(contest_of(sw.compare(product, champion="winners", metrics=["recall"])))
    assert 1 == exit_code(contest_of(sw.compare(product, champion="keywords", metrics=["recall"])))
    assert 3 == exit_code(contest_of(sw.compare(product, champion="winners", metrics=["precision"])))


@pytest.mark.slow  # whole products, some seconds each
def test_a_run_compares_where_there_are_two_candidates_and_skips_what_is_fresh(tmp_path):
    product = sw.open(shop.product_folder(tmp_path, TWO))
    first = sw.run(product)
    assert ["audit", "evaluate", "compare", "decide"] == [record.verb for record in sw.records(product)]
    assert first.comparison is not None
    assert first.evaluation.id == first.comparison.parent
    second = sw.run(sw.open(tmp_path))
    assert ("audit", "evaluate", "compare", "decide") == second.skipped
    assert first.comparison == second.comparison
    (tmp_path / "product.yaml").write_text(TWO + COMPARE, encoding="utf-8")
    assert () == sw.run(sw.open(tmp_path)).skipped


@pytest.mark.slow  # whole products, some seconds each
def test_the_memo_tells_of_a_comparison_of_the_same_inputs(tmp_path):
    from shipworthy.documents import disagreements

    product = sw.open(shop.product_folder(tmp_path, TWO))
    found = sw.run(product)
    assert found.comparison is not None
    html = found.memo.read_text(encoding="utf-8")
    assert "Champion and challengers" in html
    assert () == disagreements(html, found.decision, found.comparison)
    markdown = found.memo.with_suffix(".md").read_text(encoding="utf-8")
    assert found.comparison.id in markdown
    (tmp_path / "product.yaml").write_text(changed("bait > 1", "bait > 2", TWO), encoding="utf-8")
    fresh = sw.open(tmp_path)
    sw.decide(fresh)
    assert "Champion" not in sw.document(fresh).read_text(encoding="utf-8")
