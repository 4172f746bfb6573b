"""Slips of the finger change words and nothing else."""

from __future__ import annotations

import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shipworthy.vary.slips import neighbours, slipped, with_slips

WORDS = st.text(st.characters(categories=["L"]), min_size=3, max_size=12)


def draw(seed=0):
    return np.random.default_rng(seed)


@given(WORDS, st.integers(0, 1_000))
def test_a_word_with_a_slip_is_another_word_that_begins_alike(word, seed):
    found = slipped(word, draw(seed))
    assert found != word
    assert word[0] == found[0]
    assert len(word) - len(found) in (0, 1)


@given(st.text(max_size=80), st.integers(1, 20), st.integers(0, 1_000))
def test_digits_and_punctuation_stay(text, edits, seed):
    found = with_slips(text, edits, draw(seed))
    if found is None:
        assert not re.search(r"[^\W\d_]{3}", text)
    else:
        assert re.sub(r"[^\W\d_]", "", text) == re.sub(r"[^\W\d_]", "", found)
        assert text != found


@given(st.lists(WORDS, min_size=1, max_size=9), st.integers(1, 20), st.integers(0, 1_000))
def test_as_many_words_are_changed_as_are_asked_for(words, edits, seed):
    found = (with_slips(" ".join(words), edits, draw(seed)) or "").split(" ")
    assert min(edits, len(words)) == sum(one != other for one, other in zip(words, found, strict=True))


@pytest.mark.parametrize("text", ["", "4711", "a b 12", "?!", "to be or"])
def test_a_text_without_a_word_of_three_letters_has_no_slip(text):
    assert with_slips(text, 2, draw()) is None


@pytest.mark.parametrize(
    ("letter", "keys"), [("s", ("a", "d")), ("S", ("A", "D")), ("q", ("w",)), ("m", ("n",)), ("ß", ())]
)
def test_neighbours_are_those_of_the_keyboard_in_the_same_case(letter, keys):
    assert keys == neighbours(letter)
