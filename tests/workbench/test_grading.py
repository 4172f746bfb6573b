"""Answers that are texts, from the file to the memo."""

from __future__ import annotations

import json
from typing import Any

import pytest

import shipworthy as sw
from shipworthy.audit.defaults import Facts, default_claims
from shipworthy.errors import ShipworthyError
from tests.workbench import shop
from tests.workbench.helpdesk import PRODUCT, desk_folder, questions, terse


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    """The product and its evaluation."""
    folder = desk_folder(tmp_path_factory.mktemp("desk"))
    opened = sw.open(folder)
    return opened, sw.evaluate(opened)


def estimates(record, candidate):
    return {
        each.metric: each
        for each in record.evaluation.estimates
        if each.candidate == candidate and not each.slice
    }


def verdicts(record, candidate):
    return [each.verdict for each in record.evaluation.rolled_up(candidate)]


def test_there_is_no_baseline_where_answers_are_texts(desk):
    assert ["terse", "chatty"] == [facts.name for facts in desk[1].evaluation.candidates]


def test_every_row_is_judged_with_a_reference_or_without(desk):
    [split] = desk[1].evaluation.splits
    assert (120, 96) == (split.rows, split.labelled)
    assert 120 == desk[1].evaluation.facts("terse").rows


def test_pass_rates_are_counted_with_what_could_not_be_scored(desk):
    found = {
        name: (each.n, each.unscored)
        for name, each in estimates(desk[1], "terse").items()
        if each.unscored is not None
    }
    assert found == {
        "pass_rate(grounded)": (108, 12),
        "pass_rate(short)": (120, 0),
        "gap(pass_rate(short), topic)": (120, 0),
        "pass_rate(right)": (96, 24),
        "pass_rate(polite)": (96, 24),
        "pass_rate(helpful)": (0, 120),
    }
    assert pytest.approx(105 / 108) == estimates(desk[1], "terse")["pass_rate(grounded)"].value


def test_reasons_of_unscored_rows_stand_beside_the_candidate(desk):
    notes = desk[1].evaluation.facts("chatty").notes
    assert "8 of 120 test rows have no answer; bounds hold however those would have been answered" in notes
    assert "short scored 112 of 120 test rows; unscored: no answer (8)" in notes
    assert "grounded scored 100 of 120 test rows; unscored: no evidence (12), no answer (8)" in notes
    assert (
        "polite scored 88 of 120 test rows; unscored: the function raised ValueError (24), no answer (8)"
        in notes
    )


def test_a_recorded_log_brings_its_own_grades(desk):
    found = estimates(desk[1], "chatty")["pass_rate(helpful)"]
    assert (100, 20, 0.6) == (found.n, found.unscored, found.value)


def test_claims_of_every_kind_are_judged(desk):
    assert ["undecided", "met", "met", "met", "met"] == verdicts(desk[1], "terse")
    assert ["missed", "missed", "undecided", "met", "met"] == verdicts(desk[1], "chatty")


def test_grades_are_written_once(desk):
    opened = desk[0]
    logs = opened.workspace.logs
    before = {path.name: path.stat().st_mtime_ns for path in logs.glob("graded-*")}
    sw.evaluate(opened)
    assert before == {path.name: path.stat().st_mtime_ns for path in logs.glob("graded-*")}
    assert len(before) == 2


def test_the_record_holds_what_was_unscored(desk):
    written = json.loads(json.dumps(desk[1].as_json()))
    graded = [each for each in written["estimates"] if each["metric"].startswith("pass_rate")]
    assert all("unscored" in each for each in graded)
    assert not any("unscored" in each for each in written["estimates"] if each["metric"] == "mean(cost_usd)")
    assert desk[1].as_json() in [each.as_json() for each in sw.records(desk[0])]


