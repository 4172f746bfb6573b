"""Adjusted p-values: order, shape and the error rates that they promise."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shipworthy.stats import multiplicity

BOTH = pytest.mark.parametrize("adjust", [multiplicity.holm, multiplicity.benjamini_hochberg])
P_VALUES = st.lists(st.floats(0, 1), max_size=40)


@BOTH
@given(p_values=P_VALUES)
def test_adjusting_only_raises_p_values_and_keeps_their_order(adjust, p_values):
    adjusted = adjust(p_values)
    assert np.all(adjusted >= np.array(p_values) * (1 - 1e-15))
    assert np.all(adjusted <= 1)
    assert np.all(np.diff(adjusted[np.argsort(p_values, kind="stable")]) >= 0)


@given(P_VALUES)
def test_holm_is_never_milder_than_benjamini_hochberg_nor_harder_than_bonferroni(p_values):
    holm = multiplicity.holm(p_values)
    assert np.all(holm >= multiplicity.benjamini_hochberg(p_values) - 1e-15)
    assert np.all(holm <= np.minimum(np.array(p_values) * len(p_values), 1) + 1e-15)


@BOTH
def test_one_question_needs_no_adjustment(adjust):
    assert [0.03] == adjust([0.03]).tolist()


@BOTH
def test_no_questions_have_no_answers(adjust):
    assert [] == adjust([]).tolist()


@BOTH
@pytest.mark.parametrize("p_values", [[0.1, float("nan")], [-0.1], [1.1], [[0.1, 0.2]], 0.1])
def test_what_is_no_list_of_p_values_is_refused(adjust, p_values):
    with pytest.raises(ValueError, match="a question without data has p-value 1"):
        adjust(p_values)


def test_holm_holds_the_chance_of_any_wrong_flag():
    """Twenty slices of which five are truly bad."""
    rng = np.random.default_rng(41)
    wrong = 0
    for _ in range(3000):
        p_values = np.concatenate([rng.uniform(size=15), rng.uniform(size=5) ** 8])
        wrong += bool(np.any(multiplicity.holm(p_values)[:15] <= 0.05))
    assert wrong / 3000 <= 0.05 + 0.012


def test_benjamini_hochberg_holds_the_share_of_wrong_discoveries():
    """Forty slices of which ten are truly bad."""
    rng = np.random.default_rng(43)
    shares = []
    for _ in range(3000):
        found = (
            multiplicity.benjamini_hochberg(np.concatenate([rng.uniform(size=30), rng.uniform(size=10) ** 8]))
            <= 0.1
        )
        shares.append(found[:30].sum() / max(found.sum(), 1))
    assert np.mean(shares) <= 0.1 * 30 / 40 + 0.01
