"""What an explanation rests on where rows are many, grouped, unlabelled, or operated in another way."""

from __future__ import annotations

import pytest

import shipworthy as sw
from shipworthy.evidence import OperatingPoint
from shipworthy.workbench.explaining.replying import Cutter
from tests.workbench import shop

LOGISTIC = "  logistic: {train: logistic_regression, features: [bait, winner, size], cost: 0}\n"


def explained(folder, text, rows, row="m00003"):
    product = sw.open(shop.product_folder(folder, text, rows))
    sw.train(product)
    return sw.explain(product, "logistic", row=row).explanation.of("logistic")


def test_of_many_rows_a_stated_number_is_looked_at_the_same_each_time(tmp_path):
    found = explained(tmp_path, shop.with_candidates(LOGISTIC), shop.mail(4_400))
    assert (2_000, 2_200) == (found.drivers.rows, found.drivers.of)
    assert 100 == found.row.reasons.background


@pytest.mark.slow  # a whole product, and its kin prove the rest
def test_rows_of_one_sender_are_not_taken_for_independent_ones(tmp_path):
    """Each mail stands four times: with the sender as unit the interval is about twice as wide."""
    rows = [
        {**row, "id": f"{row['id']}-{copy}", "sender": row["id"]}
        for row in shop.mail(200)
        for copy in range(4)
    ]
    text = shop.with_candidates(LOGISTIC)
    grouped = shop.changed("id: id, time", "id: id, unit: sender, time", text)
    alone, together = (
        explained(tmp_path / name, each, rows, "m00003-1").drivers.found[0]
        for name, each in (("alone", text), ("grouped", grouped))
    )
    ratio = (together.high - together.low) / (alone.high - alone.low)
    assert 1.6 < ratio < 2.4


def test_without_a_labelled_test_row_there_are_reasons_but_no_drivers(tmp_path):
    rows = shop.mail()
    found = explained(
        tmp_path, shop.with_candidates(LOGISTIC), [*rows[:200], *shop.edited(rows[200:], spam="")]
    )
    assert (None, None) == (found.drivers, found.mistakes)
    assert found.row.reasons.reasons
    assert "no test row is labelled" in found.notes[0]
    assert "it learned from this very row" in found.notes[2]


@pytest.mark.parametrize(
    ("point", "answers", "threshold"),
    [
        (OperatingPoint(0.5), ["not spam", "spam", "spam"], 0.5),
        (OperatingPoint(0.8, review_from=0.5), ["not spam", "a person decides", "spam"], 0.8),
        (OperatingPoint(0.5, by="format", thresholds={"html": 0.6}), [None, None, None], None),
        (None, [None, None, None], None),
    ],
)
def test_a_score_is_an_answer_by_the_point_at_which_the_candidate_is_operated(point, answers, threshold):
    cut = Cutter("spam", point)
    assert answers == [cut.answer(score) for score in (0.4, 0.5, 0.9)]
    assert (threshold, None) == (cut.threshold, cut.answer(None))
    assert bool(cut.notes) == (threshold is None)
