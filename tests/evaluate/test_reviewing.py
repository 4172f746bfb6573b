"""A band for a person: the best of all bands, or one whose automated error is proved as often as it says."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shipworthy.errors import InputError
from shipworthy.evaluate import freeze_band, review_money
from shipworthy.evaluate.options import options_of
from shipworthy.evaluate.reviewing import confident_bands
from shipworthy.spec.candidate import Abstain
from shipworthy.spec.model import Value
from shipworthy.tally import Histogram
from tests.dear import few
from tests.judge.claims import claim
from tests.tally.counting import histogram_of, histogram_of_counts, weighed

MONEY = Value(true_positive=2.0, false_positive=-3.0, false_negative=-1.0, true_negative=0.5, review=-0.4)
TEST = (500, 5_000)
SCORED = st.lists(
    st.tuples(st.sampled_from([0.05, 0.2, 0.4, 0.5, 0.7, 0.95]), st.booleans()), min_size=1, max_size=30
)


def scores(scored):
    return histogram_of([score for score, _ in scored], [int(label) for _, label in scored])


def value_at(low, high, scored, abstain, value=MONEY):
    """The mean money of the rows, row by row, a person deciding those from `low` up to `high`."""
    price = value.review if abstain.review is None else abstain.review
    automated = {
        (True, True): value.true_positive, (True, False): value.false_positive,
        (False, True): value.false_negative, (False, False): value.true_negative,
    }  # fmt: skip
    right = abstain.reviewer_accuracy
    person = {
        label: price + right * automated[label, label] + (1 - right) * automated[not label, label]
        for label in (True, False)
    }
    return float(
        np.mean(
            [
                automated[True, label]
                if score >= high
                else automated[False, label]
                if score < low
                else person[label]
                for score, label in scored
            ]
        )
    )


@given(
    SCORED,
    st.sampled_from(
        [Abstain(), Abstain(review=-0.05), Abstain(review=-2), Abstain(review=-0.1, reviewer_accuracy=0.8)]
    ),
)
def test_the_chosen_band_is_the_best_of_an_exhaustive_search(scored, abstain):
    point = freeze_band(scores(scored), abstain, [], MONEY, TEST).point
    ends = sorted({*(score for score, _ in scored), 2.0})
    best = max(value_at(low, high, scored, abstain) for low in ends for high in ends if low <= high)
    assert best == pytest.approx(value_at(point.review_from, point.threshold, scored, abstain))


def test_a_free_and_perfect_person_decides_what_is_unsure_and_a_dear_one_nothing():
    scored = [(0.05, False)] * 20 + [(0.5, True)] * 5 + [(0.5, False)] * 5 + [(0.95, True)] * 20
    free = freeze_band(scores(scored), Abstain(review=-0.01), [], MONEY, TEST).point
    assert (0.5, 0.95) == (free.review_from, free.threshold)
    dear = freeze_band(scores(scored), Abstain(review=-50), [], MONEY, TEST).point
    assert dear.review_from == dear.threshold


def test_an_at_bound_binds_the_automated_answers():
    scored = (
        [(0.9, True)] * 90
        + [(0.9, False)] * 10
        + [(0.5, True)] * 50
        + [(0.5, False)] * 50
        + [(0.1, False)] * 800
    )
    at = [claim("recall >= 0.1 at precision >= 80 %")]
    found = freeze_band(scores(scored), Abstain(review=-5), at, Value(true_positive=9.0), TEST)
    assert 0.9 == found.point.threshold
    assert "among those that meet precision >= 80 %" in found.why


def test_the_money_of_a_review_is_its_price_and_what_the_answer_brings():
    assert {"xp": 1.6, "xn": pytest.approx(0.1)} == review_money(MONEY, Abstain())
    worse = review_money(MONEY, Abstain(review=-1, reviewer_accuracy=0.9))
    assert {"xp": pytest.approx(0.7), "xn": pytest.approx(-0.85)} == worse
    assert {} == review_money(None, Abstain(error=0.01))


@given(SCORED)
def test_confident_bands_are_nested_and_count_what_lies_outside(scored):
    found = confident_bands(options_of(scores(scored)), scores(scored))
    ends = [*zip(found.low, found.options.thresholds, strict=True)]
    assert all(low <= high for low, high in ends)
    assert all(a[0] <= b[0] and b[1] <= a[1] for a, b in pairwise(ends))
    for at, (low, high) in enumerate(ends):
        cells = {name: found.options.cells[name][at] for name in ("tp", "fp", "fn", "tn", "xp", "xn")}
        expected = dict.fromkeys(cells, 0.0)
        for score, label in scored:
            answer = "tp fp" if score >= high else "fn tn" if score < low else "xp xn"
            expected[answer.split()[not label]] += 1
        assert expected == cells


PLACES = np.round(np.concatenate([np.linspace(0.01, 0.3, 20), np.linspace(0.7, 0.99, 20)]), 4)


@pytest.mark.parametrize("error", [0.02, 0.1])
@pytest.mark.parametrize(
    "chance",
    [lambda s: s, lambda s: 0.5 + 0.0 * s, lambda s: s**3, lambda s: 0.03 + 0.4 * s],
    ids=["calibrated", "blind", "too bold", "too shy"],
)
@pytest.mark.parametrize("money", few([MONEY, None], MONEY))
def test_the_automated_error_is_above_its_bound_at_most_once_in_twenty(error, chance, money):
    """400 samples of 900 rows: the true error outside of the band that was chosen, whatever the scores are worth."""
    rng = np.random.default_rng(2)
    chances = chance(PLACES)
    wrong = 0
    for _ in range(400):
        n = rng.multinomial(900, np.concatenate([1 - chances, chances]) / len(PLACES)).reshape(2, -1)
        histogram = histogram_of_counts(PLACES, *n)
        point = freeze_band(histogram, Abstain(error=error, review=-0.1), [], money, TEST).point
        yes, no = PLACES >= point.threshold, PLACES < point.review_from
        if (yes | no).any():
            true = ((1 - chances) * yes + chances * no).sum() / (yes | no).sum()
            wrong += bool(true > error)
    assert wrong / 400 <= 0.05 + 3 * np.sqrt(0.05 * 0.95 / 400)


def test_a_sure_model_is_automated_as_far_as_the_rows_prove():
    scored = [(0.01, False)] * 500 + [(0.99, True)] * 300 + [(0.5, True)] * 40 + [(0.5, False)] * 40
    found = freeze_band(scores(scored), Abstain(error=0.01), [], None, TEST)
    assert (np.nextafter(0.01, 1), 0.99) == (found.point.review_from, found.point.threshold)
    assert "(0 of 800 wrong on validation)" in found.why
    assert "an error of at most 1 % among automated answers, 95 % sure" in found.why


def test_where_nothing_is_proved_every_row_goes_to_a_person():
    scored = [(0.01, False)] * 50 + [(0.99, True)] * 50
    found = freeze_band(scores(scored), Abstain(error=0.01), [], None, TEST)
    assert found.point.review_from == 0.0
    assert found.point.threshold > 1.0
    assert found.why.startswith("every row goes to a person: 100 validation rows prove no band")


def test_without_labelled_scores_every_row_goes_to_a_person():
    found = freeze_band(Histogram.empty(), Abstain(error=0.01), [], None, TEST)
    assert (0.0, True) == (found.point.review_from, found.point.threshold > 1)


@pytest.mark.parametrize(
    ("values", "clustered", "code"),
    [([2.0, 9.0], False, "abstain.scores"), ([0.2, 0.9], True, "abstain.units")],
)
def test_what_cannot_be_proved_is_refused(values, clustered, code):
    with pytest.raises(InputError) as caught:
        freeze_band(histogram_of(values, [0, 1]), Abstain(error=0.1), [], MONEY, TEST, clustered=clustered)
    assert code == caught.value.problem.code


@pytest.mark.parametrize("weight", [0.01, 1.0, 1000.0])
def test_rows_of_one_weight_prove_as_many_rows_as_they_are(weight):
    scored = [(0.01, False)] * 500 + [(0.99, True)] * 300 + [(0.5, True)] * 40 + [(0.5, False)] * 40
    plain = freeze_band(scores(scored), Abstain(error=0.01), [], None, TEST)
    places, labels = zip(*scored, strict=True)
    histogram, weights = weighed(places, labels, [weight] * len(scored))
    found = freeze_band(histogram, Abstain(error=0.01), [], None, TEST, weights=weights)
    assert (plain.point, plain.why) == (found.point, found.why)


def test_rows_that_differ_in_weight_prove_nothing_and_are_told_what_they_are_worth():
    """Two of weight 1 and one of weight 4: (1 + 1 + 4)^2 / (1 + 1 + 16) = 2."""
    histogram, weights = weighed([0.1, 0.8, 0.9], [0, 1, 1], [1.0, 1.0, 4.0])
    with pytest.raises(InputError, match=r"3 validation rows differ in weight \(they are worth 2 ") as caught:
        freeze_band(histogram, Abstain(error=0.1), [], MONEY, TEST, weights=weights)
    assert "abstain.weights" == caught.value.problem.code
    freeze_band(histogram, Abstain(), [], MONEY, TEST, weights=weights)


def test_only_the_weights_of_labelled_rows_matter_to_the_proof():
    histogram, weights = weighed([0.1, 0.8, 0.9], [0, 1, 2], [3.0, 3.0, 8.0])
    found = freeze_band(histogram, Abstain(error=0.1), [], MONEY, TEST, weights=weights)
    assert "2 validation rows prove no band" in found.why
