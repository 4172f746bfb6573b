"""The memo is about the chosen candidate, or the one that comes closest."""

from __future__ import annotations

from dataclasses import replace

import pytest

from shipworthy.documents.answer import asked, headline
from shipworthy.documents.choice import score, share_of_positives, subject
from shipworthy.evidence import Decision, Evaluation
from tests.documents import mail

EVALUATION = mail.evaluation()


def decided(answer, candidate=None, because=(), evaluation: Evaluation = EVALUATION) -> Evaluation:
    return replace(evaluation, decision=Decision(answer, candidate, because, ()))


def test_a_score_counts_whole_requirements():
    assert "4 of 6 requirements met, 1 missed and 1 undecided" == str(score(EVALUATION, "boosted"))
    assert "5 of 6 requirements met and 1 undecided" == str(score(EVALUATION, "logistic"))


def test_the_chosen_candidate_is_the_subject():
    assert "boosted" == subject(decided("ship", "boosted"))


def test_without_a_choice_the_subject_meets_the_most():
    assert "logistic" == subject(decided("not_yet"))


def test_the_baseline_is_never_the_subject():
    only_baseline = replace(EVALUATION, candidates=EVALUATION.candidates[:1])
    assert subject(decided("not_yet", evaluation=only_baseline)) is None


def test_the_base_rate_is_that_of_the_test_rows():
    assert share_of_positives(EVALUATION) == pytest.approx(0.12)
    assert share_of_positives(replace(EVALUATION, splits=())) is None


@pytest.mark.parametrize(
    ("evaluation", "sentence"),
    [
        (decided("not_yet"), "Not yet: logistic comes closest, with 5 of 6 requirements met and 1 undecided."),
        (decided("do_not_ship", "boosted"), "Do not ship: even boosted, the closest candidate, misses 1 of 6 requirements."),
        (mail.evaluation(fast=True), "Ship boosted: it meets all 5 requirements."),
        (
            decided("not_yet", "boosted", ("boosted meets all", "the examples have no licence: name it"), mail.evaluation(fast=True)),
            "Not yet: boosted meets all 5 requirements, but the examples have no licence.",
        ),
    ],
)  # fmt: skip
def test_the_headline_is_the_answer_in_one_sentence(evaluation, sentence):
    assert sentence == headline(evaluation, evaluation.decision)


def test_without_candidates_the_headline_says_so():
    none = decided("not_yet", evaluation=replace(EVALUATION, candidates=()))
    assert none.decision is not None
    assert "Not yet: there is no candidate that could be the answer." == headline(none, none.decision)


def test_what_was_asked_takes_two_lines():
    lines = asked(mail.product())
    assert ["The problem", "The feature"] == [word for word, _ in lines]
    assert (
        "Predicts spam (yes or no); when positive, move to the spam folder, which can be undone."
        == lines[1][1]
    )
