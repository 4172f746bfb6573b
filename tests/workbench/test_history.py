"""The history tells every decision and signature, plays one again, and says what became stale, altered or lost."""

from __future__ import annotations

from dataclasses import replace

import pytest

import shipworthy as sw
from shipworthy.errors import InputError
from shipworthy.store import append
from tests.workbench import assistants, shop
from tests.workbench.test_sign import decision, edited, records_of


@pytest.fixture
def signed(kept):
    """The product with one signature under its decision."""
    sw.sign(sw.open(kept), "Ana Lima", revisit="2099-01-01")
    return kept


def replayed(folder):
    product = sw.open(folder)
    return sw.replay(product, sw.records(product, "sign")[-1].id)


def test_decisions_and_signatures_are_listed_the_oldest_first(signed):
    found = sw.history(sw.open(signed))
    assert ["decision", "signature"] == [each.what for each in found.events]
    assert ("Ana Lima", "later", ()) == (found.events[1].by, found.events[1].due, found.problems)
    assert () == sw.history(sw.open(signed), due=True).events


def test_a_decision_played_again_is_the_same_and_nothing_is_stale(signed):
    found = replayed(signed)
    assert (True, (), (), ()) == (found.same, found.stale, found.changes, found.problems)
    assert ["decide", "evaluate", "audit"] == [each.record.verb for each in found.chain]
    assert found.again == found.decision
    assert ["Ana Lima"] == [each.by for _, each in found.signatures]


def test_nothing_is_written_by_looking_back(signed):
    before = records_of(signed)
    sw.history(sw.open(signed))
    replayed(signed)
    assert before == records_of(signed)


def test_a_record_that_lies_about_its_decision_is_found_out_by_playing_it_again(signed):
    """Somebody who can make hashes writes a decision that its verdicts do not give."""
    product = sw.open(signed)
    [real] = sw.records(product, "decide")
    assert real.evaluation is not None
    assert real.evaluation.decision is not None
    lie = replace(real.evaluation, decision=replace(real.evaluation.decision, answer="not_yet"))
    forged = replace(real, time="2026-11-22T23:59:59.000000Z", evaluation=lie)
    append(product.workspace, forged)
    found = sw.replay(product, forged.id)
    assert (False, "ship", "not_yet") == (found.same, found.again.answer, found.decision.answer)


def test_an_edited_rule_makes_its_own_verdicts_stale_and_no_others(signed):
    edited(signed, "bait > 1", "bait > 2")
    found = replayed(signed)
    assert {"keywords"} == {each.candidate for each in found.stale}
    assert any("keywords is another version" in why for why in found.stale[0].because)
    assert ("candidates.keywords.rule: bait > 1 OR winner -> bait > 2 OR winner",) == found.changes


def test_other_data_make_every_verdict_stale(signed):
    shop.write_csv(signed / "mail.csv", shop.mail(seed=1))
    found = replayed(signed)
    assert len(found.judged) == len(found.stale)
    assert ("logistic is not trained on what is there today",) == found.unseen


def test_data_that_are_gone_are_told_and_the_rest_is_played(signed):
    (signed / "mail.csv").unlink()
    found = replayed(signed)
    assert (True, ()) == (found.same, found.stale)
    assert found.unseen[0].startswith("the data cannot be read today")


def test_an_altered_decision_is_told_with_both_hashes(signed):
    [decided] = sw.records(sw.open(signed), "decide")
    path = decision(signed)
    path.write_text(path.read_text("utf-8").replace('"ship"', '"not_yet"'), encoding="utf-8")
    found = sw.history(sw.open(signed))
    assert ["altered", "what it signs is altered"] == [each.broken for each in found.events]
    [problem] = found.problems
    assert "record.altered" == problem.code
    assert f"expected the hash {decided.hash}, found " in problem.message
    with pytest.raises(InputError, match=f"expected the hash {decided.hash}"):
        replayed(signed)


def test_another_decision_in_place_of_the_signed_one_does_not_pass_for_it(signed):
    """Somebody who can make hashes puts a better record there; the signature knows the whole hash of the real one."""
    product = sw.open(signed)
    [real] = sw.records(product, "decide")
    append(product.workspace, replace(real, facts={**(real.facts or {}), "looks": 7}))
    (product.workspace.records / f"{real.id}.json").unlink()
    found = sw.history(product)
    assert ["", "what it signs is missing"] == [each.broken for each in found.events]


def test_a_missing_decision_is_told_apart_from_an_altered_one(signed):
    decision(signed).unlink()
    found = sw.history(sw.open(signed))
    assert [("signature", "what it signs is missing")] == [(each.what, each.broken) for each in found.events]
    assert ["record.missing"] == [each.code for each in found.problems]
    with pytest.raises(InputError) as caught:
        replayed(signed)
    assert "record.missing" == caught.value.problem.code


def test_a_signature_that_was_taken_out_is_missed_by_the_next(signed):
    product = sw.open(signed)
    first, _ = sw.records(product, "sign")[0], sw.sign(product, "Bo")
    (product.workspace.records / f"{first.id}.json").unlink()
    [problem] = sw.history(product).problems
    assert ("record.missing", True) == (problem.code, first.id in problem.message)


def test_a_missing_evaluation_is_told_and_the_decision_is_still_played(signed):
    [evaluated] = (signed / ".shipworthy" / "records").glob("*-evaluate-*.json")
    evaluated.unlink()
    found = replayed(signed)
    assert (True, ["record.missing"]) == (found.same, [each.code for each in found.problems])


def test_an_older_record_without_the_text_says_what_it_lacks(signed):
    product = sw.open(signed)
    [real] = sw.records(product, "decide")
    facts = {name: value for name, value in real.facts.items() if name != "product_yaml"}
    older = replace(real, time="2026-11-22T00:00:00.000000Z", facts=facts)
    append(product.workspace, older)
    assert sw.replay(product, older.id).same
    edited(signed, "recall >= 0.50", "recall >= 0.60")
    found = sw.replay(sw.open(signed), older.id)
    assert (None, True) == (found.same, "did not keep the text" in found.lacking)
    assert found.lacking in found.unseen


def test_only_decisions_are_played_again(signed):
    [evaluated] = sw.records(sw.open(signed), "evaluate")
    with pytest.raises(InputError) as caught:
        sw.replay(sw.open(signed), evaluated.id)
    assert "history.decision" == caught.value.problem.code


def test_another_model_behind_a_chat_candidate_makes_its_verdicts_stale(tmp_path, endpoint, monkeypatch):
    monkeypatch.setenv(assistants.VARIABLE, assistants.KEY)
    folder = assistants.folder_of(tmp_path, endpoint.base_url)
    sw.decide(sw.open(folder))
    sw.sign(sw.open(folder), "Ana", answer="not yet", because="to be safe")
    asked = len(endpoint.bodies)
    monkeypatch.delenv(assistants.VARIABLE)  # looking back asks nobody, so it needs no key
    edited(folder, "model: small", "model: small-2026-12")
    found = replayed(folder)
    assert ("candidates.assistant.chat.model: small -> small-2026-12",) == found.changes
    assert ["assistant"] * 3 == [each.candidate for each in found.stale]
    assert any("assistant is another version" in why for why in found.stale[0].because)
    assert asked == len(endpoint.bodies)
