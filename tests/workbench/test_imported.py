"""Results of other evaluation tools are judged like any recorded predictions, crashed rows among them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import shipworthy as sw
from shipworthy.errors import InputError, ShipworthyError
from tests.foreign import files
from tests.workbench import shop
from tests.workbench.shop import changed, mail, with_candidates

ROWS = mail()
TEST = ROWS[200:]
FOO = "  foo: {recorded: foo.json, format: promptfoo, model: small, columns: {id: vars.key}}\n"
SEEN = "  seen: {recorded: seen.eval, format: inspect}\n"
EVALS = "  events: {recorded: run.jsonl, format: openai_evals}\n"
HARNESS = "  harness: {recorded: samples.jsonl, format: lm_eval, columns: {id: doc.key}}\n"
PRODUCT = with_candidates(FOO, SEEN, EVALS, HARNESS)


def says(row: shop.Row, at: int) -> str:
    """Right but for each tenth row."""
    return str(row["spam"] ^ (at % 10 == 0))


def crashes(at: int) -> bool:
    return at % 25 == 0


def folder_of(path: Path, text: str = PRODUCT) -> Path:
    folder = shop.product_folder(path, text)
    (folder / "foo.json").write_bytes(files.json_bytes(files.promptfoo(entries())))
    samples = [
        files.inspect_sample(row["id"], None if crashes(at) else says(row, at), epoch=epoch)
        for at, row in enumerate(ROWS)
        for epoch in (1, 2)
    ]
    (folder / "seen.eval").write_bytes(files.inspect_archive(samples))
    events = files.openai_evals(
        {row["id"]: None if crashes(at) else says(row, at) for at, row in enumerate(ROWS)}
    )
    (folder / "run.jsonl").write_bytes(files.lines_of(events))
    lines = [files.lm_eval_line(at, says(row, at), doc={"key": row["id"]}) for at, row in enumerate(ROWS)]
    (folder / "samples.jsonl").write_bytes(files.lines_of(lines))
    return folder


def entries() -> list[files.Entry]:
    """Two providers; the second is never right."""
    found = []
    for at, row in enumerate(ROWS):
        variables = {"key": row["id"], "mail": "text"}
        said = None if crashes(at) else f" {says(row, at)}. "
        found += [
            files.promptfoo_entry(at, said, vars=variables),
            files.promptfoo_entry(at, str(1 - row["spam"]), prompt=1, provider="big", vars=variables),
        ]
    return found


@pytest.fixture(scope="module")
def judged(tmp_path_factory) -> Any:
    folder = folder_of(tmp_path_factory.mktemp("imported"))
    return folder, sw.evaluate(sw.open(folder)).evaluation


def recall_of(evaluation: Any, candidate: str) -> Any:
    return next(
        each
        for each in evaluation.estimates
        if (each.candidate, each.metric, dict(each.slice)) == (candidate, "recall", {})
    )


@pytest.mark.slow  # whole products, some seconds each
@pytest.mark.parametrize(
    ("candidate", "answers", "crashed"),
    [("foo", 1, True), ("seen", 2, True), ("events", 1, True), ("harness", 1, False)],
)
def test_recall_is_that_of_plain_counting(judged, candidate, answers, crashed):
    spam = [
        (says(row, at) == "1", crashed and crashes(at))
        for at, row in enumerate(ROWS)
        if at >= 200 and row["spam"]
    ]
    right, gone = sum(hit and not lost for hit, lost in spam), sum(lost for _, lost in spam)
    found, facts = recall_of(judged[1], candidate), judged[1].facts(candidate)
    assert right / (len(spam) - gone) == pytest.approx(found.value)
    assert answers * 200 == facts.rows
    assert answers * sum(not (crashed and crashes(at)) for at in range(200, 400)) == facts.scored


def test_crashed_rows_stay_in_the_bounds(judged):
    """With every tenth answer wrong alike, rows that crashed make bounds wider than rows that did not."""
    lost, whole = (recall_of(judged[1], name) for name in ("events", "harness"))
    assert lost.lower < whole.lower
    assert lost.upper > whole.upper


def test_answers_of_several_epochs_are_one_unit(judged):
    assert recall_of(judged[1], "seen").units <= sum(row["spam"] for row in TEST)


def test_what_was_left_out_is_said(judged):
    assert "16 of 400 recorded rows have no answer, and stay as unanswered" in judged[1].facts("foo").notes
    assert any("8 of 200 test rows have no answer" in note for note in judged[1].facts("foo").notes)


def test_latency_and_cost_come_from_the_file(judged):
    found = {
        each.metric: each.value for each in judged[1].estimates if each.candidate == "seen" and not each.slice
    }
    assert (1500.0, 0.004) == pytest.approx((found["p95(latency_ms)"], found["mean(cost_usd)"]))


@pytest.mark.slow  # a whole product, and its kin prove the rest
def test_the_same_file_is_turned_into_a_table_once(judged):
    folder, before = judged
    tables = {path: path.stat().st_mtime_ns for path in folder.rglob("imported-*.parquet")}
    again: Any = sw.evaluate(sw.open(folder)).evaluation
    assert 4 == len(tables)
    assert tables == {path: path.stat().st_mtime_ns for path in folder.rglob("imported-*.parquet")}
    assert before.facts("foo").version == again.facts("foo").version


@pytest.mark.parametrize(
    ("old", "new", "code", "words"),
    [
        ("model: small, ", "", "import.models", "answers of 2 providers: small, big"),
        ("model: small", "model: smal", "import.models", "no answer of the provider 'smal'"),
        ("foo.json", "fo.json", "source.missing", "no file fo.json"),
        ("format: promptfoo", "format: inspect", "import.format", "no file of inspect"),
        ("id: vars.key", "id: vars.kei", "import.id", "no such field"),
        ("columns: {id: vars.key}", "columns: {id: vars.mail}", "data.no_answers", "answers none"),
    ],
)
def test_check_says_what_is_wrong_where_it_stands(tmp_path, old, new, code, words):
    folder = folder_of(tmp_path / "p", changed(old, new, with_candidates(FOO)))
    with pytest.raises(ShipworthyError) as caught:
        sw.evaluate(sw.open(folder))
    assert (code, True) == (caught.value.problem.code, words in str(caught.value))
    where = caught.value.problem.where
    assert where is not None
    assert 11 == where.line


def test_format_goes_with_recorded_only(tmp_path):
    folder = folder_of(tmp_path / "p", with_candidates("  a: {rule: winner, format: promptfoo}\n"))
    with pytest.raises(InputError, match="'format' says nothing about a candidate that is given by 'rule'"):
        sw.open(folder)
