"""A judge behind an endpoint: asked once per answer, by the rules of chat candidates, and unscored where it says nothing."""

from __future__ import annotations

from pathlib import Path

import pyarrow.parquet as pq
import pytest

import shipworthy as sw
from shipworthy.errors import OutsideError
from tests.workbench.shop import write_csv

PRODUCT = """\
product: Desk help
owner: Support
predicts: {target: answer, kind: text}
data:
  examples: {source: questions.csv, id: id, owner: Support, licence: own}
grade:
  helpful:
    judge: {JUDGE}
candidates:
  assistant: {recorded: assistant.csv}
requirements:
  - pass_rate(helpful) >= 60 %
"""
ROWS = 24
PASSES, FAILS = '{"reason": "it helps", "pass": true}', '{"reason": "it does not help", "pass": false}'


def folder_of(folder: Path, base_url: str, **more: str) -> Path:
    """The product in a folder; every fourth answer says nothing useful, and row 5 has none."""
    keys = {"model": "small", "base_url": base_url, "rubric": "helpful.md", "temperature": "0", **more}
    judge = ", ".join(f"{key}: {value}" for key, value in keys.items())
    (folder / "product.yaml").write_text(PRODUCT.replace("{JUDGE}", "{" + judge + "}"), encoding="utf-8")
    (folder / "helpful.md").write_text("An answer passes if it helps.\n", encoding="utf-8")
    questions = [
        {"id": f"q{at:02d}", "question": f"Number {at}?", "answer": "Press 1."} for at in range(ROWS)
    ]
    said = ["Who knows." if at % 4 == 0 else "" if at == 5 else "Press the button." for at in range(ROWS)]
    write_csv(folder / "questions.csv", questions)
    write_csv(
        folder / "assistant.csv",
        [{"id": f"q{at:02d}", "output": f"{text} ({at})" if text else ""} for at, text in enumerate(said)],
    )
    return folder


def grades_of(folder: Path) -> list[tuple[float | None, str | None, str | None]]:
    """Verdict, reason of an unscored row and reason of a failed one, row by row."""
    [file] = (folder / ".shipworthy" / "logs").glob("graded-assistant-*.parquet")
    names = ("grade.helpful", "grade.helpful.unscored", "grade.helpful.why")
    return [tuple(row[name] for name in names) for row in pq.read_table(file).to_pylist()]


@pytest.fixture
def judge(endpoint):
    """The endpoint, which passes answers that say what to press."""
    endpoint.replies = {"Press the button.": PASSES, "Who knows.": FAILS}
    return endpoint


def test_verdicts_become_grades_with_the_judges_reason(tmp_path, judge):
    judge.replies = {"(3)": "Yes, surely.", "(7)": f"```json\n{PASSES}\n```", **judge.replies}
    record = sw.evaluate(sw.open(folder_of(tmp_path, judge.base_url)))
    found = grades_of(tmp_path)
    assert (0.0, None, "it does not help") == found[0]
    assert (1.0, None, None) == found[1]
    assert (None, "the judge's verdict is unreadable", None) == found[3]
    assert (None, "no answer", None) == found[5]
    assert (1.0, None, None) == found[7]
    assert "undecided" == record.evaluation.verdicts[0].verdict
    notes = record.evaluation.facts("assistant").notes
    assert "the judge helpful took 23 calls; failures: none; no price is stated" in notes


def test_the_judge_sees_rubric_columns_reference_and_answer_and_gives_its_reason_first(tmp_path, judge):
    sw.evaluate(sw.open(folder_of(tmp_path, judge.base_url, columns="[question]")))
    body = next(each for each in judge.bodies if "(1)" in each["messages"][1]["content"])
    system, user = (each["content"] for each in body["messages"])
    assert system.startswith("An answer passes if it helps.")
    places = [user.index(text) for text in ("Number 1?", "Press 1.", "Press the button.")]
    assert sorted(places) == places
    schema = body["response_format"]["json_schema"]["schema"]
    assert ["reason", "pass"] == [*schema["properties"]]


def test_nothing_is_judged_twice_and_what_was_judged_before_a_failure_is_kept(tmp_path, judge):
    folder = folder_of(tmp_path, judge.base_url, concurrency="1", attempts="1")
    judge.failing = [*[""] * 10, "quota"]
    with pytest.raises(OutsideError, match=r"the judge helpful: the account at .* has nothing left"):
        sw.evaluate(sw.open(folder))
    sw.evaluate(sw.open(folder))
    sw.evaluate(sw.open(folder))
    assert 23 + 1 == len(judge.bodies)


def test_a_judge_that_goes_by_positions_contradicts_itself(tmp_path, judge):
    judge.replies = {"]\n\n[reference": FAILS, **judge.replies}
    sw.evaluate(sw.open(folder_of(tmp_path, judge.base_url, swap="yes")))
    found = grades_of(tmp_path)
    assert 2 * 23 == len(judge.bodies)
    assert (None, "the judge contradicts itself", None) == found[1]
    assert (0.0, None, "it does not help") == found[0]


def test_the_spending_limit_of_a_judge_is_its_own(tmp_path, judge):
    price = "{input_per_million: 1000, output_per_million: 1000}"
    folder = folder_of(tmp_path, judge.base_url, price=price, spend_limit="0.5", max_tokens="20")
    with pytest.raises(OutsideError, match="the judge helpful: the spending limit is reached") as caught:
        sw.evaluate(sw.open(folder))
    assert "product.yaml:8" in str(caught.value.problem.where)


def test_how_fast_a_judge_is_asked_makes_it_no_other_judge(tmp_path, judge):
    folder = folder_of(tmp_path, judge.base_url)
    first = sw.evaluate(sw.open(folder)).evaluation.judges[0].judge
    folder_of(tmp_path, judge.base_url, concurrency="2")
    assert first == sw.evaluate(sw.open(folder)).evaluation.judges[0].judge
    assert 23 == len(judge.bodies)
