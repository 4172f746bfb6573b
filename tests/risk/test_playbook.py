"""Steps come in order: what is not verified is not sized, and what is not measured again is not learnt."""

from itertools import permutations

import pytest

from shipworthy.errors import InputError
from shipworthy.evidence.incident import STEPS
from shipworthy.risk.playbook import QUESTIONS, answers, prove_turn, step_named
from tests.risk.incidents import OPENED, after, step

FIXED = ("verify", "size", "contain", "tell", "cause", "fix")


def test_the_whole_way_closes_it():
    found = after(*FIXED, step("re-measure", "met"), "learn")
    assert (True, None, list(STEPS)) == (found.closed, found.next_step, [each.step for each in found.steps])


@pytest.mark.parametrize("at", range(len(STEPS)))
def test_no_step_may_be_taken_before_those_that_come_first(at):
    before = after(*(step(name, "met" if name == "re-measure" else "") for name in STEPS[:at]))
    for name in STEPS:
        if name == STEPS[at]:
            prove_turn(before, name, "")
        else:
            with pytest.raises(InputError) as caught:
                prove_turn(before, name, "")
            assert "incident.order" == caught.value.problem.code
            assert STEPS[at] in caught.value.problem.remedy


def test_only_one_order_of_the_first_four_steps_is_taken_without_a_reason():
    taken = []
    for order in permutations(STEPS[:4]):
        try:
            after(*order)
        except InputError:
            continue
        taken.append(order)
    assert [STEPS[:4]] == taken


def test_contain_may_come_at_once_with_a_reason_and_what_was_passed_over_still_comes():
    with pytest.raises(InputError, match="contain comes after verify"):
        prove_turn(OPENED, "contain", "  ")
    found = after(step("contain", early="letters go out tonight"))
    assert "verify" == found.next_step
    assert "tell" == after("verify", "size", incident=found).next_step


@pytest.mark.parametrize("name", [name for name in STEPS if name not in ("verify", "contain")])
def test_no_other_step_may_come_early_whatever_the_reason(name):
    with pytest.raises(InputError, match=f"{name} comes after verify"):
        prove_turn(OPENED, name, "in a hurry")


def test_a_fix_that_is_measured_and_missed_is_made_again():
    missed = after(*FIXED, step("re-measure", "missed"))
    assert ("fix", False) == (missed.next_step, missed.closed)
    mended = after("fix", step("re-measure", "met"), "learn", incident=missed)
    assert mended.closed


def test_a_fix_that_is_not_proved_is_measured_again_or_accepted_by_somebody_with_a_reason():
    unproved = after(*FIXED, step("re-measure", "undecided"))
    assert "re-measure" == unproved.next_step
    with pytest.raises(InputError, match="learn comes after re-measure") as caught:
        prove_turn(unproved, "learn", "")
    assert "--because" in caught.value.problem.remedy
    assert after(step("learn", early="the board accepts it"), incident=unproved).closed


def test_a_fix_that_was_missed_cannot_be_accepted():
    with pytest.raises(InputError, match="learn comes after fix"):
        prove_turn(after(*FIXED, step("re-measure", "missed")), "learn", "never mind")


def test_what_the_evidence_does_not_bear_out_is_told_and_learnt():
    found = after(step("verify", "met"))
    assert "size" == found.next_step
    assert after("tell", "learn", incident=found).closed


def test_what_the_evidence_does_not_decide_goes_the_whole_way():
    with pytest.raises(InputError, match="tell comes after size"):
        after(step("verify", "undecided"), "tell")


def test_a_closed_incident_takes_no_step():
    closed = after(*FIXED, step("re-measure", "met"), "learn")
    with pytest.raises(InputError) as caught:
        prove_turn(closed, "verify", "")
    assert "incident.closed" == caught.value.problem.code


@pytest.mark.parametrize(
    ("written", "meant"), [("Remeasure", "re-measure"), ("re measure", "re-measure"), ("SIZE", "size")]
)
def test_a_step_is_found_however_it_is_written(written, meant):
    assert meant == step_named(written)


def test_a_step_that_does_not_exist_is_told_with_the_nearest():
    with pytest.raises(InputError, match="no step is called 'verfy'") as caught:
        step_named("verfy")
    assert "Did you mean 'verify'?" in caught.value.problem.remedy


@pytest.mark.parametrize("name", STEPS)
def test_every_step_asks_and_takes_one_answer_for_all_or_one_for_each(name):
    said = "label" if name == "cause" else "yes"
    assert [said] == [each.answer for each in answers(name, [said])]
    each = answers(name, [said] * len(QUESTIONS[name]))
    assert QUESTIONS[name] == tuple(one.question for one in each)
    for wrong in ([], [" "], [said] * (len(QUESTIONS[name]) + 1)):
        if len(wrong) != 2 or len(QUESTIONS[name]) != 2:
            with pytest.raises(InputError):
                answers(name, wrong)


def test_a_cause_is_one_of_six():
    with pytest.raises(InputError, match="names none of the causes") as caught:
        answers("cause", ["bad luck"])
    assert "representation" in caught.value.problem.remedy
