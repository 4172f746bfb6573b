"""A requirement becomes a claim, unless no data could ever decide it."""

from __future__ import annotations

import pytest

from shipworthy.errors import InputError
from shipworthy.tally import Needs
from shipworthy.tally.needs import pairs
from tests.judge.claims import claim


@pytest.mark.parametrize(
    ("text", "code", "remedy"),
    [
        ("recall >= 1.2", "requirement.impossible", "0.95"),
        ("recall >= 95", "requirement.impossible", "Write a share, such as 95 %."),
        ("recall >= -0.1", "requirement.impossible", "0.95"),
        ("recall >= 1", "requirement.unprovable", "0.999"),
        ("recall >= 100 %", "requirement.unprovable", "2,995"),
        ("recall > 1", "requirement.unprovable", "0.999"),
        ("false_positive_rate <= 0", "requirement.unprovable", "0.1 %"),
        ("false_positive_rate < 0 %", "requirement.unprovable", "0.1 %"),
        ("gap(recall, colour) <= 0", "requirement.unprovable", "0.1 %"),
        ("ratio(recall, colour) >= 1", "requirement.unprovable", "0.999"),
        ("mean(ms) <= 5 %", "requirement.unit", "unit of the column"),
        ("net_value >= 5 %", "requirement.unit", "unit of the column"),
        ("recall >= 0.8 at false_positive_rate <= 0", "requirement.unprovable", "0.1 %"),
        ("recall >= 0.8 at precision >= 3", "requirement.impossible", "3 %"),
        ("gap(recall, colour) <= 0.1 for every colour", "requirement.column_twice", "within slices"),
        ("gap(recall, colour) <= 0.1 where colour = 'red'", "requirement.column_twice", "within slices"),
        ("recall >= 0.8 for every colour where colour = 'red'", "requirement.column_twice", "within slices"),
        (
            "recall >= 0.8 at gap(recall, colour) <= 0.1 for every colour",
            "requirement.column_twice",
            "within slices",
        ),
    ],
)
def test_a_claim_that_can_never_be_decided_is_refused_with_the_way_out(text, code, remedy):
    with pytest.raises(InputError) as error:
        claim(text)
    assert code == error.value.problem.code
    assert remedy in error.value.problem.remedy


@pytest.mark.parametrize(
    "text",
    [
        "recall >= 0.999",
        "recall < 1",
        "recall <= 100 %",
        "mean(ms) <= 500",
        "net_value >= 0",
        "gap(net_value, colour) <= 12.5",
        "gap(net_value, colour) <= 0.5 for every size",
        "mean(ms) <= 3 for every ms",
    ],
)
def test_a_claim_that_data_can_decide_is_taken(text):
    assert text == claim(text).requirement.text


def test_the_slices_are_named_by_every_and_where_together():
    both = claim("recall >= 0.8 for every size where colour = 'red'")
    assert ("colour", "size") == both.by
    assert both.covers(("red", "tiny"))
    assert not both.covers(("blue", "tiny"))


def test_a_claim_needs_what_both_of_its_halves_need():
    needs = claim("recall >= 0.8 at gap(recall, colour) <= 0.1 for every size").needs
    groupings = frozenset({("size",), ("colour", "size")})
    assert Needs(groupings=groupings, products=pairs(["tp", "fn", "xp"])) == needs


def test_a_claim_names_every_column_that_it_reads():
    assert ("size", "ms", "colour") == claim(
        "p95(ms) <= 3 at gap(recall, colour) <= 0.1 for every size"
    ).columns
