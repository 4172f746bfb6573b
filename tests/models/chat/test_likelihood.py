"""The chances of answers are shares of what the first token gives their words, whatever their spelling."""

from __future__ import annotations

from math import isclose, log

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shipworthy.models.chat.likelihood import Chances, calibrated, chances

WORDS = {"1": ("yes", "spam"), "0": ("no",)}


def tops(**tokens):
    return tuple((token, log(chance)) for token, chance in tokens.items())


def test_cases_spaces_and_beginnings_of_words_are_summed_and_the_mass_is_told():
    place = (*tops(yes=0.2, YES=0.1, no=0.2, maybe=0.3), (" Yes", log(0.05)), ("sp", log(0.05)))
    found = chances([place], WORDS)
    assert found is not None
    assert isclose(0.6, found.mass)
    assert isclose(0.4 / 0.6, found.of["1"])
    assert isclose(1.0, sum(found.of.values()))


def test_blank_tokens_before_the_answer_are_passed_over():
    found = chances([((" ", -0.1), ("yes", -3.0)), tops(no=0.9, yes=0.1)], WORDS)
    assert found is not None
    assert isclose(0.1, found.of["1"])


def test_a_token_that_begins_words_of_two_answers_counts_for_neither():
    found = chances([tops(n=0.5, nope=0.2, no=0.3)], {"a": ("no",), "b": ("nope",)})
    assert found is not None
    assert isclose(0.5, found.mass)


@pytest.mark.parametrize("places", [(), (tops(maybe=0.9),), ((("\n", -0.1),),)])
def test_without_a_word_of_an_answer_there_are_no_chances(places):
    assert chances(places, WORDS) is None


def test_calibration_by_what_an_empty_input_answers_takes_its_lean_away():
    lean = Chances({"1": 0.8, "0": 0.2}, 0.9)
    assert isclose(0.5, calibrated(lean, lean).of["1"])
    # Zhao and others (2021): divided by the prior, and made to add up to 1 again.
    assert isclose(
        (0.9 / 0.8) / (0.9 / 0.8 + 0.1 / 0.2), calibrated(Chances({"1": 0.9, "0": 0.1}, 1.0), lean).of["1"]
    )


@given(st.floats(0.0, 1.0), st.floats(0.0, 1.0))
def test_calibrated_chances_add_up_to_one_and_keep_the_order_of_rows(one, prior):
    found = calibrated(Chances({"1": one, "0": 1 - one}, 1.0), Chances({"1": prior, "0": 1 - prior}, 1.0))
    more = calibrated(
        Chances({"1": min(one + 0.1, 1.0), "0": max(0.9 - one, 0.0)}, 1.0),
        Chances({"1": prior, "0": 1 - prior}, 1.0),
    )
    assert isclose(1.0, sum(found.of.values()))
    assert more.of["1"] >= found.of["1"] - 1e-12
