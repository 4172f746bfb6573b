"""How far people agree, from what they gave."""

import pytest

from shipworthy.label.agreeing import agreed
from shipworthy.label.queue import CANNOT_TELL, Given, Scheme
from shipworthy.stats.agreement import cohen, krippendorff

YES_NO = Scheme("binary", ("yes", "no"))


def given_by(**labels):
    """What each person gave items 0, 1, 2 …; a dot is nothing."""
    return [
        Given(f"i{at}", name, label, "label", f"2026-01-01T00:00:{at:02}.000000Z", "t")
        for name, each in labels.items()
        for at, label in enumerate(each.split())
        if label != "."
    ]


def test_alpha_is_of_all_and_kappa_of_each_two():
    found = agreed(given_by(ana="yes no no yes .", bo="yes no yes yes no", cy=". . no yes no"), YES_NO)
    patterns = [[2, 0], [0, 2], [1, 2], [3, 0], [0, 2]]
    assert krippendorff(patterns).value == pytest.approx(found.alpha)
    assert (5, 1) == (found.items, found.differing)
    pairs = {(pair.first, pair.second): pair for pair in found.pairs}
    assert cohen([[2, 0], [1, 1]]).value == pytest.approx(pairs["ana", "bo"].value)
    assert {("ana", "bo"): 4, ("ana", "cy"): 2, ("bo", "cy"): 3} == {
        names: pair.items for names, pair in pairs.items()
    }


def test_an_answer_that_it_cannot_be_told_is_counted_and_left_out():
    labels = [*given_by(ana="yes no", bo="yes no"), Given("i2", "ana", CANNOT_TELL, "label", "", "t")]
    found = agreed(labels, YES_NO)
    assert (2, 1, 1.0) == (found.items, found.cannot_tell, found.alpha)


def test_who_settles_a_disagreement_is_no_rater():
    labels = [*given_by(ana="yes no", bo="no no"), Given("i0", "cy", "yes", "settle", "", "t")]
    assert {"ana", "bo"} == {
        name for pair in agreed(labels, YES_NO).pairs for name in (pair.first, pair.second)
    }


def test_nothing_doubled_is_no_agreement():
    found = agreed(given_by(ana="yes no"), YES_NO)
    assert (0, None, None, ()) == (found.items, found.alpha, found.share, found.pairs)


def test_numbers_are_compared_by_their_size():
    close = agreed(given_by(ana="1 5 9", bo="1.1 5.1 9"), Scheme("regression"))
    assert ("interval", "alpha") == (close.scale, close.pairs[0].measure)
    assert close.alpha is not None
    assert close.alpha > 0.99
