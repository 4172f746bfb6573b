"""The curve's intervals agree with a bootstrap of rows; the frozen threshold's regret holds as often as it says."""

from __future__ import annotations

import numpy as np
import pytest

from shipworthy.evaluate import Weights, freeze
from shipworthy.evaluate.curve import CURVE_POINTS, in_theory, regret
from shipworthy.evaluate.options import options_of
from shipworthy.spec.model import Value
from tests.tally.counting import histogram_of, histogram_of_counts, weighed

MONEY = Value(true_positive=2.0, false_positive=-3.0, false_negative=-1.0, true_negative=0.5)
TEST = (500, 5_000)
SCORES = np.round(np.linspace(0.02, 0.98, 25), 3)


def drawn(rng, rows, chance=lambda scores: scores):
    """Rows with scores of a few values, and labels of a chance that the score tells."""
    scores = rng.choice(SCORES, rows)
    return scores, (rng.random(rows) < chance(scores)).astype(int)


def money_at(threshold, scores, labels):
    """The money of each row at a threshold."""
    flagged = scores >= threshold
    return np.where(labels == 1, np.where(flagged, 2.0, -1.0), np.where(flagged, -3.0, 0.5))


def test_the_interval_of_each_threshold_is_that_of_a_bootstrap_of_rows():
    """2,000 resamples of 800 rows; the ends agree within the resampling's own error and the rounding of t to z."""
    rng = np.random.default_rng(11)
    scores, labels = drawn(rng, 800)
    curve = freeze(histogram_of(scores.tolist(), labels.tolist()), [], MONEY, TEST, None).curve
    at = rng.integers(0, 800, size=(2_000, 800))
    for point in curve[3:-3:4]:
        means = money_at(point.threshold, scores, labels)[at].mean(axis=1)
        wide = means.std()
        low, high = np.quantile(means, [0.025, 0.975])
        assert low == pytest.approx(point.low, abs=0.2 * wide)
        assert high == pytest.approx(point.high, abs=0.2 * wide)


def test_a_threshold_with_a_rare_outcome_has_the_exact_interval():
    """Nobody is flagged wrongly among 40 rows: the costly outcome still counts with its upper bound."""
    frozen = freeze(histogram_of([0.9] * 20 + [0.1] * 20, [1] * 20 + [0] * 20), [], MONEY, TEST, None)
    [point] = [point for point in frozen.curve if point.threshold == frozen.threshold]
    assert 1.25 == point.net_value
    assert point.low is not None
    assert point.high is not None
    assert point.low < 1.0
    assert point.high < 1.8


def test_without_money_or_with_several_rows_of_one_unit_there_is_no_interval():
    histogram = histogram_of([0.9, 0.6, 0.4, 0.1], [1, 0, 1, 0])
    for frozen in (
        freeze(histogram, [], None, TEST, None),
        freeze(histogram, [], MONEY, TEST, None, clustered=True),
    ):
        assert {(None, None)} == {(point.low, point.high) for point in frozen.curve}
        assert frozen.regret is None


def test_the_frozen_threshold_is_on_the_curve():
    rng = np.random.default_rng(4)
    scores = rng.uniform(0.001, 0.999, 5_000)
    labels = (rng.random(5_000) < scores).astype(int)
    frozen = freeze(histogram_of(scores.tolist(), labels.tolist()), [], MONEY, TEST, None)
    assert CURVE_POINTS == len(frozen.curve)
    assert frozen.threshold in [point.threshold for point in frozen.curve]


def test_the_regret_of_weighted_rows_holds_in_95_of_100_samples():
    """300 samples of 400 rows, a third of which weigh twenty times the others."""
    rng = np.random.default_rng(8)
    ends = np.append(SCORES, np.nextafter(SCORES[-1], 2))
    gain = np.where(SCORES >= ends[:, None], 2 * SCORES - 3 * (1 - SCORES), -SCORES + 0.5 * (1 - SCORES))
    true = gain.mean(axis=1)
    cells = np.array([[1 - SCORES, SCORES]] * 2).swapaxes(1, 2) / len(SCORES) * [[[2 / 3]], [[1 / 3]]]
    lost = short = 0
    for _ in range(300):
        light, heavy = rng.multinomial(400, cells.ravel()).reshape(2, -1, 2).swapaxes(1, 2)
        rows, own, squares = (
            histogram_of_counts(SCORES, *(light + times * heavy)) for times in (1.0, 20.0, 400.0)
        )
        frozen = freeze(own, [], MONEY, TEST, None, weights=Weights(rows, squares))
        found = frozen.regret
        assert found is not None
        short += bool(true.max() - true[np.searchsorted(ends, frozen.threshold)] > found.upper)
        lost += not found.low <= ends[np.argmax(true)] <= found.high
    most = 0.05 + 3 * np.sqrt(0.05 * 0.95 / 300)
    assert short / 300 <= most
    assert lost / 300 <= most


