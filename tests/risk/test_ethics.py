"""The card holds a metric, an owner and a date for each item, and lists what is missing."""

import pytest

from shipworthy.risk import register
from tests.risk.products import CHAT, GAP, evaluated, product, seen, verdict

GROUPED = {"protected": {"group": {"basis": "consent"}}}


def item(name, given, **records):
    return next(each for each in register(seen(given, **records)).ethics if each.item == name)


def test_the_card_has_five_items_and_an_empty_product_lacks_everything():
    found = register(seen(product(requirements=["auc >= 0.7"]))).ethics
    assert ["fairness", "transparency", "safety", "privacy", "recourse"] == [each.item for each in found]
    assert {("no metric", "no owner", "no date")} == {each.gaps[:3] for each in found}
    assert {"open"} == {each.standing for each in found}


@pytest.mark.parametrize(
    ("name", "base", "claim"),
    [
        ("fairness", {}, GAP),
        ("fairness", {}, "recall >= 0.5 for every group"),
        ("transparency", {}, "calibration_error <= 0.05"),
        ("safety", {}, "false_positive_rate <= 5 %"),
        ("safety", CHAT, "attack_success <= 5 %"),
        ("privacy", CHAT, "attack_success(privacy) <= 5 %"),
        ("privacy", {}, "personal(note) <= 1 %"),
    ],
)
def test_a_requirement_measures_its_item(name, base, claim):
    given = product(**{**base, **GROUPED, "requirements": [claim]})
    assert ((claim,), "undecided") == (item(name, given).measures, item(name, given).standing)
    found = item(name, given, evaluation=evaluated(verdict(claim, "missed")))
    assert ("missed", 1) == (found.standing, len(found.figures))


def test_the_poorest_of_several_requirements_is_how_an_item_stands():
    claims = [GAP, "recall >= 0.5 for every group"]
    given = product(**GROUPED, requirements=claims)
    record = evaluated(verdict(claims[0], "met"), verdict(claims[1], "undecided"))
    assert "undecided" == item("fairness", given, evaluation=record).standing


def test_owner_and_date_come_from_the_card_then_the_requirement_then_the_risk():
    risks = [{"risk": "K7", "owner": "of the risk", "revisit": "2027-03-01"}]
    plain = product(**GROUPED, requirements=[GAP], risks=risks)
    assert ("of the risk", "2027-03-01", ()) == (
        item("fairness", plain).owner, item("fairness", plain).by, item("fairness", plain).gaps,
    )  # fmt: skip
    owned = product(**GROUPED, requirements=[{"require": GAP, "owner": "of the claim"}], risks=risks)
    assert "of the claim" == item("fairness", owned).owner
    pledged = product(
        **GROUPED,
        requirements=[GAP],
        risks=risks,
        ethics={"fairness": {"owner": "pledged", "by": "2027-01-01"}},
    )
    assert ("pledged", "2027-01-01") == (item("fairness", pledged).owner, item("fairness", pledged).by)


def test_recourse_needs_a_way_to_appeal_which_undoing_is():
    assert "no way to appeal" in item("recourse", product()).gaps
    undone = product(action={"do": "hold", "undo": "move back"})
    assert "move back" == item("recourse", undone).how
    stated = product(
        ethics={"recourse": {"how": "write", "owner": "Ada", "by": "2027-01-01", "measure": "appeals heard"}}
    )
    assert ("stated", (), ("appeals heard",)) == (
        item("recourse", stated).standing, item("recourse", stated).gaps, item("recourse", stated).measures,
    )  # fmt: skip
