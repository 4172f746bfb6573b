"""The table of graders, and the ports through which models and own code come."""

from __future__ import annotations

import numpy as np
import pytest

from shipworthy.grade import GRADERS, Answer, grading_of
from shipworthy.spec.grading import KINDS, Grader
from tests.grade.asked import verdict


def test_every_kind_of_grader_is_described():
    assert set(KINDS) == set(GRADERS)


def of_function(function):
    """What a person's own function says of one answer."""
    grader = Grader.model_validate({"python": "checks.py:fine"})
    [grade] = grading_of(grader, own=lambda _: function)([Answer("yes", "ref", {"topic": "a"})])
    return grade.unscored if grade.passed is None else grade.passed


def broken(*_):
    raise ValueError


@pytest.mark.parametrize(
    ("function", "expected"),
    [
        (lambda text, row: text == "yes" and row["topic"] == "a" and row["reference"] == "ref", True),
        (lambda *_: (False, "rude"), False),
        (lambda *_: 1, True),
        (lambda *_: np.float64(0), False),
        (lambda *_: None, "the function gave None"),
        (lambda *_: (None, "too short"), "too short"),
        (lambda *_: "yes", "the function gave neither true, false nor None"),
        (lambda *_: 0.5, "the function gave neither true, false nor None"),
        (broken, "the function raised ValueError"),
    ],
)
def test_a_function_passes_fails_or_leaves_unscored(function, expected):
    assert expected == of_function(function)


def test_similarity_is_the_cosine_of_what_the_port_gives():
    vectors = {"a": (1.0, 0.0), "b": (0.8, 0.6), "c": (0.0, 1.0)}
    asked = []

    def embed(texts):
        asked.append(list(texts))
        return np.array([vectors[each] for each in texts])

    grading = grading_of(Grader.model_validate({"similarity": {"at_least": 0.75}}), embed=lambda: embed)
    found = grading([Answer("a", "b"), Answer("c", "a"), Answer(None, "a"), Answer("a", None)])
    assert [True, False, None, None] == [each.passed for each in found]
    assert ["", "", "no answer", "no reference"] == [each.unscored for each in found]
    assert [["a", "b", "c"]] == asked


def test_a_recorded_grade_is_nowhere_but_in_a_log():
    assert verdict({"recorded": "yes"}, "an answer") == "no grade recorded"
