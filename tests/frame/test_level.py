"""An answer starts as a suggestion, and each step up is earned."""

import pytest

from shipworthy.frame import framing
from tests.frame.decisions import decision


@pytest.mark.parametrize(
    ("facts", "level"),
    [
        ({}, "suggest"),
        ({"requirements_met": "undecided"}, "suggest"),
        ({"requirements_met": None}, "suggest"),
        ({"requirements_met": "yes"}, "act_with_undo"),
        ({"requirements_met": "yes", "met_live": "yes"}, "act"),
        ({"met_live": "yes"}, "suggest"),
        (
            {"requirements_met": "yes", "met_live": "yes", "legal_effect": "yes", "mitigated": "yes"},
            "suggest",
        ),
        ({"requirements_met": "yes", "met_live": "yes", "reversible": "no"}, "suggest"),
        ({"acted_on": "no"}, "none"),
        ({"labels": 0.0}, "none"),
    ],
)
def test_how_far_it_may_act_is_what_was_proved(facts, level):
    assert level == framing(decision(**facts)).level
