"""Which variant a text gets follows from the section, the row and the seed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shipworthy.spec.kinds import VARIANTS
from shipworthy.spec.varying import Variants
from shipworthy.vary.making import maker

EVERY = {"typo": {}, "case": {}, "whitespace": {}, "order": {}, "paraphrase": {"column": "reworded"}}
MADE = [name for name in VARIANTS if name != "paraphrase"]


def section(**changes):
    return Variants.model_validate({"columns": "question", **EVERY, **changes})


@given(st.text(max_size=60), st.text(max_size=5))
@pytest.mark.parametrize("name", MADE)
def test_a_variant_is_never_the_text_itself_and_always_the_same(name, text, row_id):
    found = maker(section(), name)(text, row_id)
    assert found != text
    assert found == maker(section(), name)(text, row_id)


def test_other_rows_and_other_seeds_get_other_slips():
    text = "Where is the parcel that I ordered on Monday"
    rows = {maker(section(), "typo")(text, str(row)) for row in range(20)}
    seeds = {maker(section(seed=seed), "typo")(text, "a") for seed in range(20)}
    assert all(len(each) > 10 for each in (rows, seeds))


def test_the_names_of_variants_are_those_that_are_asked_for():
    assert VARIANTS == section().names
    assert ("case",) == Variants.model_validate({"columns": ["a", "b"], "case": {}}).names


@pytest.mark.parametrize(
    "wrong",
    [{"columns": "a"}, {"columns": ["a", "b"], "paraphrase": {"column": "c"}}, {"case": {}}],
    ids=["no variant", "two columns reworded", "no column"],
)
def test_a_section_that_says_too_little_or_too_much_is_refused(wrong):
    with pytest.raises(ValueError, match=r"no variant is named|paraphrase stands|required"):
        Variants.model_validate(wrong)
