from __future__ import annotations

import difflib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shipworthy.spec.reading import read_places, read_product
from shipworthy.spec.tree import read_tree
from shipworthy.spec.writing import with_value
from tests.spec.product_files import FULL, SMALL

LOCS = sorted((loc for loc in read_places(FULL, "p").spots if loc), key=str)


def changes(before, after):
    return [line for line in difflib.ndiff(before.splitlines(), after.splitlines()) if line[0] in "+-"]


def test_changing_a_value_changes_one_line_and_keeps_comments():
    after = with_value(FULL, ("product",), "Mail guard: new")

    assert [
        "- product: Mail shield            # the name in the shop",
        "+ product: 'Mail guard: new'            # the name in the shop",
    ] == changes(FULL, after)
    assert "Mail guard: new" == read_product(after, "p").product


@given(st.sampled_from(LOCS), st.text(max_size=8) | st.integers() | st.lists(st.booleans()))
def test_any_value_of_a_file_can_be_replaced_and_nothing_else_changes(loc, value):
    before, after = read_tree(FULL, "p").data, read_tree(with_value(FULL, loc, value), "p").data
    *path, last = loc
    for part in path:
        before, after = before[part], after[part]

    assert value == after[last]
    before[last] = after[last] = None
    assert before == after


def test_an_empty_value_can_be_filled():
    assert "{a: me, b}" == with_value("{a, b}", ("a",), "me")
    assert f"{SMALL}owner: me\n" == with_value(f"{SMALL}owner:\n", ("owner",), "me")


def test_a_path_that_the_file_has_not_is_a_key_error():
    with pytest.raises(KeyError):
        with_value(SMALL, ("owner",), "me")