def test_assistants_are_compared_on_the_rows_that_are_scored_for_both(desk):
    contest: Any = sw.compare(desk[0], champion="terse").contest
    found = {each.metric: each for each in contest.comparisons if not each.slice}
    assert (100, "worse") == (found["pass_rate(grounded)"].n, found["pass_rate(grounded)"].verdict)
    assert found["pass_rate(short)"].only_challenger == 0
    assert found["pass_rate(short)"].only_champion > 0
    assert any("that of the 100 of 120 test rows that are scored for both" in note for note in contest.notes)


def test_the_memo_shows_the_unscored_beside_the_number(desk):
    sw.decide(desk[0])
    memo = sw.document(desk[0]).with_suffix(".md").read_text(encoding="utf-8")
    assert "108 scored, 12 unscored" in memo


def test_a_plan_counts_scored_rows(desk):
    plan = sw.plan(desk[0])
    assert plan.plan is not None


@pytest.mark.parametrize(
    ("old", "new", "code", "words"),
    [
        ("pass_rate(grounded)", "pass_rate(grunded)", "metric.grader", "Did you mean 'grounded'?"),
        ("evidence: context", "evidence: contxt", "data.no_column", "Did you mean 'context'?"),
        ("checks.py:polite", "checks.py:polit", "grade.python", "Did you mean 'polite'?"),
        ("checks.py:polite", "../checks.py:polite", "grade.python", "code outside it is not run"),
        ("short: {length", "short: {lenght", "spec.unknown_key", "length"),
        ("{exact: {}}", "{exact: {}, length: {most_words: 3}}", "spec.value", "exactly one of"),
        ("{exact: {}}", '{regex: {pattern: "("}}', "grade.pattern", "RE2"),
        ("{exact: {}}", "{json_schema: {typ: object}}", "grade.schema", "type"),
        ("chatty.csv, columns: {output: said}", "chatty.csv", "recorded.answers", "output"),
    ],
)
def test_a_slip_is_told_with_its_place_and_the_nearest_right_thing(tmp_path, old, new, code, words):
    folder = desk_folder(tmp_path / "p", PRODUCT.replace(old, new, 1))
    with pytest.raises(ShipworthyError) as caught:
        sw.evaluate(sw.open(folder))
    problem = caught.value.problems[0]
    assert (code, True) == (problem.code, problem.where is not None)
    assert words in f"{problem.message} {problem.remedy}"


def test_a_recorded_grade_is_one_zero_or_nothing(tmp_path):
    folder = desk_folder(tmp_path / "p")
    file = folder / "chatty.csv"
    file.write_text(file.read_text().replace(",0.002,1\n", ",0.002,0.7\n", 1))
    with pytest.raises(ShipworthyError) as caught:
        sw.evaluate(sw.open(folder))
    assert "grade.recorded" == caught.value.problem.code


def without_reference(tmp_path):
    """A product whose examples have no column of reference answers."""
    rows = [{key: value for key, value in row.items() if key != "answer"} for row in questions()]
    return desk_folder(tmp_path / "p", PRODUCT, rows)


def test_examples_without_any_reference_can_be_audited(tmp_path):
    found = sw.audit(sw.open(without_reference(tmp_path))).audit
    assert found is not None
    assert not any("missing(answer)" in verdict.requirement for verdict in found.verdicts)


def test_examples_without_any_reference_are_judged_and_check_warns(tmp_path):
    folder = without_reference(tmp_path)
    checked = sw.check(sw.open(folder))
    assert [("data.no_reference", False)] == [
        (each.code, "Did you mean 'answer'" in each.remedy) for each in checked.warnings
    ]
    found = estimates(sw.evaluate(sw.open(folder)), "terse")
    assert (0, 120) == (found["pass_rate(right)"].n, found["pass_rate(right)"].unscored)
    assert 120 == found["pass_rate(short)"].n


def test_a_reference_that_is_missing_is_no_fault_of_the_data(desk):
    sorts = {sort for sort, _ in default_claims(desk[0].product, Facts(("id", "topic", "answer", "context")))}
    assert {"rows", "duplicates", "missing"} <= sorts
    assert not sorts & {"labelled", "conflicting_labels"}


