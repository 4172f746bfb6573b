"""Rows count by their weight, and what a row stands for is no more sure for weighing more."""

from __future__ import annotations

from typing import Any

import pytest

import shipworthy as sw
from tests.workbench import shop
from tests.workbench.shop import VENDOR, changed, edited, mail, with_candidates, with_requirements

ROWS = mail()
CLAIMS = ("recall >= 0.50", "false_positive_rate <= 30 %", "net_value >= -1", "mean(size) <= 40")
TEXT = with_requirements(*CLAIMS)
WEIGHTED = changed("time: time", "time: time, weight: weight", TEXT)


def estimates(folder, text, rows) -> dict[tuple[str, str], Any]:
    found: Any = sw.evaluate(sw.open(shop.product_folder(folder, text, rows))).evaluation
    return {
        (each.metric, str(each.slice)): each
        for each in found.estimates
        if each.candidate == "keywords" and "latency" not in each.metric
    }


@pytest.mark.slow  # a whole product, and its kin prove the rest
def test_weights_of_one_change_nothing(tmp_path):
    plain = estimates(tmp_path / "plain", TEXT, ROWS)
    weighted = estimates(tmp_path / "weighted", WEIGHTED, edited(ROWS, weight=1))
    assert plain.keys() == weighted.keys()
    for key, each in plain.items():  # an engine adds groups in any order, so that the last digit may differ
        assert (each.n, each.units, each.method) == (
            weighted[key].n,
            weighted[key].units,
            weighted[key].method,
        )
        for part in ("value", "low", "high", "lower", "upper"):
            assert getattr(each, part) == pytest.approx(getattr(weighted[key], part), rel=1e-12), key


@pytest.mark.slow  # a whole product, and its kin prove the rest
def test_the_size_of_the_weights_does_not_matter(tmp_path):
    """Nor does a row of weight 0 count in any value."""
    rows = edited(ROWS, weight=lambda row: 0 if row["bait"] == 3 else 1 + row["bait"])
    one = estimates(tmp_path / "one", WEIGHTED, rows)
    thousand = estimates(
        tmp_path / "thousand", WEIGHTED, edited(rows, weight=lambda row: 1000 * row["weight"])
    )
    for key, each in one.items():
        for part in ("value", "low", "high", "lower", "upper"):
            assert getattr(each, part) == pytest.approx(getattr(thousand[key], part), rel=1e-9), key


def test_a_weighted_row_is_one_row_that_occurs_so_often(tmp_path):
    """Repetitions of one row are no independent rows: values are those of the rows by their id, and bounds are near."""
    rows = edited(ROWS, weight=lambda row: 1 + row["bait"] % 3)
    repeated = [{**row, "nth": nth} for row in rows for nth in range(row["weight"])]
    text = changed("id: id, time: time", "id: id, time: time, repeats: nth", TEXT)
    often = estimates(tmp_path / "often", text, repeated)
    weighted = estimates(tmp_path / "weighted", WEIGHTED, rows)
    for key, each in weighted.items():
        assert each.value == pytest.approx(often[key].value, rel=1e-9), key
        width = each.upper - each.lower
        assert each.lower == pytest.approx(often[key].lower, abs=0.4 * width), key
        assert each.upper == pytest.approx(often[key].upper, abs=0.4 * width), key


@pytest.mark.slow  # a whole product, and its kin prove the rest
def test_unequal_weights_say_less(tmp_path):
    plain = estimates(tmp_path / "plain", TEXT, ROWS)
    rows = edited(ROWS, weight=lambda row: 20 if int(row["id"][1:]) % 5 == 0 else 1)
    weighted = estimates(tmp_path / "weighted", WEIGHTED, rows)
    key = ("recall", "{}")
    assert plain[key].n == weighted[key].n
    assert weighted[key].units < plain[key].units / 2
    assert weighted[key].upper - weighted[key].lower > plain[key].upper - plain[key].lower


def test_rows_without_an_answer_are_counted_and_not_weighed(tmp_path):
    text = with_candidates(VENDOR, text=WEIGHTED)
    folder = shop.product_folder(tmp_path, text, edited(ROWS, weight=1000))
    answers = [{"id": row["id"], "prediction": row["spam"]} for row in ROWS[:380]]
    shop.write_csv(folder / "vendor.csv", answers)
    found: Any = sw.evaluate(sw.open(folder)).evaluation
    vendor = found.facts("vendor")
    assert (200, 180) == (vendor.rows, vendor.scored)
    assert any(note.startswith("20 of 200 test rows have no answer") for note in vendor.notes)


SCORED = (
    '  scored: {rule: "bait / 20.0", cost: 0}\n',
    '  banded: {rule: "bait / 20.0", cost: 0, abstain: {error: 20 %, review: -0.01}}\n',
    '  grouped: {rule: "bait / 20.0", cost: 0, thresholds_by: format}\n',
)


def operated(folder, text, rows):
    """How each candidate with a score is operated, and why."""
    found: Any = sw.evaluate(sw.open(shop.product_folder(folder, text, rows))).evaluation
    facts = [found.facts(name) for name in ("scored", "banded", "grouped")]
    return [
        (each.threshold, each.review_from, each.thresholds, each.threshold_why, each.curve, each.regret)
        for each in facts
    ]


def test_rows_of_any_one_weight_are_operated_as_rows_without_and_those_of_weight_0_are_none(tmp_path):
    rows = [
        {**row, "part": "test" if at % 2 else "validation", "weight": 0.001} for at, row in enumerate(ROWS)
    ]
    none = [{**row, "id": f"x{row['id']}", "spam": 1 - row["spam"], "weight": 0} for row in rows[::6]]
    parts = "split: {by: part}", with_candidates(*SCORED, text=TEXT)
    plain = changed("split: {by: time, test: 50 %, validation: 20 %}", *parts)
    expected = operated(tmp_path / "plain", plain, rows)
    weighted = changed("time: time", "time: time, weight: weight", plain)
    assert expected == operated(tmp_path / "weighted", weighted, [*rows, *none])


def test_no_error_is_proved_of_rows_that_differ_in_weight(tmp_path):
    rows = edited(ROWS, weight=lambda row: 50 if row["bait"] % 2 else 1)
    folder = shop.product_folder(tmp_path, with_candidates(SCORED[1], text=WEIGHTED), rows)
    with pytest.raises(sw.InputError) as caught:
        sw.evaluate(sw.open(folder))
    assert "abstain.weights" == caught.value.problem.code
