"""What a search finds: the first number that holds, and where that comes and goes, the first that stays."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from shipworthy.stats.search import SAW, least_multiple, smallest

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


@given(st.floats(1, 1e4), st.floats(5, 50))
def test_a_multiple_on_a_saw_is_one_from_which_on_all_hold(first, teeth):
    """The saw drops by a tooth of the evidence each time a whole step is reached, and drops less and less."""

    def holds(multiple):
        return multiple - multiple * (multiple * teeth / first % 1) / teeth >= first

    found = least_multiple(holds, MOST, SAW)
    assert first <= found <= 1.6 * first
    assert all(holds(found * each) for each in SAW)
    assert found >= least_multiple(holds, MOST)
