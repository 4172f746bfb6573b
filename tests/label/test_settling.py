"""What the labels of one item amount to."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shipworthy.label.queue import CANNOT_TELL
from shipworthy.label.settling import Outcome, outcome

OPEN, DISAGREED, UNCLEAR = Outcome("open"), Outcome("disagreed"), Outcome("unclear")


@pytest.mark.parametrize(
    ("labels", "wanted", "settled_by", "expected"),
    [
        ([], 1, [], OPEN),
        (["a"], 1, [], Outcome("settled", "a")),
        (["a"], 2, [], OPEN),
        (["a", "a"], 2, [], Outcome("settled", "a")),
        (["a", "b"], 2, [], DISAGREED),
        (["a", "b"], 2, ["b"], Outcome("settled", "b")),
        (["a", "b"], 2, ["c"], Outcome("settled", "c")),
        (["a", "b"], 2, [CANNOT_TELL], UNCLEAR),
        (["a", "a", "b"], 3, [], Outcome("settled", "a")),
        (["a", "b", "c"], 3, [], DISAGREED),
        ([CANNOT_TELL], 1, [], UNCLEAR),
        ([CANNOT_TELL, "a"], 2, [], DISAGREED),
        ([CANNOT_TELL, CANNOT_TELL], 2, [], UNCLEAR),
        (["a", "b", "b"], 2, [], Outcome("settled", "b")),
    ],
)
def test_classes_need_more_than_half_of_all_labels(labels, wanted, settled_by, expected):
    assert expected == outcome(labels, wanted, settled_by, numeric=False)


def test_of_numbers_the_median_counts():
    assert Outcome("settled", "2.5") == outcome(["2", "3"], 2, numeric=True)
    assert Outcome("settled", "3") == outcome(["2", "3", "40"], 3, numeric=True)


@given(st.lists(st.sampled_from("abc"), max_size=6), st.integers(1, 5))
def test_the_order_of_labels_does_not_matter(labels, wanted):
    assert outcome(labels, wanted, numeric=False) == outcome(labels[::-1], wanted, numeric=False)