def test_texts_are_not_labelled_by_keys(tmp_path):
    folder = desk_folder(tmp_path / "p")
    with pytest.raises(ShipworthyError) as caught:
        sw.label_take(sw.open(folder), 5)
    assert "label.text" == caught.value.problem.code


def test_answers_are_graded_anew_where_the_code_of_a_grader_has_changed(tmp_path):
    folder = desk_folder(tmp_path / "p")
    before = sw.evaluate(sw.open(folder))
    (folder / "checks.py").write_text("def polite(answer, row):\n    return False\n", encoding="utf-8")
    after = sw.evaluate(sw.open(folder))
    assert [1.0, 0.0] == [estimates(each, "terse")["pass_rate(polite)"].value for each in (before, after)]
    assert before.provenance.fingerprint != after.provenance.fingerprint


def test_a_grade_makes_sense_of_classes_too(tmp_path):
    """A yes/no product whose recorded log brings a text beside its answer."""
    rows = shop.mail(200)
    text = shop.PRODUCT.replace(
        "requirements:",
        "  vendor: {recorded: vendor.csv, cost: 0}\ngrade:\n  brief: {length: {most_words: 2}}\nrequirements:",
    )
    folder = shop.product_folder(tmp_path / "p", text, rows)
    told = [
        {"id": row["id"], "prediction": row["spam"], "output": "it wins too often" if row["spam"] else "fine"}
        for row in rows
    ]
    shop.write_csv(folder / "vendor.csv", told)
    found = sw.evaluate(sw.open(folder))
    brief = estimates(found, "vendor")["pass_rate(brief)"]
    assert (100, 0, 0.67) == (brief.n, brief.unscored, brief.value)
    assert 100 == estimates(found, "keywords")["pass_rate(brief)"].unscored


def test_grades_are_the_same_where_rows_lie_in_a_database(desk, tmp_path, postgres_url):
    """Answers in PostgreSQL are copied here to be graded, and give the same numbers."""
    from tests.engines import backends

    rows = [{name: value or None for name, value in row.items()} for row in questions()]
    backends.put_at(postgres_url, "desk_questions", dict.fromkeys(rows[0], "TEXT"), rows)
    kinds = {"id": "TEXT", "output": "TEXT", "latency_ms": "BIGINT", "cost_usd": "DOUBLE PRECISION"}
    backends.put_at(postgres_url, "desk_terse", kinds, terse())
    text = PRODUCT.replace("source: questions.csv", f'source: "{postgres_url}", table: desk_questions')
    text = text.replace("{recorded: terse.csv}", f'{{recorded: "{postgres_url}", table: desk_terse}}')
    text = text.replace("  chatty: {recorded: chatty.csv, columns: {output: said}}\n", "")
    found = estimates(sw.evaluate(sw.open(desk_folder(tmp_path / "p", text))), "terse")
    for name, here in estimates(desk[1], "terse").items():
        there = found[name]
        assert (here.n, here.unscored, here.value) == (there.n, there.unscored, pytest.approx(there.value))


def test_a_few_failed_answers_are_kept_with_what_failed_them(desk):
    failed = [each for each in desk[1].evaluation.facts("terse").failed if each.grader == "grounded"]
    assert ["q001", "q041", "q081"] == [each.id for each in failed]
    assert all("the evidence has no 60" in each.why for each in failed)


def test_a_gap_says_how_many_rows_of_each_group_are_scored(tmp_path):
    """Its bounds hold however the rest would have been graded."""
    folder = desk_folder(tmp_path, PRODUCT + "  - gap(pass_rate(right), topic) <= 90 %\n")
    evaluation = sw.evaluate(sw.open(folder)).evaluation
    assert evaluation is not None
    [note] = [each for each in evaluation.facts("terse").notes if each.startswith("gap(pass_rate(right)")]
    assert note.startswith("gap(pass_rate(right), topic) compares groups of which not all is scored: ")
    assert " of 40" in note
    found = next(each for each in evaluation.estimates if each.metric == "gap(pass_rate(right), topic)")
    assert (96, 24) == (found.n, found.unscored)
