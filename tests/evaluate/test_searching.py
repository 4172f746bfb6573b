"""What is searched follows from the requirements and from what fits, and what does not fit is said."""

from __future__ import annotations

import pytest

from shipworthy.evaluate import deepest_of_units, questions, searched
from tests.evaluate.products import product

MONEY = {"true_positive": 0.02, "false_positive": -0.5}


def of(*requirements, known=None, deepest=3, **sections):
    given = product(*requirements, **sections)
    return searched(given, questions(given).claims, known or {}, deepest=deepest)


def sides(found):
    return {str(each.definition.metric): each.higher for each in found.sought}


def test_the_metrics_that_requirements_name_are_searched_on_their_worse_side():
    found = of("recall >= 0.5 at false_positive_rate <= 5 %", "net_value >= 0", "f1 >= 0.1", value=MONEY)
    assert {"recall": True, "false_positive_rate": False, "net_value": True, "f1": True} == sides(found)


def test_a_gap_is_searched_by_what_it_compares():
    assert {"recall": True} == sides(of("gap(recall, colour) <= 0.1"))


def test_a_mean_is_worse_on_the_side_that_its_requirement_forbids():
    found = of("mean(cost_usd) <= 0.01", "mean(stars) >= 4", "selection_rate <= 0.2")
    assert {"mean(cost_usd)": False, "mean(stars)": True, "selection_rate": False} == sides(found)


def test_without_a_metric_that_can_be_searched_the_usual_ones_are():
    usual = {"accuracy": True, "recall": True, "false_positive_rate": False}
    assert usual == sides(of("p95(latency_ms) <= 9", "auc >= 0.6"))


def test_all_groupings_by_one_two_and_three_columns_are_searched():
    known = {"a": ["1", "2"], "b": ["1", "2"], "c": ["1", "2"]}
    found = of(known=known, segments=["a", "b"], protected=["c"])
    assert (("a",), ("b",), ("c",), ("a", "b"), ("a", "c"), ("b", "c"), ("a", "b", "c")) == found.groupings
    assert () == found.notes
    assert {(), *found.groupings} == found.needs.groupings


def test_a_column_with_a_single_value_has_no_rest():
    assert (("a",),) == of(known={"a": ["1", "2"], "b": ["1"]}, segments=["a", "b"]).groupings


def test_groupings_with_too_many_slices_are_left_out_and_named():
    many = [str(each) for each in range(190)]
    found = of(known={"a": many, "b": many, "c": ["1", "2"]}, segments=["a", "b", "c"])
    assert (("a",), ("b",), ("c",), ("a", "c"), ("b", "c")) == found.groupings
    assert [
        "worst slices: 1 of 3 pairs of columns have too many slices to be searched (a x b)",
        "worst slices: 1 of 1 triples of columns have too many slices to be searched (a x b x c)",
    ] == [*found.notes]


def test_all_groupings_together_stay_within_bounds():
    columns = [f"c{at:02d}" for at in range(20)]
    known = {column: [str(each) for each in range(30)] for column in columns}
    found = of(known=known, segments=columns)
    assert 190 == len([by for by in found.groupings if len(by) == 2]) + int(found.notes[0].split()[2])
    assert sum(30 ** len(by) for by in found.groupings if len(by) > 1) <= 100_000


@pytest.mark.parametrize(
    ("deepest", "groupings", "note"),
    [
        (
            1,
            3,
            ("slices by one column were searched, those by two, each pair a pass over all rows, were not",),
        ),
        (
            2,
            6,
            (
                "slices by one and two columns were searched, those by three, slow with so many rows, were not",
            ),
        ),
        (3, 7, ()),
    ],
)
def test_of_units_with_several_rows_slices_are_searched_as_deep_as_is_not_too_dear(deepest, groupings, note):
    known = {name: ["1", "2"] for name in "abc"}
    found = of(known=known, segments=["a", "b", "c"], deepest=deepest)
    assert groupings == len(found.groupings)
    assert tuple(f"worst slices: units hold several rows, so {each}" for each in note) == found.notes


@pytest.mark.parametrize(
    ("rows", "columns", "deepest"),
    [(2_000_000, 5, 3), (2_000_001, 5, 2), (50_000, 14, 3), (10**10, 2, 3), (10**10, 3, 2)],
)
def test_units_are_summed_by_three_columns_where_that_takes_about_a_second(rows, columns, deepest):
    assert deepest == deepest_of_units(rows, columns)


def test_what_is_not_deeper_needs_no_note():
    assert () == of(known={"a": ["1", "2"], "b": ["1", "2"]}, segments=["a", "b"], deepest=2).notes
