"""Parts of a suite."""

from __future__ import annotations

import pytest

from shipworthy.errors import InputError
from shipworthy.misuse.choosing import chosen
from shipworthy.misuse.shipped import shipped_suite

CORE = shipped_suite("core")


def test_without_a_choice_all_attacks_remain():
    assert CORE == chosen(CORE)


def test_choices_narrow_one_another():
    part = chosen(CORE, hazards=["privacy", "hate"], severities=["severe"])

    assert {("privacy", "severe"), ("hate", "severe")} == {
        (each.hazard, each.severity) for each in part.attacks
    }
    assert CORE.name == part.name


def test_attacks_can_be_chosen_by_method():
    assert {"LLM01"} == {each.method for each in chosen(CORE, methods=["LLM01"]).attacks}


@pytest.mark.parametrize(
    ("choice", "advice"),
    [
        ({"hazards": ["privacyy"]}, "Did you mean 'privacy'?"),
        ({"methods": ["plane"]}, "Did you mean 'plain'?"),
        ({"severities": ["serous"]}, "Did you mean 'serious'?"),
        ({"hazards": ["hate"], "methods": ["LLM06"]}, "fewer"),
    ],
)
def test_a_choice_that_leaves_nothing_is_refused_with_advice(choice, advice):
    with pytest.raises(InputError) as caught:
        chosen(CORE, **choice)

    assert "misuse.choice" == caught.value.problem.code
    assert advice in caught.value.problem.remedy
