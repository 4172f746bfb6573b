"""What people are told of a column is one text, or one for each direction."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from shipworthy.spec.explaining import Explain


def test_one_text_stands_for_both_directions():
    found = Explain.model_validate(
        {"reasons": {"late": "payments", "age": {"raises": "young", "lowers": "old"}}}
    )
    assert {"late": ("payments", "payments"), "age": ("young", "old")} == found.sentences
    assert (3, {}) == (Explain().top, Explain().sentences)


@pytest.mark.parametrize(
    "given",
    [{"top": 0}, {"top": 21}, {"top": "three"}, {"reasons": {"a": ""}}, {"reasons": {"a": {"raises": "x"}}}, {"reasons": {"a": 3}}, {"tops": 3}],
)  # fmt: skip
def test_what_says_nothing_is_refused(given):
    with pytest.raises(ValidationError):
        Explain(**given)
