"""A chat model is asked about inputs that are written otherwise, with its own prompt and its own graders."""

from __future__ import annotations

import csv
from typing import Any

import pytest

import shipworthy as sw
from tests.engines.language_model import NAME
from tests.workbench.assistants import KEY, VARIABLE

PRODUCT = """\
product: Desk help
predicts: {{target: answer, kind: text, each: question}}
data:
  examples: {{source: questions.csv, id: id}}
grade:
  right: {{contains: {{column: answer}}}}
  short: {{length: {{most_words: {words}}}}}
candidates:
  assistant:
    chat: {{model: {model}, base_url: {base_url}, prompt: ask.md, key: {key}, temperature: 0, samples: {samples}, max_tokens: 8}}
stability:
  variants: {{columns: question, rows: {rows}, case: {{to: upper}}, whitespace: {{}}, typo: {{edits: 2}}}}
requirements:
  - variant_flip(case, right) <= 5 %
  - variant_drop(case, right) <= 5 %
  - variant_flip(whitespace, right) <= 10 %
"""
PROMPT = "# system\nAnswer with one word.\n# user\n{{ question }}\n"


@pytest.fixture(autouse=True)
def key(monkeypatch):
    monkeypatch.setenv(VARIABLE, KEY)


def desk(folder, base_url, rows=60, **more):
    settings = {"model": "small", "samples": 1, "rows": 50, "words": 30, "key": VARIABLE, **more}
    (folder / "product.yaml").write_text(PRODUCT.format(base_url=base_url, **settings))
    (folder / "ask.md").write_text(PROMPT)
    with (folder / "questions.csv").open("w", newline="") as handle:
        table = csv.writer(handle)
        table.writerow(["id", "question", "answer"])
        places = [("France", "Paris"), ("Italy", "Rome"), ("Spain", "Madrid")]
        for at in range(rows):
            country, capital = places[at % 3]
            table.writerow([f"q{at:02}", f"Question {at}: what is the capital of {country}?", capital])
    return folder


def estimates(record):
    return {
        each.metric: each
        for each in record.evaluation.estimates
        if each.candidate == "assistant" and not each.slice
    }


def test_a_chat_model_that_knows_small_letters_only_is_found_out(tmp_path, endpoint):
    endpoint.replies = {"France": "Paris", "Italy": "Rome", "Spain": "Madrid", "FRANCE": "I do not know"}
    record: Any = sw.evaluate(sw.open(desk(tmp_path, endpoint.base_url)))
    found = estimates(record)
    flip, drop = found["variant_flip(case, right)"], found["variant_drop(case, right)"]
    assert (50, 50, 0) == (flip.n, drop.n, flip.unscored)
    assert flip.value == pytest.approx(drop.value)
    assert 0.2 < flip.value
    assert 0 == found["variant_flip(whitespace, right)"].value
    assert "missed" == record.evaluation.rolled_up("assistant")[0].verdict
    assert {"variant_drop(typo, right)", "variant_drop(typo, short)", "variant_flip(typo)"} <= {*found}


def test_samples_of_one_question_are_one_unit_and_replies_are_kept(tmp_path, endpoint):
    endpoint.replies = {"France": "Paris", "Italy": "Rome", "Spain": "Madrid"}
    folder = desk(tmp_path, endpoint.base_url, rows=30, samples=2)
    record: Any = sw.evaluate(sw.open(folder))
    flip = estimates(record)["variant_flip(whitespace, right)"]
    assert (60, 30) == (flip.n, flip.units)
    asked = len(endpoint.bodies)
    sw.evaluate(sw.open(folder))
    assert asked == len(endpoint.bodies)


@pytest.mark.slow
def test_a_real_model_is_asked_otherwise_and_its_changes_are_counted(tmp_path, language_model):
    """Some sixty short replies of a real model of 135 million parameters."""
    folder = desk(tmp_path, language_model, rows=18, model=NAME)
    record: Any = sw.evaluate(sw.open(folder))
    found = estimates(record)
    for variant in ("case", "whitespace", "typo"):
        drop = found[f"variant_drop({variant}, right)"]
        assert 0 < drop.n
        assert drop.low <= drop.value <= drop.high
    notes = next(each for each in record.evaluation.candidates if each.name == "assistant").notes
    assert any(note.startswith("typo: ") for note in notes)
