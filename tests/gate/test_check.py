"""What a gate says of each claim, and the one code that comes of all of them."""

from __future__ import annotations

import pytest

from shipworthy.gate import Watched, checks, exit_code, shifts
from tests.sign.decisions import evaluation, verdict

CLAIMS = ("recall >= 0.5", "precision >= 0.5")


def outcomes(found, at_stake=("a",), missed=(), accepted=None):
    evaluated = evaluation(
        *(verdict("a", claim, answer) for claim, answer in zip(CLAIMS, found, strict=True))
    )
    made = checks(evaluated, at_stake, missed, accepted or {}, {}, {CLAIMS[0]: 7})
    return made, [each.outcome for each in made]


ALL_MISSED = tuple(("a", claim) for claim in CLAIMS)


@pytest.mark.parametrize(
    ("found", "missed", "expected", "code"),
    [
        (("met", "met"), (), ["passed", "passed"], 0),
        (("met", "undecided"), (), ["passed", "open"], 3),
        (("met", "missed"), ALL_MISSED, ["passed", "failed"], 1),
        (("met", "missed"), (), ["passed", "open"], 3),
        (("undecided", "missed"), ALL_MISSED, ["open", "failed"], 1),
    ],
)
def test_a_claim_passes_fails_or_is_open(found, missed, expected, code):
    made, words = outcomes(found, missed=missed)
    assert expected == words
    assert code == exit_code(made, (), (), ())


@pytest.mark.parametrize(
    ("signed", "now", "expected"),
    [
        ("missed", "missed", "accepted"),
        ("missed", "undecided", "accepted"),
        ("undecided", "missed", "failed"),
        ("met", "missed", "failed"),
    ],
)
def test_an_override_lets_pass_what_is_no_worse_than_when_it_was_signed(signed, now, expected):
    made, words = outcomes(("met", now), missed=ALL_MISSED, accepted={CLAIMS[1]: signed})
    assert ["passed", expected] == words
    assert (0 if expected == "accepted" else 1) == exit_code(made, (), (), ())


def test_candidates_that_the_gate_is_not_about_fail_nothing():
    both = evaluation(
        verdict("a", CLAIMS[0], "met"),
        verdict("b", CLAIMS[0], "missed"),
        verdict("baseline", CLAIMS[0], "missed"),
    )
    made = checks(both, ("a",), [("b", CLAIMS[0])], {}, {CLAIMS[0]: "undecided"}, {})
    assert [("a", "passed", "undecided"), ("b", "aside", None)] == [
        (each.candidate, each.outcome, each.then) for each in made
    ]
    assert 0 == exit_code(made, (), (), ())


def test_where_several_are_at_stake_one_that_meets_everything_is_enough():
    both = evaluation(verdict("a", CLAIMS[0], "met"), verdict("b", CLAIMS[0], "missed"))
    assert 0 == exit_code(checks(both, ("a", "b"), [("b", CLAIMS[0])], {}, {}, {}), (), (), ())
    assert 1 == exit_code(checks(both, ("b",), [("b", CLAIMS[0])], {}, {}, {}), (), (), ())


def test_a_dropped_claim_and_a_missing_right_leave_it_undecided_and_a_miss_stays_a_miss():
    made, _ = outcomes(("met", "met"))
    assert [3, 3] == [exit_code(made, (), ("recall >= 0.9",), ()), exit_code(made, (), (), ("no owner",))]
    made, _ = outcomes(("met", "missed"), missed=ALL_MISSED)
    assert 1 == exit_code(made, (), ("recall >= 0.9",), ())


def test_a_metric_that_got_worse_fails_even_where_every_claim_is_met():
    then, now = (evaluation(verdict("a", "recall >= 0.5", "met", value, 0.01)) for value in (0.9, 0.7))
    moved = shifts(then, now, ("a", "a"), [Watched("recall >= 0.5", "recall", higher=True, margin=0.01)])
    made, _ = outcomes(("met", "met"))
    assert 1 == exit_code(made, moved, (), ())


def test_a_check_knows_the_line_of_its_claim():
    made, _ = outcomes(("met", "met"))
    assert [7, None] == [each.line for each in made]
