"""Agreement beyond chance, against published figures, other libraries, and its nominal coverage."""

import warnings

import krippendorff as oracle
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import cohen_kappa_score

from shipworthy.stats.agreement import cohen, krippendorff
from tests.dear import few

PUBLISHED = """
*    *    *    *    *    3    4    1    2    1    1    3    3    *    3
1    *    2    1    3    3    4    3    *    *    *    *    *    *    *
*    *    2    1    3    4    4    *    2    1    1    3    3    *    4
"""
"""Three people, fifteen items, values 1 to 4, with gaps: the example of Krippendorff's own page."""


def counts_of(text, values):
    rows = [line.split() for line in text.strip().splitlines()]
    return np.array(
        [[sum(row[item] == str(v) for row in rows) for v in values] for item in range(len(rows[0]))]
    )


def table_of(one, other, size):
    table = np.zeros((size, size))
    np.add.at(table, (np.asarray(one), np.asarray(other)), 1)
    return table


@pytest.mark.parametrize(
    ("scale", "alpha"), [("nominal", 0.6913580), ("ordinal", 0.8067214), ("interval", 0.8108449)]
)
def test_alpha_of_the_published_example_is_the_published_one(scale, alpha):
    found = krippendorff(counts_of(PUBLISHED, (1, 2, 3, 4)), values=[1, 2, 3, 4], scale=scale)
    assert alpha == pytest.approx(found.value, abs=1e-7)
    assert 12 == found.items


@pytest.mark.parametrize(
    ("weights", "kappa"), [("none", 0.4285714), ("linear", 0.5714286), ("quadratic", 0.7142857)]
)
def test_kappa_of_eight_items_is_the_one_worked_out_by_hand(weights, kappa):
    one, other = ([int(digit) - 1 for digit in text] for text in ("31232132", "31332231"))
    assert kappa == pytest.approx(cohen(table_of(one, other, 3), weights).value, abs=1e-7)


patterns = st.lists(st.lists(st.integers(0, 3), min_size=4, max_size=4), min_size=2, max_size=12)


@given(patterns)
@pytest.mark.parametrize("scale", ["nominal", "ordinal", "interval"])
def test_alpha_equals_the_reference_package(scale, patterns):
    counts = np.array(patterns)
    kept = counts[counts.sum(axis=1) >= 2]
    found = krippendorff(counts, values=[0, 1, 2, 3], scale=scale)
    if len(kept) == 0 or np.count_nonzero(kept.sum(axis=0)) < 2:
        assert np.isnan(found.value)
        return
    expected = oracle.alpha(value_counts=kept, value_domain=[0, 1, 2, 3], level_of_measurement=scale)
    assert expected == pytest.approx(found.value, abs=1e-9)


@given(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2)), min_size=2, max_size=20))
@pytest.mark.parametrize(
    ("weights", "name"), [("none", None), ("linear", "linear"), ("quadratic", "quadratic")]
)
def test_kappa_equals_scikit_learn(weights, name, pairs):
    one, other = zip(*pairs, strict=True)
    found = cohen(table_of(one, other, 3), weights)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it divides by zero where every label is the same
        expected = cohen_kappa_score(one, other, labels=[0, 1, 2], weights=name)
    if np.isnan(found.value):
        assert len({*one, *other}) == 1
    else:
        assert expected == pytest.approx(found.value, abs=1e-9)


@given(patterns)
def test_patterns_with_times_are_the_same_as_items_one_by_one(patterns):
    counts = np.array(patterns)
    distinct, times = np.unique(counts, axis=0, return_counts=True)
    one_by_one, at_once = krippendorff(counts), krippendorff(distinct, times)
    for name in ("value", "low", "high", "items", "share"):
        assert getattr(one_by_one, name) == pytest.approx(getattr(at_once, name), nan_ok=True)


@given(patterns)
def test_an_interval_holds_its_value_and_stays_within_one(patterns):
    found = krippendorff(np.array(patterns))
    assert -1 <= found.low <= found.high <= 1
    assert np.isnan(found.value) or max(found.value, -1) >= found.low
    assert np.isnan(found.value) or found.value <= found.high + 1e-12


def test_full_agreement_on_few_items_is_not_certain():
    few = krippendorff([[2, 0]] * 5 + [[0, 2]] * 5)
    many = krippendorff([[2, 0], [0, 2]], times=[5_000, 5_000])
    assert (1.0, 1.0) == (few.value, few.high)
    assert few.low < 0.5
    assert many.low > 0.99


def test_one_label_for_everything_says_nothing():
    found = krippendorff([[2, 0]] * 50)
    assert np.isnan(found.value)
    assert (-1.0, 1.0, 1.0) == (found.low, found.high, found.share)


def test_nothing_doubled_says_nothing():
    found = krippendorff([[1, 0], [0, 1]])
    assert np.isnan(found.value)
    assert 0 == found.items


def drawn(rng, items, people, right):
    """Patterns of labels that are the truth with some chance, and else a random class."""
    shares = [0.7, 0.2, 0.1]
    truth = rng.choice(3, items, p=shares)
    counts = np.zeros((items, 3))
    for _ in range(people):
        said = np.where(rng.random(items) < right, truth, rng.choice(3, items, p=shares))
        counts[np.arange(items), said] += 1
    return np.unique(counts, axis=0, return_counts=True)


def alpha_of(found, scale):
    patterns, times = found
    return krippendorff(patterns, times, scale=scale)


@pytest.mark.parametrize("scale", ["nominal", "ordinal"])
@pytest.mark.parametrize("who", few([(2, 0.6), (2, 0.97), (3, 0.9)], (3, 0.9)))
def test_intervals_cover_at_their_level(scale, who):
    """So many people, each right with that chance."""
    people, right = who
    rng = np.random.default_rng(7)
    truth = alpha_of(drawn(rng, 1_000_000, people, right), scale).value
    found = [alpha_of(drawn(rng, 60, people, right), scale) for _ in range(400)]
    covered = np.mean([each.low <= truth <= each.high for each in found])
    assert covered >= 0.92
