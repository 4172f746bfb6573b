"""What a search finds: the first number that holds."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from shipworthy.stats.search import least_multiple, smallest

MOST = 2.0**23


@given(st.integers(0, 500), st.integers(0, 500), st.floats(-100, 600))
def test_the_smallest_number_is_found_from_any_guess(first, greatest, guess):
    assert (first if first <= greatest else None) == smallest(lambda n: n >= first, 0, greatest, guess)


@given(st.floats(1, MOST))
def test_the_least_multiple_is_found_to_a_thousandth(first):
    found = least_multiple(lambda multiple: multiple >= first, MOST)
    assert first <= found <= 1.001 * first


def test_nothing_is_found_where_the_most_does_not_hold():
    assert least_multiple(lambda multiple: multiple > MOST, MOST) is None
