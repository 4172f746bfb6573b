"""A signature says who takes which decision; what cannot be one is refused with what to do."""

from __future__ import annotations

from dataclasses import replace

import pytest

from shipworthy.errors import InputError
from shipworthy.evidence import Dissent, Record
from shipworthy.sign import ANSWERS, Wanted, is_override, left_over, read_answer, signature_of
from tests.sign.decisions import PROVENANCE, TIME, decided, evaluation, verdict

TODAY = "2026-11-22"


def signed(record=None, earlier=(), **given):
    return signature_of(record or decided(), Wanted(**{"by": "Ana Lima", **given}), TODAY, earlier)


def refused(record=None, earlier=(), **given):
    with pytest.raises(InputError) as caught:
        signed(record, earlier, **given)
    assert caught.value.problem.remedy
    return caught.value.problem.code, caught.value.problem.message


def test_a_signature_names_the_record_by_its_whole_hash_and_takes_the_answer_of_the_decision():
    record = decided()
    found = signed(record)
    assert (record.id, record.hash) == (found.signed.record, found.signed.hash)
    assert ("Ana Lima", "ship", "ship", "logistic") == (
        found.by,
        found.answer,
        found.decided,
        found.candidate,
    )
    assert not found.override


def test_everything_that_was_given_is_kept_with_its_spaces_tidied():
    found = signed(
        because=" the  law ",
        dissent=("Bo : too early ",),
        risks=("one  country",),
        kill_switch="Cy",
        revisit="2027-02-01",
    )
    assert ("the law", (Dissent("Bo", "too early"),)) == (found.because, found.dissent)
    assert (("one country",), "Cy", "2027-02-01") == (found.risks, found.kill_switch, found.revisit)


def test_without_a_named_risk_the_open_claims_of_the_candidate_are_left():
    assert ("precision >= 0.50 is undecided: so it is",) == signed().risks


def test_where_every_claim_is_met_what_has_the_least_to_spare_is_left():
    record = decided("ship", "logistic", verdict("logistic", "recall >= 0.50", "met"))
    assert ("recall, which has the least to spare",) == signed(record).risks
    assert () == left_over(evaluation(verdict("logistic", "recall >= 0.50", "met")), "logistic")


@pytest.mark.parametrize(
    ("answer", "given"),
    [
        ("not_yet", {"answer": "ship"}),
        ("do_not_ship", {"answer": "ship"}),
        ("ship", {"answer": "do not ship"}),
    ],
)
def test_another_answer_than_the_decisions_needs_a_reason_and_is_an_override(answer, given):
    code, message = refused(decided(answer), **given)
    assert ("sign.override", True) == (code, f"the evidence says {answer}" in message)
    assert signed(decided(answer), because="the law", **given).override


def test_another_candidate_than_the_decisions_is_an_override_too():
    assert "sign.override" == refused(candidate="keywords")[0]
    found = signed(candidate="keywords", because="it is ours")
    assert ("keywords", True) == (found.candidate, found.override)


@pytest.mark.parametrize("answer", ANSWERS)
def test_only_the_answer_of_the_decision_is_no_override(answer):
    decision = decided("ship").evaluation.decision
    assert (answer != "ship") == is_override(decision, answer, "logistic")


@pytest.mark.parametrize("text", ["do_not_ship", "Do not ship", "do-not-ship", " DO  NOT_SHIP "])
def test_an_answer_may_be_written_as_people_write_it(text):
    assert "do_not_ship" == read_answer(text)


@pytest.mark.parametrize(
    ("given", "code", "told"),
    [
        ({"by": None}, "sign.name", "somebody's name"),
        ({"by": None, "answer": "ship"}, "sign.name", "somebody who signs"),
        ({"by": "  "}, "sign.name", "1 to 100 characters"),
        ({"by": "A\x00"}, "sign.name", "can be printed"),
        ({"by": "A" * 101}, "sign.name", "1 to 100 characters"),
        ({"answer": "shp"}, "sign.answer", "'shp' is no answer"),
        ({"dissent": ("too early",)}, "sign.dissent", "a name and a reason"),
        ({"dissent": ("Bo:",)}, "sign.dissent", "a name and a reason"),
        ({"dissent": (": early",)}, "sign.dissent", "a name and a reason"),
        ({"revisit": "soon"}, "sign.revisit", "is no day"),
        ({"revisit": "2026-02-30"}, "sign.revisit", "is no day"),
        ({"revisit": "2026-11-22"}, "sign.revisit", "is not after today"),
        ({"candidate": "logistik"}, "sign.candidate", "no candidate 'logistik'"),
        ({"candidate": "baseline"}, "sign.candidate", "no candidate 'baseline'"),
        ({"kill_switch": "\n"}, "sign.name", "--kill-switch"),
    ],
)
def test_what_cannot_be_signed_is_refused(given, code, told):
    found, message = refused(**given)
    assert code == found
    assert told in message


def test_a_ship_needs_a_candidate_where_the_decision_names_none():
    record = decided("do_not_ship", None)
    assert "sign.candidate" == refused(record, answer="ship", because="the law")[0]
    assert "keywords" == signed(record, answer="ship", because="the law", candidate="keywords").candidate
    alone = decided("do_not_ship", None, verdict("keywords", "recall >= 0.50", "missed"))
    assert "keywords" == signed(alone, answer="ship", because="the law").candidate


def test_only_a_decision_can_be_signed():
    record = decided()
    assert "sign.decision" == refused(Record("train", TIME, PROVENANCE))[0]
    assert (
        "sign.decision" == refused(replace(record, evaluation=replace(record.evaluation, decision=None)))[0]
    )


def test_dissent_can_be_added_alone_and_signs_nothing():
    found = signed(by=None, dissent=("Bo: too early", "Di: so: say I"))
    assert (None, None, (), None) == (found.by, found.answer, found.risks, found.candidate)
    assert (Dissent("Bo", "too early"), Dissent("Di", "so: say I")) == found.dissent


def test_nobody_signs_the_same_twice_but_a_mind_may_change():
    first = signed()
    assert "sign.twice" == refused(None, [first], by="ana  lima")[0]
    second = signed(None, [first], answer="not_yet", because="new facts")
    assert "ship" == signed(None, [first, second]).answer
    assert "Bo" == signed(None, [first], by="Bo").by
