"""Answers that are texts: results of other tools bring their own grades, and a cascade keeps those of who answered."""

from __future__ import annotations

from typing import Any

import pytest

import shipworthy as sw
from tests.foreign import files
from tests.workbench import helpdesk, shop

ROWS = helpdesk.questions()
PRODUCT = """\
product: Desk help
owner: Support
predicts: {target: answer, kind: text, each: question}
data:
  examples: {source: questions.csv, id: id, owner: Support, licence: own}
grade:
  match: {recorded: yes}
  short: {length: {most_words: 5}}
candidates:
  seen: {recorded: seen.eval, format: inspect}
  dear: {recorded: dear.csv}
  both: {cascade: {first: seen, then: dear}}
requirements:
  - pass_rate(match) >= 50 %
  - pass_rate(short) >= 10 %
"""


def crashes(at: int) -> bool:
    return at % 4 == 0


def right(at: int) -> bool:
    return at % 3 != 0


@pytest.fixture(scope="module")
def judged(tmp_path_factory) -> Any:
    folder = tmp_path_factory.mktemp("texts")
    (folder / "product.yaml").write_text(PRODUCT)
    shop.write_csv(folder / "questions.csv", ROWS)
    samples = [
        files.inspect_sample(
            row["id"], None if crashes(at) else "in two days", score="C" if right(at) else "I"
        )
        for at, row in enumerate(ROWS)
    ]
    (folder / "seen.eval").write_bytes(files.inspect_archive(samples))
    dear = [{"id": row["id"], "output": "it is all written on the page", "grade.match": 1} for row in ROWS]
    shop.write_csv(folder / "dear.csv", dear)
    return sw.evaluate(sw.open(folder)).evaluation


def rate(evaluation: Any, candidate: str, grader: str) -> Any:
    wanted: tuple[str, str, dict[str, str]] = (candidate, f"pass_rate({grader})", {})
    return next(
        each for each in evaluation.estimates if (each.candidate, each.metric, dict(each.slice)) == wanted
    )


def test_a_tools_own_grades_are_the_products(judged):
    answered = [right(at) for at in range(len(ROWS)) if not crashes(at)]
    assert sum(answered) / len(answered) == pytest.approx(rate(judged, "seen", "match").value)


def test_a_cascade_has_the_grade_of_who_answered(judged):
    passed = [crashes(at) or right(at) for at in range(len(ROWS))]
    short = [not crashes(at) for at in range(len(ROWS))]  # the dear one takes seven words
    assert sum(passed) / len(ROWS) == pytest.approx(rate(judged, "both", "match").value)
    assert sum(short) / len(ROWS) == pytest.approx(rate(judged, "both", "short").value)
    assert len(ROWS) == judged.facts("both").scored
    assert 0.25 == judged.facts("both").handover.sent
