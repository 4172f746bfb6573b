"""The same words otherwise arranged stay the same words."""

from __future__ import annotations

import re
from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shipworthy.vary.arranging import in_case, in_order, with_blanks


def draw(seed=0):
    return np.random.default_rng(seed)


@given(st.text(max_size=80), st.integers(0, 1_000))
def test_blanks_change_no_word_and_come_to_every_text(text, seed):
    found = with_blanks(text, 0.5, draw(seed))
    if found is None:
        assert not text.strip()
    else:
        assert text != found
        assert text.split() == found.split()


@given(st.lists(st.text("abc1 ", min_size=1).filter(str.strip), max_size=6), st.integers(0, 1_000))
@pytest.mark.parametrize(("of", "gap"), [("lines", "\n"), ("paragraphs", "\n\n"), ("sentences", ". ")])
def test_parts_are_the_same_in_another_order(of, gap, parts, seed):
    text = gap.join(parts)
    found = in_order(text, of, draw(seed))
    if found is not None:
        assert text != found
        assert Counter(re.findall(r"\w", text)) == Counter(re.findall(r"\w", found))
        if of != "sentences":
            assert Counter(parts) == Counter(found.split(gap))


@pytest.mark.parametrize(
    ("text", "of"), [("One sentence.", "sentences"), ("a\na", "lines"), ("a\nb", "paragraphs"), ("", "lines")]
)
def test_a_text_with_fewer_than_two_different_parts_has_no_other_order(text, of):
    assert in_order(text, of, draw()) is None


def test_two_parts_change_places_whatever_chance_says():
    assert {"B. A."} == {in_order("A. B.", "sentences", draw(seed)) for seed in range(50)}


@pytest.mark.parametrize(
    ("text", "to", "found"), [("Hello", "upper", "HELLO"), ("HELLO", "upper", None), ("123", "lower", None)]
)
def test_a_text_that_has_these_letters_already_cannot_be_changed(text, to, found):
    assert found == in_case(text, to)