@pytest.mark.parametrize(
    "chance",
    [
        lambda scores: scores,
        pytest.param(lambda scores: 0.4 + 0 * scores, marks=pytest.mark.slow),
        pytest.param(lambda scores: 0.02 + 0.1 * scores**2, marks=pytest.mark.slow),
    ],
    ids=["calibrated", "blind", "rare"],
)
def test_the_regret_of_the_frozen_threshold_holds_in_95_of_100_samples(chance):
    """300 samples of 400 rows: the best threshold lies in the range, and the chosen one falls short by no more."""
    rng = np.random.default_rng(8)
    chances = chance(SCORES)
    ends = np.append(SCORES, np.nextafter(SCORES[-1], 2))
    gain = np.where(SCORES >= ends[:, None], 2 * chances - 3 * (1 - chances), -chances + 0.5 * (1 - chances))
    true = gain.mean(axis=1)
    lost = short = 0
    for _ in range(300):
        n = rng.multinomial(400, np.concatenate([(1 - chances), chances]) / len(SCORES)).reshape(2, -1)
        histogram = histogram_of_counts(SCORES, *n)
        frozen = freeze(histogram, [], MONEY, TEST, None)
        found = frozen.regret
        assert found is not None
        best = ends[np.argmax(true)]
        short += bool(true.max() - true[np.searchsorted(ends, frozen.threshold)] > found.upper)
        lost += not found.low <= best <= found.high
    most = 0.05 + 3 * np.sqrt(0.05 * 0.95 / 300)
    assert short / 300 <= most
    assert lost / 300 <= most


@pytest.mark.parametrize("weight", [0.01, 1.0, 1000.0])
def test_rows_of_one_weight_have_the_curve_and_the_regret_of_rows_without(weight):
    rng = np.random.default_rng(3)
    scores, labels = drawn(rng, 300)
    plain = freeze(histogram_of(scores.tolist(), labels.tolist()), [], MONEY, TEST, None)
    histogram, weights = weighed(scores.tolist(), labels.tolist(), [weight] * 300)
    found = freeze(histogram, [], MONEY, TEST, None, weights=weights)
    assert_alike(plain, found)


@pytest.mark.parametrize("factor", [0.01, 1000.0])
def test_the_size_of_unequal_weights_does_not_matter(factor):
    rng = np.random.default_rng(4)
    scores, labels = drawn(rng, 300)
    own = rng.choice([1.0, 5.0, 20.0], 300)
    one, other = (
        freeze(histogram, [], MONEY, TEST, None, weights=weights)
        for histogram, weights in (
            weighed(scores.tolist(), labels.tolist(), (own * times).tolist()) for times in (1.0, factor)
        )
    )
    assert_alike(one, other)


def assert_alike(one, other):
    """Two frozen points tell the same."""
    assert one.threshold == other.threshold
    for mine, theirs in zip(one.curve, other.curve, strict=True):
        assert mine.low == pytest.approx(theirs.low, rel=1e-9)
        assert mine.high == pytest.approx(theirs.high, rel=1e-9)
        assert mine.net_value == pytest.approx(theirs.net_value, rel=1e-9)
    assert one.regret.upper == pytest.approx(other.regret.upper, rel=1e-9)
    assert (one.regret.low, one.regret.high) == (other.regret.low, other.regret.high)


def test_the_interval_of_weighted_rows_is_that_of_a_bootstrap_of_them():
    """4,000 resamples of 1,500 rows, a third of which weigh seven times the others."""
    rng = np.random.default_rng(11)
    scores, labels = drawn(rng, 1_500)
    own = rng.choice([1.0, 1.0, 7.0], 1_500)
    histogram, weights = weighed(scores.tolist(), labels.tolist(), own.tolist())
    curve = freeze(histogram, [], MONEY, TEST, None, weights=weights).curve
    at = rng.integers(0, 1_500, size=(4_000, 1_500))
    weight = own[at]
    for point in curve[3:-3:4]:
        money = money_at(point.threshold, scores, labels)
        means = (money[at] * weight).sum(axis=1) / weight.sum(axis=1)
        wide = means.std()
        low, high = np.quantile(means, [0.025, 0.975])
        assert low == pytest.approx(point.low, abs=0.2 * wide)
        assert high == pytest.approx(point.high, abs=0.2 * wide)


def test_theory_stands_beside_the_chosen_threshold():
    """A false alarm loses 3.5 against leaving alone, a miss 3 against a find: 3.5 / 6.5."""
    notes = freeze(histogram_of([0.9, 0.6, 0.4, 0.1], [1, 0, 1, 0]), [], MONEY, TEST, None).notes
    assert "by the stated money alone it would be 0.538, if scores were calibrated probabilities" == notes[0]
    assert "the best of the curve lies from" in notes[1]


def test_theory_speaks_of_rows_of_any_weight():
    """Rows that weigh less than 1 together are rows."""
    few = histogram_of([0.9, 0.6, 0.4, 0.1], [1, 0, 1, 0]).scaled(0.01)
    assert in_theory(few, MONEY).startswith("by the stated money alone it would be 0.538")


@pytest.mark.parametrize(
    ("scores", "value"),
    [([5.0, 6.0], MONEY), ([0.2, 0.7], Value(false_positive=1.0)), ([0.2, 0.7], None)],
    ids=["scores that are no probabilities", "a false alarm that pays", "no money"],
)
def test_theory_is_silent_where_it_does_not_speak(scores, value):
    notes = freeze(histogram_of(scores, [0, 1]), [], value, TEST, None).notes
    assert not any("calibrated" in note for note in notes)


def test_a_threshold_that_misses_its_bounds_has_no_regret():
    options = options_of(histogram_of([0.9, 0.6, 0.4, 0.1], [1, 0, 1, 0]))
    assert regret(options, MONEY, np.full(len(options), 0.1), 0.6) is None
