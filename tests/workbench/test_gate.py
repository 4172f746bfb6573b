"""The gate holds today's product against what was signed: claim by claim, and metric by metric."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

import shipworthy as sw
from shipworthy.errors import InputError
from shipworthy.store import append
from tests.workbench import shop
from tests.workbench.test_sign import decision, edited


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A product with one rule, decided to ship; nobody may change it."""
    folder = shop.product_folder(tmp_path_factory.mktemp("gate") / "shop", rows=shop.mail(1200))
    sw.decide(sw.open(folder))
    return folder


@pytest.fixture
def product(made, tmp_path):
    """A copy of it."""
    return Path(shutil.copytree(made, tmp_path / "shop"))


@pytest.fixture
def signed(product):
    """A copy with a signature."""
    sw.sign(sw.open(product), "Ana Lima")
    return product


def outcomes(found):
    return [each.outcome for each in found.checks]


def test_without_a_signature_the_product_is_judged_on_its_own(product):
    found = sw.gate(sw.open(product))
    assert (0, None, None, ()) == (found.code, found.candidate, found.yardstick, found.shifts)
    assert ["passed"] * 3 == outcomes(found)
    assert "nobody signed" in found.notes[0]


def test_what_did_not_change_passes_and_the_fresh_decision_is_taken(signed):
    steps: list[str] = []
    found = sw.gate(sw.open(signed), progress=steps.append)
    assert (0, "keywords", ["the decision is fresh"]) == (found.code, found.candidate, steps)
    assert {"same"} == {each.standing for each in found.shifts if each.margin is not None}
    assert 1 == len(sw.records(sw.open(signed), "decide"))


def test_a_claim_that_was_met_and_is_missed_fails(signed):
    edited(signed, "bait > 1 OR winner", "bait > 6")
    found = sw.gate(sw.open(signed))
    assert (1, ["failed", "passed", "passed"]) == (found.code, outcomes(found))
    assert ("met", "missed", 12) == (found.checks[0].then, found.checks[0].verdict, found.checks[0].line)
    assert ["worse", "no_worse"] == [each.standing for each in found.shifts if each.margin is not None]


def test_what_is_still_met_but_shown_to_be_worse_fails(signed):
    edited(signed, "bait > 1 OR winner", "bait > 2")
    found = sw.gate(sw.open(signed))
    assert (1, ["passed"] * 3) == (found.code, outcomes(found))
    assert "worse" == found.shifts[0].standing
    assert 0 == sw.gate(sw.open(signed), margins=0.5).code
    assert 0 == sw.gate(sw.open(signed), margins={"recall": 0.5}).code


def test_a_signed_claim_that_is_taken_out_leaves_it_undecided(signed):
    edited(signed, "  - recall >= 0.50\n", "")
    found = sw.gate(sw.open(signed))
    assert (3, ("recall >= 0.50",)) == (found.code, found.dropped)


def test_a_stricter_claim_keeps_the_signed_one(signed):
    edited(signed, "recall >= 0.50", "recall >= 0.55")
    assert (0, ()) == ((found := sw.gate(sw.open(signed))).code, found.dropped)


def test_a_missing_owner_keeps_everything_from_shipping(signed):
    edited(signed, "owner: Trust and safety\n", "")
    found = sw.gate(sw.open(signed))
    assert (3, ("the product has no owner",)) == (found.code, found.blocked)


@pytest.fixture
def overridden(product):
    """A copy whose rule misses a claim, signed all the same."""
    edited(product, "recall >= 0.50", "recall >= 0.99")
    sw.decide(sw.open(product))
    sw.sign(sw.open(product), "Ana", answer="ship", because="a person looks", revisit="2099-01-01")
    return product


def test_an_override_lets_pass_what_it_was_signed_for(overridden):
    found = sw.gate(sw.open(overridden))
    assert (0, ["accepted", "passed", "passed"]) == (found.code, outcomes(found))


def test_an_override_ends_on_its_day(overridden):
    opened = sw.open(overridden)
    [record] = sw.records(opened, "sign")
    assert record.signature is not None
    lapsed = replace(
        record, time="2098-01-01T00:00:00.000000Z", signature=replace(record.signature, revisit="2020-01-01")
    )
    append(opened.workspace, lapsed)
    found = sw.gate(opened)
    assert (1, ["failed", "passed", "passed"]) == (found.code, outcomes(found))
    assert "its override holds no longer" in found.notes[0]


def test_the_newest_ship_is_the_yardstick_and_dissent_is_none(signed):
    first = sw.records(sw.open(signed), "sign")[0]
    sw.sign(sw.open(signed), "Bo", answer="not_yet", because="too early")
    sw.sign(sw.open(signed), dissent={"Di": "nor me"})
    found = sw.gate(sw.open(signed))
    assert first.id == found.yardstick.id


def test_where_nobody_signed_a_ship_the_newest_signature_is_the_yardstick(product):
    sw.sign(sw.open(product), "Bo", answer="not_yet", because="too early")
    found = sw.gate(sw.open(product))
    assert ("not_yet", 0) == (found.yardstick.signature.answer, found.code)
    assert "nobody signed a ship" in found.notes[0]


@pytest.mark.slow  # a whole product, and its kin prove the rest
def test_a_signed_candidate_that_is_gone_leaves_it_undecided(signed):
    edited(signed, "  keywords:", "  words:")
    found = sw.gate(sw.open(signed))
    assert (3, None, ()) == (found.code, found.candidate, found.shifts)
    assert "keywords, which was signed, is no candidate any more" in found.notes[0]


@pytest.mark.parametrize(
    "spoil", [lambda path: path.unlink(), lambda path: path.write_text(path.read_text() + " \n{")]
)
def test_a_signed_record_that_is_lost_or_broken_stops_the_gate_and_nothing_is_written(signed, spoil):
    spoil(decision(signed))
    before = sorted(path.name for path in (signed / ".shipworthy" / "records").iterdir())
    with pytest.raises(InputError, match="what Ana Lima signed cannot be held against"):
        sw.gate(sw.open(signed))
    assert before == sorted(path.name for path in (signed / ".shipworthy" / "records").iterdir())


@pytest.mark.parametrize("margins", [{"recal": 0.1}, {"recall": -0.1}, -1.0])
def test_a_margin_that_cannot_be_is_refused(signed, margins):
    with pytest.raises(InputError) as caught:
        sw.gate(sw.open(signed), margins=margins)
    assert "gate.margin" == caught.value.problem.code
