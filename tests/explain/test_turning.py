"""The smallest observed change of one column that turns an answer."""

from __future__ import annotations

import numpy as np

from shipworthy.explain.turning import MOST_WORDS, turned
from tests.explain.models import port

NUMBERS = np.array([0.0, 3.0, 7.0, 9.0, np.nan, 2.0])


def yes_from(pool, bound):
    """Yes where the sum of the columns is at least the bound; no answer where it is not known."""
    sums = port(pool, lambda rows: rows.sum(axis=1))

    def answer(origin):
        found = sums(origin)
        return [None if np.isnan(each) else "yes" if each >= bound else "no" for each in found]

    return answer


def places(found):
    return [(each.column, each.place, each.answer) for each in found]


def test_the_nearest_number_that_turns_the_answer_is_found():
    pool = NUMBERS[:, None]
    assert [(0, 2, "yes")] == places(turned(yes_from(pool, 5), [NUMBERS], 5))
    assert [(0, 5, "no")] == places(turned(yes_from(pool, 2.5), [NUMBERS], 1))


def test_where_no_value_turns_it_that_is_said():
    assert [(0, None, None)] == places(turned(yes_from(NUMBERS[:, None], 50), [NUMBERS], 5))


def test_each_column_is_changed_alone():
    pool = np.array([[1.0, 1.0], [4.0, 0.0], [0.0, 9.0]])
    found = turned(yes_from(pool, 5), [pool[:, 0], pool[:, 1]], 0)
    assert [(0, 1, "yes"), (1, 2, "yes")] == places(found)


def test_words_are_tried_from_the_most_frequent_down_and_unknown_ones_never():
    words = ("red", "blue", "green", "green", None, "red")
    answer = lambda origin: ["no" if words[at] in ("red", None) else str(words[at]) for at in origin[:, 0]]  # noqa: E731 - a port of one line
    assert [(0, 2, "green")] == places(turned(answer, [words], 0))


def test_texts_and_columns_of_too_many_words_are_not_tried():
    many = tuple(str(each) for each in range(MOST_WORDS + 1))
    assert () == turned(lambda origin: ["no"] * len(origin), [many, None], 0)


def test_a_row_without_an_answer_cannot_turn():
    assert () == turned(yes_from(NUMBERS[:, None], 5), [NUMBERS], 4)


def test_from_an_unknown_number_the_values_nearest_the_median_are_tried_first():
    known = np.array([1.0, 5.0, 6.0, 9.0, np.nan])
    answer = lambda origin: ["yes" if known[at] >= 5 else "no" for at in origin[:, 0]]  # noqa: E731 - a port of one line
    assert [(0, 1, "yes")] == places(turned(answer, [known], 4))
