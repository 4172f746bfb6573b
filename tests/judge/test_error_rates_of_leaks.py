"""The bounds on how well one column tells answers apart err no more often than they say, whichever way the column points."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.special import ndtri

from shipworthy.metrics.on_data import leak
from shipworthy.tally import Histogram

LEVEL, DRAWS = 0.95, 400
SLACK = 3 * np.sqrt(LEVEL * (1 - LEVEL) / DRAWS)
"""Three standard errors of the simulation."""


def drawn(rng, area, positives, negatives, *, steps):
    """The histogram of a column whose area under the curve is that; its values are whole steps where there are any."""
    shift = np.sqrt(2) * ndtri(area)
    values = np.concatenate([rng.normal(shift, 1, positives), rng.normal(0, 1, negatives)])
    label = np.arange(positives + negatives) < positives
    value, place = np.unique(np.round(values * steps) / steps if steps else values, return_inverse=True)
    p, q = (np.bincount(place[label == yes], minlength=len(value)).astype(float) for yes in (True, False))
    sums = np.column_stack([q * value, p * value, (p + q) * value**2])
    n = np.column_stack([q, p, 0 * p])
    return Histogram(np.arange(len(p)) * 1.0, value, value, n, sums, np.zeros((len(p), 0, 3)))


@pytest.mark.parametrize("area", [0.98, 0.02, 0.9, 0.75])
@pytest.mark.parametrize(("positives", "negatives"), [(15, 150), (100, 900)])
def test_neither_bound_errs_more_than_five_times_in_a_hundred(area, positives, negatives):
    rng = np.random.default_rng(7)
    slices = {(f"{at}",): drawn(rng, area, positives, negatives, steps=0) for at in range(DRAWS)}
    found, true = leak(slices, LEVEL), max(area, 1 - area)
    assert np.mean(found.upper < true) <= 1 - LEVEL + SLACK
    assert np.mean(found.lower > true) <= 1 - LEVEL + SLACK


def test_a_column_that_says_nothing_is_not_said_to_tell_more_than_twice_as_often_as_one_direction_would():
    """Of a column without any direction either may look like one; a claim on so little is not written."""
    rng = np.random.default_rng(8)
    found = leak({(f"{at}",): drawn(rng, 0.5, 40, 160, steps=4) for at in range(DRAWS)}, LEVEL)
    assert np.mean(found.lower > 0.5) <= 2 * (1 - LEVEL) + SLACK
    assert (found.upper >= 0.5).all()
