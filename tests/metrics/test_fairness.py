"""The named criteria of fairness, against a published example, and within the levels of a control column."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shipworthy.tally import Tallies
from tests.metrics.every import measured
from tests.tally.counting import counts, cube_of_counts, sliced

EIGHTEEN = {
    "a": {"tp": 1, "fn": 1, "fp": 2, "tn": 0},
    "b": {"tp": 3, "fn": 2, "fp": 0, "tn": 1},
    "c": {"tp": 2, "fn": 3, "fp": 2, "tn": 1},
}
"""The 18 rows of the user guide of Fairlearn: 4, 6 and 8 rows by group."""


def of_eighteen(times: int = 20) -> Tallies:
    """The same shares with rows enough to be compared."""
    return sliced(
        "group", {name: {cell: times * n for cell, n in cells.items()} for name, cells in EIGHTEEN.items()}
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("gap(recall, group)", 0.2),
        ("equal_opportunity(group)", 0.2),
        ("false_negative_parity(group)", 0.2),
        ("false_positive_parity(group)", 1.0),
        ("equalised_odds(group)", 1.0),
        ("demographic_parity(group)", 0.25),
        ("four_fifths(group)", 2 / 3),
        ("ratio(recall, group)", 2 / 3),
        ("equalised_odds_ratio(group)", 0.0),
        ("worst_group(recall, group)", 0.4),
        ("worst_group(false_positive_rate, group)", 1.0),
        ("predictive_parity(group)", 1 - 1 / 3),
    ],
)
def test_the_published_example_gives_the_published_numbers(text, expected):
    assert expected == pytest.approx(float(measured(text, of_eighteen()).value[0]))


def test_the_published_example_itself_has_too_few_rows_to_be_compared():
    found = measured("equal_opportunity(group)", of_eighteen(1))
    assert np.isnan(found.value[0])
    assert "a (2), b (5), c (5)" in found.notes[0]


@pytest.mark.parametrize(
    ("name", "same"),
    [
        ("demographic_parity(group)", "gap(selection_rate, group)"),
        ("four_fifths(group)", "ratio(selection_rate, group)"),
        ("equal_opportunity(group)", "gap(recall, group)"),
        ("false_positive_parity(group)", "gap(false_positive_rate, group)"),
        ("false_negative_parity(group)", "gap(false_negative_rate, group)"),
        ("predictive_parity(group)", "gap(precision, group)"),
    ],
)
def test_a_named_criterion_is_its_comparison_in_full(name, same):
    one, other = (measured(text, of_eighteen()) for text in (name, same))
    for end in ("value", "low", "high", "lower", "upper"):
        assert getattr(one, end)[0] == getattr(other, end)[0]


def test_equalised_odds_has_the_bound_of_both_gaps_and_a_stricter_one_against_it():
    both = measured("equalised_odds(group)", of_eighteen())
    parts = [measured(f"gap({name}, group)", of_eighteen()) for name in ("recall", "false_positive_rate")]
    assert max(part.upper[0] for part in parts) == both.upper[0]
    strict = measured("gap(false_positive_rate, group)", of_eighteen(), (), 0.975)
    assert strict.lower[0] == both.lower[0] < max(part.lower[0] for part in parts)


def test_equalised_odds_that_is_known_in_part_may_be_missed_but_not_met():
    """No positives: the gap of recall may be anything, the one of false alarms is there."""
    groups = {"a": {"fp": 50, "tn": 50}, "b": {"fp": 10, "tn": 90}}
    found = measured("equalised_odds(group)", sliced("group", groups))
    assert 0.4 == pytest.approx(float(found.value[0]))
    assert found.lower[0] > 0.25
    assert np.isinf(found.upper[0])


def within(table: dict[tuple[str, str], tuple[int, int]]) -> Tallies:
    """Positives found and missed by group and job."""
    keys = sorted(table)
    cells = counts(tp=[table[key][0] for key in keys], fn=[table[key][1] for key in keys])
    return Tallies({("group", "job"): cube_of_counts(cells, ("group", "job"), keys)}, {})


CONDITIONAL = "conditional_gap(recall, group, job)"


def test_a_gap_that_the_control_explains_is_none_within_its_levels():
    """Both groups have the same recall in each job; their jobs differ (Simpson's paradox)."""
    found = within({("a", "x"): (80, 20), ("a", "y"): (80, 320), ("b", "x"): (320, 80), ("b", "y"): (20, 80)})
    assert 0 == pytest.approx(float(measured(CONDITIONAL, found).value[0]))
    assert 0 == measured(CONDITIONAL, found).lower[0]


@given(st.lists(st.tuples(*[st.integers(0, 40)] * 4), min_size=1, max_size=4))
def test_two_groups_differ_by_the_mantel_haenszel_risk_difference(levels):
    """Summed by its definition, level after level."""
    table: dict[Any, Any] = {}
    above, below = 0.0, 0.0
    for at, (found_a, b, found_c, d) in enumerate(levels):
        a, c = found_a + 20, found_c + 20
        table |= {("a", f"j{at}"): (a, b), ("b", f"j{at}"): (c, d)}
        above += (a * (c + d) - c * (a + b)) / (a + b + c + d)
        below += (a + b) * (c + d) / (a + b + c + d)
    found = measured(CONDITIONAL, within(table))
    assert abs(above / below) == pytest.approx(float(found.value[0]))
    assert 0 <= found.lower[0] <= found.value[0] <= found.upper[0]


def test_levels_that_two_groups_do_not_share_say_nothing_of_them():
    shared = {("a", "x"): (80, 20), ("b", "x"): (50, 50)}
    alone = {**shared, ("a", "y"): (0, 500)}
    for end in ("value", "lower", "upper"):
        assert getattr(measured(CONDITIONAL, within(shared)), end) == getattr(
            measured(CONDITIONAL, within(alone)), end
        )


def test_groups_that_share_no_level_are_undecided_and_named():
    found = measured(CONDITIONAL, within({("a", "x"): (80, 20), ("b", "y"): (50, 50)}))
    assert np.isnan(found.value[0])
    assert "fewer than 20 rows each in levels of job that they share are undecided: a and b" in found.notes[0]


def test_a_pair_without_shared_levels_leaves_the_claim_open():
    table = {("a", "x"): (800, 200), ("b", "x"): (800, 200), ("c", "y"): (50, 50)}
    found = measured(CONDITIONAL, within(table))
    assert 0 == found.value[0]
    assert np.isinf(found.upper[0])
