"""Rows become columns of the log: ids of the examples, answers in the label's words, grades with their reasons."""

from __future__ import annotations

from typing import Any

import pytest

from shipworthy.errors import InputError
from shipworthy.foreign import Row, sheet


def columns(*rows: Row, **options: Any):
    return sheet(rows, **{"id_from": None, "words": None, "numeric": False, "file": "f.json", **options})


def row(id_: str, answer: str | None, **more: Any) -> Row:
    return Row(id_, "small", answer, answer, error=None if answer is not None else "boom", **more)


def test_ids_come_from_the_field_that_is_named():
    found = columns(row("0", "x", fields={"vars.key": "m7"}), id_from="vars.key")
    assert (["m7"], ["m7"]) == (found.texts["id"], found.texts["vars.key"])


@pytest.mark.parametrize(
    ("name", "words"), [("vars.kee", "no such field"), ("vars.some", "1 of 2 rows have none")]
)
def test_a_field_that_is_not_there_is_no_id(name, words):
    rows = row("0", "x", fields={"vars.key": "a", "vars.some": "b"}), row("1", "y", fields={"vars.key": "b"})
    with pytest.raises(InputError, match=words) as caught:
        columns(*rows, id_from=name)
    assert ("import.id", True) == (caught.value.problem.code, "vars." in str(caught.value.problem.remedy))


def test_answers_are_taken_in_the_words_of_the_label():
    found = columns(row("a", " **Spam.** "), row("b", "no idea"), row("c", None), words=["spam", "ham"])
    assert ["spam", None, None] == found.texts["prediction"]
    assert [None, "the answer is none of the label's values: 'no idea'", "boom"] == found.texts["error"]
    assert " **Spam.** " == found.texts["output"][0]
    assert [
        "1 of 3 recorded rows have no answer, and stay as unanswered",
        "recorded answers that are none of the label's values, and count as unanswered: 1",
    ] == [*found.notes]


def test_answers_of_which_none_is_a_word_are_an_error():
    with pytest.raises(InputError, match=r"no answer of f\.json is one of 0, 1; the first one is 'spam'"):
        columns(row("a", "spam"), words=["0", "1"])


def test_numbers_are_numbers():
    found = columns(row("a", "4.5"), row("b", "many"), row("c", "nan"), numeric=True)
    assert [4.5, None, None] == found.numbers["prediction"]


def test_a_row_that_crashed_is_unscored_and_says_why():
    found = columns(row("a", "x", grades={"tone": 1.0, "fact": "the judge gave up"}), row("b", None))
    assert [1.0, None] == found.numbers["grade.tone"]
    assert [None, "boom"] == found.texts["grade.tone.unscored"]
    assert ["the judge gave up", "boom"] == found.texts["grade.fact.unscored"]


def test_answers_to_one_id_are_numbered():
    once, often = columns(row("a", "x"), row("b", "x")), columns(row("a", "x"), row("a", "y"), row("b", "x"))
    assert (False, True) == (once.repeated, often.repeated)
    assert ["1", "2", "1"] == often.texts["repeats"]
