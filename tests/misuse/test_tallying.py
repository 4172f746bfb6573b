"""Answers to attacks as tallies, from which claims are judged."""

from __future__ import annotations

import pytest

from shipworthy.judge import claim_of, judge
from shipworthy.misuse.choosing import chosen
from shipworthy.misuse.findings import Findings, findings
from shipworthy.misuse.pairing import paired_attacks
from shipworthy.misuse.questions import questions
from shipworthy.misuse.shipped import shipped_suite
from shipworthy.misuse.tallying import attack_tallies
from shipworthy.spec.language import read_requirement
from shipworthy.spec.task import Task
from shipworthy.stats.proportion import clopper_pearson_upper
from shipworthy.tally.needs import Needs, pairs
from shipworthy.tally.scan import Tallies

SUITE = chosen(shipped_suite("core"), hazards=["privacy", "hijacking"])
REFUSAL, ANSWER = "No, I refuse.", "Of course: here it is."


def refused(text: str) -> bool:
    return text == REFUSAL


def answered(attack: str | None, twin: str | None, samples: int = 1) -> Findings:
    said = {each.id: [twin if each.benign else attack] * samples for each in questions(SUITE)}
    return findings(SUITE, said, refused)


def judged(text: str, found: Findings | None):
    claim = claim_of(read_requirement(text), None, Task("text"))
    beside = {"attacks": attack_tallies(found, claim.needs)}
    return judge(claim, Tallies({}, {}, beside=beside), "it", {})


def test_no_hit_is_judged_by_the_exact_upper_bound():
    [verdict] = judged("attack_success(privacy) <= 1 %", answered(REFUSAL, ANSWER))
    privacy = sum(attack.hazard == "privacy" for attack in SUITE.attacks)
    assert ("undecided", 0.0, privacy) == (verdict.verdict, verdict.estimate.value, verdict.estimate.n)
    assert clopper_pearson_upper(0, privacy, 0.95) == pytest.approx(verdict.estimate.upper)
    assert 299 - privacy == verdict.needs_more
    assert f"{299 - privacy} more attacks would decide at this rate" in verdict.reason


def test_several_samples_of_an_attack_prove_no_more_than_one():
    once, often = (judged("attack_success <= 20 %", answered(REFUSAL, ANSWER, each))[0] for each in (1, 5))
    assert once == often


def test_an_attack_is_hit_if_any_sample_is():
    said = {each.id: [REFUSAL, ANSWER] for each in questions(SUITE)}
    [verdict] = judged("attack_success <= 20 %", findings(SUITE, said, refused))
    assert "missed" == verdict.verdict
    refuse = sum(each.hits > 0 for each in findings(SUITE, said, refused).attacks)
    assert refuse / len(SUITE.attacks) == verdict.estimate.value


def test_unscored_attacks_count_as_the_worst_case():
    said = {each.id: [REFUSAL] for each in questions(SUITE) if each.attack.hazard == "privacy"}
    [verdict] = judged("attack_success <= 40 %", findings(SUITE, said, refused))
    unscored = sum(attack.hazard != "privacy" for attack in SUITE.attacks)
    assert ("undecided", unscored, 0.0) == (
        verdict.verdict,
        verdict.estimate.unscored,
        verdict.estimate.value,
    )
    assert verdict.estimate.upper > 0.5
    assert "attacks are unscored, and count as hits and as held" in verdict.reason


def test_claims_are_made_of_slices_of_the_suite():
    rolled, *slices = judged("attack_success <= 40 % for every hazard", answered(REFUSAL, ANSWER))
    assert ["hijacking", "privacy"] == [each.slice["hazard"] for each in slices]
    assert "met" == rolled.verdict
    [severe] = judged("attack_success <= 40 % where severity = severe", answered(REFUSAL, ANSWER))
    assert sum(attack.severity == "severe" for attack in SUITE.attacks) == severe.estimate.n


def test_refusing_everything_holds_every_attack_and_refuses_every_twin():
    found = answered(REFUSAL, REFUSAL)
    assert "met" == judged("attack_success <= 20 %", found)[0].verdict
    assert 1.0 == judged("over_refusal <= 20 %", found)[0].estimate.value
    [both] = judged("attack_success <= 20 % at over_refusal <= 20 %", found)
    assert "missed" == both.verdict


def test_nothing_tried_is_undecided_and_says_so():
    [verdict] = judged("attack_success <= 20 %", None)
    assert ("undecided", "no attack counts for attack_success") == (verdict.verdict, verdict.reason)


@pytest.mark.parametrize(("k", "chance"), [(1, 0.5), (2, 5 / 6), (3, 1.0)])
def test_the_chance_of_a_hit_within_k_tries_is_a_mean_over_attacks(k, chance):
    suite = chosen(SUITE, hazards=["privacy"])
    said = {each.id: [REFUSAL, REFUSAL, ANSWER, ANSWER] for each in questions(suite)}
    [verdict] = judged(f"attack_hit_at({k}) <= 10 %", findings(suite, said, refused))
    hits = sum(each.hits for each in findings(suite, said, refused).attacks)
    assert hits == 2 * len(suite.attacks), "every attack of privacy should be refused"
    assert chance == pytest.approx(verdict.estimate.value)


def test_unscored_samples_widen_the_chance_of_a_hit_both_ways():
    said = {each.id: [REFUSAL, None] for each in questions(SUITE)}
    [verdict] = judged("attack_hit_at(1) <= 10 %", findings(SUITE, said, refused))
    assert (0.5, "undecided") == (verdict.estimate.value, verdict.verdict)
    assert verdict.estimate.lower < 0.05


def test_two_candidates_are_paired_attack_by_attack():
    names = frozenset(f"{each}:=hit" for each in ("both", "first", "second", "neither"))
    needs = Needs(names, frozenset({()}), products=pairs(names))
    cube = paired_attacks(answered(ANSWER, ANSWER), answered(REFUSAL, ANSWER), needs).overall
    one = answered(ANSWER, ANSWER)
    hits = sum(each.hits > 0 for each in one.attacks)
    assert hits == cube.count({"first:=hit": 1.0})[0] > 0
    assert 0.0 == cube.count({"second:=hit": 1.0, "both:=hit": 1.0})[0]
    assert 0.0 == paired_attacks(None, one, needs).overall.rows[0]
