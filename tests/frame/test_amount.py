"""Sums, products and order of numbers between two ends hold for every number between them."""

from hypothesis import given
from hypothesis import strategies as st

from shipworthy.frame.amount import Amount

ENDS = st.tuples(st.floats(-1e3, 1e3), st.floats(-1e3, 1e3)).map(sorted)
WITHIN = st.floats(0, 1)


@given(ENDS, ENDS, WITHIN, WITHIN)
def test_an_operation_holds_the_result_of_any_two_numbers(first, second, at, other):
    a, b = Amount(*first), Amount(*second)
    x, y = (ends[0] + share * (ends[1] - ends[0]) for ends, share in ((first, at), (second, other)))
    for found, result in ((a + b, x + y), (a - b, x - y), (a * b, x * y)):
        assert found.low - 1e-6 <= result <= found.high + 1e-6
    if a.below(b) is not None:
        assert a.below(b) == (x < y) or abs(x - y) < 1e-9


def test_what_is_missing_or_wide_is_handed_on():
    a, b = Amount(0, 0, missing=frozenset("a")), Amount(1, 2, wide=frozenset("b"))
    assert (frozenset("a"), frozenset("b")) == ((a + b).missing, (a * b).wide)
    assert a.below(b) is None
    assert ("a",) == a.open_with(b)
    assert ("b",) == Amount(1.5, 1.5).open_with(b)
