"""The published numbers of rows that a claim needs before there is any data."""

from __future__ import annotations

import pytest

from shipworthy.errors import InputError
from shipworthy.plan import ladder
from tests.judge.claims import claim


def rungs(text: str, *errors: int) -> list[int | None]:
    [found] = ladder(claim(text), errors)
    return [rung.rows for rung in found.rungs]


def test_negatives_that_prove_a_rare_false_positive():
    assert [2_995, 4_742, 6_294, 7_752, 10_511, 16_959] == rungs(
        "false_positive_rate <= 0.1 %", 0, 1, 2, 3, 5, 10
    )


def test_positives_that_prove_a_high_recall():
    assert [59, 336] == rungs("recall >= 0.95", 0, 10)


def test_a_stricter_confidence_needs_more():
    assert [90] == rungs("recall >= 0.95 with 99 % confidence", 0)


def test_a_condition_has_a_ladder_of_its_own():
    found = ladder(claim("recall >= 0.95 at false_positive_rate <= 0.1 % for every colour"))
    assert [("positives", "misses"), ("negatives", "false alarms")] == [
        (each.rows, each.errors) for each in found
    ]
    assert {("colour",)} == {each.each for each in found}


@pytest.mark.parametrize(
    "text", ["mean(cost_usd) <= 1", "p95(latency_ms) <= 5 ms", "net_value >= 0", "f1 >= 0.5"]
)
def test_what_is_no_share_has_no_ladder(text):
    with pytest.raises(InputError, match="depends on how much it varies") as caught:
        ladder(claim(text))
    assert "plan.claim" == caught.value.problem.code
