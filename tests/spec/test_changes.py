"""Two texts of one product.yaml are held against each other claim by claim and value by value."""

from __future__ import annotations

from shipworthy.spec.changes import spec_changes
from shipworthy.spec.reading import read_product
from tests.workbench.shop import PRODUCT, changed


def lines(after, before=PRODUCT):
    return spec_changes(read_product(before, "p"), read_product(after, "p")).lines


def test_the_same_text_with_another_comment_changes_nothing():
    assert not spec_changes(read_product(PRODUCT, "p"), read_product(f"# new\n{PRODUCT}", "p"))


def test_a_claim_that_was_edited_came_and_went():
    assert ("- recall >= 0.50", "+ recall >= 0.60") == lines(changed("recall >= 0.50", "recall >= 0.60"))


def test_a_value_is_told_with_its_keys_as_it_was_and_as_it_is():
    text = changed("false_positive: -0.1,", "false_positive: -0.2,")
    assert ("value.false_positive: -0.1 -> -0.2",) == lines(text)


def test_what_is_new_and_what_is_gone_is_told():
    text = changed("owner: Trust and safety\n", "")
    assert ("owner: Trust and safety (gone)",) == lines(text)
    assert ("owner: Trust and safety (new)",) == lines(PRODUCT, text)
