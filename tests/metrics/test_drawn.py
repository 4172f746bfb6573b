"""Bounds on rows that are like another one hold for all rows, though only some were drawn and compared."""

import numpy as np

from shipworthy.metrics.drawn import of_drawn
from shipworthy.metrics.measured import Measured
from shipworthy.stats.proportion import clopper_pearson_lower, clopper_pearson_upper


def measured(rows, of):
    value = np.array([rows / of])
    low, high = (
        np.array([float(end)])
        for end in (clopper_pearson_lower(rows, of, 0.95), clopper_pearson_upper(rows, of, 0.95))
    )
    n = np.array([float(of)])
    return Measured(((),), value, low, high, low, high, n, n, ("clopper_pearson",), ("",))


def test_all_rows_have_the_bounds_of_the_share():
    whole = measured(3, 100)
    assert whole is of_drawn(whole, 1.0)


def test_the_upper_bound_is_divided_and_stays_a_share():
    found, whole = of_drawn(measured(1, 1_000), 0.1), measured(1, 1_000)
    assert 10 * whole.upper == found.upper
    assert whole.lower == found.lower
    assert ("clopper_pearson+worst_case",) == found.method
    assert 1.0 == of_drawn(measured(500, 1_000), 0.1).upper


def test_the_bounds_hold_for_groups_of_any_size():
    """Of 20,000 rows 8 % repeat another one, in pairs and in groups of four; a tenth of the rows is drawn, often."""
    rng = np.random.default_rng(1)
    for size in (2, 4):
        groups = round(0.08 * 20_000 / (size - 1))
        wrong = 0
        for _ in range(400):
            drawn = rng.binomial(size, 0.1, groups)
            rows = int(drawn.sum() + rng.binomial(20_000 - groups * size, 0.1))
            found = of_drawn(measured(int(np.maximum(drawn - 1, 0).sum()), rows), 0.1)
            wrong += not found.lower[0] <= 0.08 <= found.upper[0]
        assert wrong <= 0.1 * 400
