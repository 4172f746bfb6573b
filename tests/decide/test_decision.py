"""Verdicts become one answer: ship, do not ship, or not yet, with the reasons and what would change them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shipworthy.decide import blocks, decide, standing_of
from shipworthy.evidence import CandidateFacts, Estimate, Evaluation, Verdict
from shipworthy.stats.multiplicity import holm
from tests.evaluate.products import product

LEVEL = 0.95
P = {"met": 1.0, "undecided": 0.4, "missed": 1e-6}
CLAIMS = ("recall >= 0.8", "precision >= 0.5", "f1 >= 0.4")


def estimate(candidate, metric, value, lower=None, upper=None):
    low, high = (value - 0.05 if lower is None else lower), (value + 0.05 if upper is None else upper)
    return Estimate(candidate, metric, {}, value, low, high, 0.95, low, high, LEVEL, 100, 100, "wilson")


def verdict(candidate, requirement, answer, *, p=None, value=0.85, lower=None, upper=None, more=None):
    found = estimate(candidate, requirement.split()[0], value, lower, upper)
    likely = None if more is None else 2 * more
    p_missed = P[answer] if p is None else p
    return Verdict(requirement, candidate, {}, answer, found, more, likely, "because", p_missed)


def evaluation(answers, *, costs=None, values=None, more=None):
    """An evaluation in which each candidate has an answer to each claim; the baseline is added by its name."""
    facts = [CandidateFacts(name, "rule", "1", name != "baseline", 100, 100) for name in answers]
    verdicts = [
        verdict(name, claim, answer, more=more if answer == "undecided" else None)
        for name, found in answers.items()
        for claim, answer in zip(CLAIMS, found, strict=False)
    ]
    money = {"mean(cost_usd)": costs or {}, "net_value": values or {}}
    estimates = [estimate(name, metric, x) for metric, of in money.items() for name, x in of.items()]
    return Evaluation(tuple(facts), (), tuple(estimates), tuple(verdicts))


def decided(answers, **rest):
    return decide(product(*CLAIMS), evaluation(answers, **rest))


MEETS, MISSES, OPEN = ("met", "met"), ("met", "missed"), ("met", "undecided")


def test_a_candidate_that_meets_everything_ships():
    found = decided({"keywords": MEETS})
    assert ("ship", "keywords") == (found.answer, found.candidate)
    assert ("keywords meets all 2 requirements",) == found.because


def test_one_claim_that_is_not_met_is_enough_to_hold_back():
    assert ("not_yet", "keywords") == (
        decided({"keywords": OPEN}).answer,
        decided({"keywords": OPEN}).candidate,
    )
    assert ("do_not_ship", None) == (
        decided({"keywords": MISSES}).answer,
        decided({"keywords": MISSES}).candidate,
    )


def test_one_candidate_that_is_open_keeps_the_answer_open():
    found = decided({"keywords": MISSES, "model": OPEN})
    assert ("not_yet", "model") == (found.answer, found.candidate)
    assert ("keywords misses precision >= 0.5", "model has not shown precision >= 0.5") == found.because


def test_all_candidates_must_miss_before_nothing_is_to_ship():
    assert "do_not_ship" == decided({"keywords": MISSES, "model": MISSES}).answer


@pytest.mark.parametrize(
    ("costs", "values", "chosen", "why"),
    [
        ({"a": 0.3, "b": 0.1}, {"a": 9.0, "b": 1.0}, "b", "it is the cheapest of those that do (also: a)"),
        (
            {"a": 0.1, "b": 0.1},
            {"a": 1.0, "b": 9.0},
            "b",
            "none of those that do is known to be cheaper, and it has the greatest net value of them (also: a)",
        ),
        (
            {},
            {},
            "a",
            "cost and net value do not tell those that do apart, so the first by name is taken (also: b)",
        ),
        ({"b": 0.1}, {"a": 9.0, "b": 1.0}, "b", "it is the cheapest of those that do (also: a)"),
        ({"a": 0.0, "b": 0.1}, {}, "a", "it is the cheapest of those that do (also: b)"),
    ],
)
def test_of_several_that_meet_everything_the_cheapest_ships(costs, values, chosen, why):
    """Then the one of greatest net value, then the first by name; an unknown cost is never the least."""
    found = decided({"b": MEETS, "a": MEETS}, costs=costs, values=values)
    assert ("ship", chosen) == (found.answer, found.candidate)
    assert why == found.because[1]


def test_a_cheaper_candidate_that_does_not_meet_everything_does_not_ship():
    found = decided({"a": OPEN, "b": MEETS}, costs={"a": 0.0, "b": 0.1})
    assert ("ship", "b") == (found.answer, found.candidate)


def test_the_baseline_alone_is_no_candidate():
    found = decided({"baseline": MEETS})
    assert ("not_yet", None) == (found.answer, found.candidate)
    assert "there is no candidate beside the baseline" in found.because
    assert "a rule is the cheapest to try" in found.would_change[0]


ANSWERS = st.tuples(*[st.sampled_from(["met", "undecided", "missed"])] * 3)


@given(st.dictionaries(st.sampled_from(["a", "b", "c"]), ANSWERS, max_size=3), ANSWERS)
def test_the_baseline_is_never_chosen_and_every_answer_follows_from_the_verdicts(candidates, baseline):
    found = decided({"baseline": baseline, **candidates}, costs={"baseline": 0.0, "a": 0.1, "b": 0.2})
    assert "baseline" != found.candidate
    meeting = [name for name, answers in candidates.items() if {*answers} == {"met"}]
    missing = [name for name, answers in candidates.items() if "missed" in answers]
    if meeting:
        assert ("ship", True) == (found.answer, found.candidate in meeting)
    else:
        expected = "do_not_ship" if candidates and len(missing) == len(candidates) else "not_yet"
        assert expected == found.answer


@given(st.lists(st.floats(1e-9, 1.0), min_size=1, max_size=3))
def test_a_miss_counts_only_after_holm_over_the_requirements(p_values):
    verdicts = tuple(
        verdict("a", claim, "missed" if p <= 0.05 else "undecided", p=p)
        for claim, p in zip(CLAIMS, p_values, strict=False)
    )
    found = standing_of(Evaluation((CandidateFacts("a", "rule", "1", True, 9, 9),), (), (), verdicts), "a")
    assert ("misses" if min(holm(p_values)) <= 0.05 else "undecided") == found.state
    assert {each.requirement for each in found.open} <= {*CLAIMS}


def test_a_miss_by_a_hair_among_many_claims_is_not_yet_a_miss():
    verdicts = tuple(
        verdict("a", claim, answer, p=p)
        for claim, answer, p in zip(CLAIMS, ("missed", "met", "met"), (0.04, 1.0, 1.0), strict=True)
    )
    found = decide(
        product(*CLAIMS), Evaluation((CandidateFacts("a", "rule", "1", True, 9, 9),), (), (), verdicts)
    )
    assert ("not_yet", "a") == (found.answer, found.candidate)
    assert ("a has not shown recall >= 0.8",) == found.because


def test_a_verdict_without_a_p_value_is_no_proof_of_a_miss():
    missing = Verdict(CLAIMS[0], "a", {}, "missed", None, None, None, "because")
    found = standing_of(Evaluation((CandidateFacts("a", "rule", "1", True, 9, 9),), (), (), (missing,)), "a")
    assert "undecided" == found.state


BLOCKED = [
    ({"owner": None}, "the product has no owner"),
    ({"data": {"examples": {"source": "x.csv", "licence": "CC0"}}}, "the examples have no owner"),
    ({"data": {"examples": {"source": "x.csv", "owner": "me"}}}, "the examples have no licence"),
    ({"protected": ["gender"]}, "the protected column gender is held without a legal basis"),
]


@pytest.mark.parametrize(("sections", "reason"), BLOCKED)
def test_what_is_missing_of_ownership_and_rights_blocks_shipping(sections, reason):
    blocked = product(*CLAIMS, **sections)
    assert [reason] == [each.message.split(", ")[0] for each in blocks(blocked)]
    found = decide(blocked, evaluation({"keywords": MEETS}))
    assert ("not_yet", "keywords") == (found.answer, found.candidate)
    assert reason in found.because[-1]
    assert found.would_change[0] == blocks(blocked)[0].remedy


def test_with_owner_licence_and_basis_nothing_blocks():
    assert () == blocks(product(protected={"gender": {"basis": "consent"}}))


def test_rows_would_change_what_is_open():
    found = decided({"keywords": OPEN}, more=120)
    expected = "keywords: 120 more rows that count for it (240 for an 80 % chance) would decide precision >= 0.5, at the present rate as a miss"
    assert (expected,) == found.would_change


def test_rows_that_would_decide_in_favour_are_said_plainly():
    open_ = verdict("a", CLAIMS[0], "undecided", p=0.9, more=30)
    found = decide(
        product(CLAIMS[0]), Evaluation((CandidateFacts("a", "rule", "1", True, 9, 9),), (), (), (open_,))
    )
    assert found.would_change[0].endswith("would decide recall >= 0.8")


def test_a_claim_that_no_number_of_rows_decides_gives_its_reason():
    found = decided({"keywords": OPEN})
    assert ("keywords: precision >= 0.5: because",) == found.would_change


def test_a_better_candidate_would_change_a_miss_and_open_claims_follow():
    found = decided({"keywords": ("missed", "undecided", "met")}, more=7)
    assert 2 == len(found.would_change)
    assert (
        "a better candidate, or another bound than recall >= 0.8; this one reached 85 % (80 % to 90 %)"
        in found.would_change[0]
    )
    assert "7 more rows" in found.would_change[1]


def test_what_would_change_is_said_of_the_candidate_nearest_to_shipping():
    answers = {
        "a": ("undecided", "undecided", "met"),
        "b": ("met", "undecided", "met"),
        "c": ("missed", "met", "met"),
    }
    found = decided(answers, more=5)
    assert "b" == found.candidate
    assert all(each.startswith("b: ") for each in found.would_change)


def test_a_shipped_candidate_is_told_which_claims_have_the_least_to_spare():
    """The margin is between the judged bound and the threshold, not within the interval."""
    claims = ("recall >= 0.8", "false_positive_rate <= 0.1", "precision >= 0.5")
    verdicts = (
        verdict("a", claims[0], "met", value=0.95, lower=0.90, upper=0.99),
        verdict("a", claims[1], "met", value=0.08, lower=0.06, upper=0.099),
        verdict("a", claims[2], "met", value=0.56, lower=0.51, upper=0.60),
    )
    facts = (CandidateFacts("a", "rule", "1", True, 9, 9),)
    found = decide(product(*claims), Evaluation(facts, (), (), verdicts))
    assert (
        "false_positive_rate <= 0.1, which has the least to spare: measured 8 % (6 % to 9.9 %)",
        "precision >= 0.5, which has little to spare: measured 56 % (51 % to 60 %)",
    ) == found.would_change
