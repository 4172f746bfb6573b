"""Two assistants that a judge graded are held against each other by what people said of both."""

from __future__ import annotations

import csv
from typing import Any

import numpy as np
import pytest

import shipworthy as sw
from tests.workbench.judged import PRODUCT, ROWS, answers, judged_folder
from tests.workbench.shop import write_csv

TEXT = PRODUCT.replace(
    "{recorded: assistant.csv}", "{recorded: assistant.csv}\n  flatterer: {recorded: flatterer.csv}"
)


def folder_of(folder, text=TEXT, labelled=200, *, same=True):
    """The flatterer is worse, and the judge lets more than half of its poor answers pass."""
    judged_folder(folder, text, labels=labelled)
    chance = np.random.default_rng(11)
    human = chance.random(ROWS) < 0.5
    judge = np.where(human, chance.random(ROWS) < 0.95, chance.random(ROWS) < 0.55)
    write_csv(folder / "flatterer.csv", answers(judge))
    with (folder / "people.csv").open(newline="") as handle:
        lines = list(csv.DictReader(handle))
    rows = sorted({int(line["id"][1:]) for line in lines})
    if not same:
        rows = [at for at in range(ROWS) if at not in rows][:labelled]
    more = [
        {
            **lines[0],
            "id": f"q{at:03d}",
            "candidate": "flatterer",
            "verdict": "pass" if human[at] else "fail",
            "labeller": "ann",
        }
        for at in rows
    ]
    write_csv(folder / "people.csv", lines + more)
    return folder


def compared(folder) -> Any:
    contest = sw.compare(sw.open(folder), champion="assistant").contest
    assert contest is not None
    return contest


def test_what_people_said_of_both_corrects_the_difference(tmp_path):
    contest = compared(folder_of(tmp_path / "desk"))
    [found] = [each for each in contest.comparisons if each.metric == "pass_rate(helpful)"]
    assert ("worse", "ppi", True) == (found.verdict, found.method, found.asked)
    assert found.difference == pytest.approx(-0.25, abs=0.12)
    assert 150 < found.n <= 200
    assert not [note for note in contest.notes if "not compared" in note]


def test_labels_of_different_rows_compare_nothing_and_that_is_said(tmp_path):
    contest = compared(folder_of(tmp_path / "desk", same=False))
    [found] = [each for each in contest.comparisons if each.metric == "pass_rate(helpful)"]
    assert "undecided" == found.verdict
    assert found.reason.endswith("label the same rows for both")


def test_labels_that_were_not_drawn_at_random_are_no_ground_and_that_is_said(tmp_path):
    contest = compared(folder_of(tmp_path / "desk", TEXT.replace("at random", "otherwise")))
    assert "undecided" == contest.standing("flatterer")
    [note] = [note for note in contest.notes if note.startswith("not compared")]
    assert "pass_rate(helpful)" in note
    assert "drawn: at random" in note
    assert (
        "nothing that the requirements ask can be compared, so that nobody is better or worse"
        in contest.notes
    )
