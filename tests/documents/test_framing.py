"""The page of a framing: the answer, each number that of its record, nothing read as markup."""

import pytest

from shipworthy.documents import disagreements, framing_page
from shipworthy.documents.figure import plain_text
from shipworthy.documents.framing import ANSWERS, shown_flip, shown_inputs
from shipworthy.errors import InputError
from shipworthy.evidence import Framing, Provenance, Record
from shipworthy.frame import framing
from shipworthy.frame.inputs import known
from shipworthy.spec.reading import read_product
from tests.frame.decisions import decision

PRODUCT = read_product(
    "product: Mail <shield>\npredicts: {target: spam}\ndata: {examples: {source: mail.csv}}\nrequirements: [recall >= 0.5]\n",
    "product.yaml",
)
INPUTS = Provenance("spec", (), {}, "0.1.0", 0, "none")


def record(found):
    return Record("frame", "2026-11-22T07:48:17.123456Z", INPUTS, framing=found)


def shown(found: Framing, name):
    return next(plain_text(value) for each, value in shown_inputs(found) if each.name == name).replace(
        "\xa0", " "
    )


def flipped(found: Framing, name):
    at = next(at for at, each in enumerate(found.flips) if each.input == name)
    return plain_text(shown_flip(found, at)).replace("\xa0", " ")


def test_every_number_of_the_page_is_that_of_its_record():
    for changed in (
        {},
        {"build_cost": (1_000.0, 2_000.0)},
        {"output": "open", "checker": "no"},
        {"agreement": None},
    ):
        kept = record(framing(decision(**changed)))
        assert () == disagreements(framing_page(PRODUCT, kept).html, kept)


def test_the_page_says_the_answer_the_rule_and_what_would_flip_it():
    page = framing_page(PRODUCT, record(framing(decision())))
    for text in (page.html, page.markdown):
        assert "A predictive model" in text
        assert "F6" in text
        assert "What would flip it" in text
    assert "<shield>" not in page.html


def test_what_is_to_find_out_is_listed():
    page = framing_page(PRODUCT, record(framing(decision(agreement=None))))
    assert "To find out" in page.markdown
    assert "<code>agreement</code>" in page.html


def test_every_answer_has_a_name():
    assert all(ANSWERS.values())


@pytest.mark.parametrize(
    ("name", "value", "text"),
    [
        ("volume", 2_000_000.0, "2,000,000 decisions / month"),
        ("build_cost", (40_000.0, 60_000.0), "$40,000 to $60,000"),
        ("base_rate", (0.08, 0.12), "8 to 12 %"),
        ("true_positive", 0.02, "$0.02 / decision"),
        ("agreement", 0.85, "0.85"),
        ("label_lag", 7.0, "7 days"),
        ("static", "no", "no"),
    ],
)
def test_an_input_is_shown_as_people_write_it(name, value, text):
    assert text == shown(framing(decision(**{name: value})), name)


def test_a_measured_input_is_shown_with_its_interval():
    rate = known("base_rate", 0.0936, "evidence", "", low=0.0846, high=0.1032)
    assert "9.4 % (8.4 to 10.4)" == shown(framing(decision().having(rate)), "base_rate")


def test_a_flip_is_rounded_away_so_that_what_is_shown_flips_too():
    """The volume of no gain is 30,555.6, the cost 300,000; both are told beyond the boundary."""
    found = framing(decision())
    assert "below 30,500 decisions / month" == flipped(found, "volume")
    assert "above $301,000" == flipped(found, "build_cost") or "above $300,000" == flipped(
        found, "build_cost"
    )
    assert "below 0.6" == flipped(found, "agreement")
    assert "yes" == flipped(found, "static")


def test_a_record_without_a_framing_makes_no_page():
    with pytest.raises(InputError, match="holds no framing"):
        framing_page(PRODUCT, Record("plan", "2026-11-22T07:48:17.123456Z", INPUTS))
