"""Points of the curve: the interval that people see covers what it says, with units and without, tied scores or none."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.special import ndtr, ndtri

from shipworthy.metrics.points import point_of_curve
from shipworthy.metrics.scored import Class, Scores
from shipworthy.tally import Histogram

GROUPS, SHIFT, POSITIVE = 32, 1.2, 0.3
BOUNDS = {"recall_at_fpr": 0.1, "fpr_at_recall": 0.8}
TRUE = {"recall_at_fpr": ndtr(SHIFT + ndtri(0.1)), "fpr_at_recall": ndtr(ndtri(0.8) - SHIFT)}


def drawn(rng, units, per, width, *, tied=False) -> Scores:
    """Scores of units with so many rows each, in buckets of a width: normal, and higher for positives.

    A third of their variance, and of that of what makes a row positive, is the unit's.
    """
    unit = np.repeat(np.arange(units), per)
    own, all_ = (rng.normal(size=(2, size)) for size in (units, len(unit)))
    alike = 1 / 3 if per > 1 else 0
    score, label = np.sqrt(alike) * own[:, unit] + np.sqrt(1 - alike) * all_
    positive = label < ndtri(POSITIVE)
    bucket, at = np.unique(np.floor((score + SHIFT * positive) / width), return_inverse=True)
    groups = np.zeros((len(bucket), GROUPS, 3))
    np.add.at(groups, (at, rng.integers(0, GROUPS, units)[unit], positive.astype(int)), 1)
    n, greatest = groups.sum(axis=1), bucket + (not tied)
    histogram = Histogram(
        bucket, bucket, greatest, n, np.zeros_like(n), groups[:, : GROUPS if per > 1 else 0]
    )
    positives, negatives = (
        Class(rows.sum(), rows.sum() ** 2 / (rows @ rows))
        for rows in (np.bincount(unit[positive == each]).astype(float) for each in (True, False))
    )
    return Scores(histogram, positives, negatives, float(len(unit)), 1.0, 1.0)


@pytest.mark.parametrize("name", ["recall_at_fpr", "fpr_at_recall"])
@pytest.mark.parametrize(("units", "per"), [(1000, 1), (300, 5)])
def test_intervals_of_points_of_the_curve_cover_what_they_say(name, units, per):
    """Seen in 400 draws of twelve laws each: 93 to 98 %; as cautious as bounds they cover all of them."""
    rng, covered = np.random.default_rng(units), []
    for _ in range(200):
        scores = drawn(rng, units, per, 1 / 64)
        (_, low, high, _, _), _ = point_of_curve(name, BOUNDS[name], scores, 0.95)
        covered.append(low <= TRUE[name] <= high)
    assert 0.95 - 0.05 <= np.mean(covered) <= 0.97 + 0.028


@pytest.mark.parametrize("per", [1, 5])
def test_where_many_rows_share_a_score_the_interval_is_as_cautious_as_a_bound(per):
    scores = drawn(np.random.default_rng(1), 600, per, 0.5, tied=True)
    for name, bound in BOUNDS.items():
        (_, low, high, lower, upper), _ = point_of_curve(name, bound, scores, 0.975)
        assert (lower, upper) == (low, high)


def test_few_positives_have_an_interval_as_cautious_as_a_bound():
    scores = drawn(np.random.default_rng(2), 60, 1, 1 / 64)
    (_, low, high, lower, upper), _ = point_of_curve("recall_at_fpr", 0.1, scores, 0.975)
    assert (lower, upper) == pytest.approx((low, high), abs=0.02)


def test_the_value_lies_in_its_interval():
    rng = np.random.default_rng(3)
    for units, per in [(30, 1), (40, 3), (600, 1), (200, 5)] * 5:
        for name, bound in BOUNDS.items():
            (value, low, high, _, _), _ = point_of_curve(name, bound, drawn(rng, units, per, 1 / 8), 0.95)
            assert low <= value <= high
