"""Several rows of one id, or several answers to one row, are one unit: more answers are not more evidence of the world."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import shipworthy as sw
from shipworthy.errors import InputError
from tests.workbench import shop
from tests.workbench.shop import VENDOR, changed, edited, mail, with_candidates, write_csv

ROWS = mail()
REPEATS = changed("id: id, time: time", "id: id, time: time, repeats: attempt")
SEVERAL = with_candidates("  vendor: {recorded: vendor.csv, columns: {repeats: attempt}, cost: 0}\n")


def recall_of(folder, candidate: str) -> Any:
    found: Any = sw.evaluate(sw.open(folder)).evaluation
    [recall] = [
        each
        for each in found.estimates
        if (each.candidate, each.metric, dict(each.slice)) == (candidate, "recall", {})
    ]
    return recall


@pytest.mark.slow  # a whole product, and its kin prove the rest
def test_repeated_rows_of_an_id_are_one_unit_and_stay_on_one_side_of_the_split(tmp_path):
    """Each row ten times gives the very bounds of each row once."""
    once = recall_of(shop.product_folder(tmp_path / "once"), "keywords")
    rows = [{**row, "attempt": attempt} for row in ROWS for attempt in range(10)]
    often = recall_of(shop.product_folder(tmp_path / "often", REPEATS, rows), "keywords")
    assert (10 * once.n, once.units, once.value) == (often.n, often.units, often.value)
    assert once.lower == pytest.approx(often.lower, abs=0.02)
    assert once.upper == pytest.approx(often.upper, abs=0.02)


def test_the_same_id_and_repetition_twice_is_an_error(tmp_path):
    rows = [*edited(ROWS, attempt=1), {**ROWS[0], "attempt": 1}]
    with pytest.raises(InputError, match=r"id with attempt of mail\.csv is not unique: m00000#1"):
        sw.evaluate(sw.open(shop.product_folder(tmp_path / "twice", REPEATS, rows)))


def test_several_answers_to_one_row_are_rows_of_one_unit(tmp_path):
    """Three answers that differ at random: as many units as rows, three times the answers."""
    rng = np.random.default_rng(5)
    folder = shop.product_folder(tmp_path / "several", SEVERAL)
    answers = [
        {"id": row["id"], "attempt": attempt, "prediction": int(rng.random() < (0.8 if row["spam"] else 0.1))}
        for row in ROWS
        for attempt in range(3)
    ]
    write_csv(folder / "vendor.csv", answers)
    found = recall_of(folder, "vendor")
    test = {row["id"]: row["spam"] for row in ROWS[200:]}
    positives = [each for each in answers if test.get(each["id"])]
    assert len(positives) == found.n
    assert sum(test.values()) == found.units
    assert np.mean([each["prediction"] for each in positives]) == found.value


def test_predictions_for_repeated_rows_say_which_repetition_they_are_for(tmp_path):
    text = with_candidates(VENDOR, text=REPEATS)
    folder = shop.product_folder(tmp_path / "unnumbered", text, edited(ROWS, attempt=1))
    write_csv(folder / "vendor.csv", [{"id": row["id"], "prediction": row["spam"]} for row in ROWS])
    with pytest.raises(InputError, match="vendor has no column 'attempt' to say which repetition"):
        sw.evaluate(sw.open(folder))
