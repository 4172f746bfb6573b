"""How a column falls into categories in two tables adds up, like every tally."""

from hypothesis import given
from hypothesis import strategies as st

from shipworthy.tally.shift import Shift

COUNTS = st.dictionaries(st.sampled_from("abcd"), st.tuples(*[st.integers(0, 50).map(float)] * 3))
SHIFTS = st.builds(Shift, COUNTS, COUNTS)


def parts(shift):
    return {**shift.here}, {**shift.there}


@given(SHIFTS, SHIFTS, SHIFTS)
def test_adding_is_associative(a, b, c):
    assert parts((a + b) + c) == parts(a + (b + c))


@given(SHIFTS)
def test_an_empty_one_changes_nothing(shift):
    assert parts(shift) == parts(shift + Shift()) == parts(Shift() + shift)


def test_rows_elsewhere_stay_when_rows_here_are_scaled():
    scaled = Shift({"a": (2.0, 3.0, 4.0)}, {"b": (5.0, 5.0, 5.0)}).scaled(2)
    assert ({"a": (4.0, 6.0, 8.0)}, {"b": (5.0, 5.0, 5.0)}) == parts(scaled)
    assert (4, 5) == scaled.rows
    assert ("a", "b") == scaled.categories
