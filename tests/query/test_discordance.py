"""Two logs of the same rows are paired by id, and their differing answers counted."""

from __future__ import annotations

from shipworthy.query.discordance import Pairs, pairs
from shipworthy.query.scan import Log
from tests.query.tables import local, table_of

LABELS = [True, True, True, True, False, False, None]


def log(engine, name, answers):
    rows = [
        {
            "id": f"r{n}",
            "label": label,
            "prediction": answer,
            "score": None if answer is None else float(answer),
        }
        for n, (label, answer) in enumerate(zip(LABELS, answers, strict=True))
    ]
    return Log(engine, table_of(engine, rows, name=name), {})


def test_rows_that_the_metric_counts_of_one_candidate_only_are_discordant(tmp_path):
    engine = local(tmp_path)
    first = log(engine, "first", [True, True, False, None, True, False, True])
    second = log(engine, "second", [True, False, True, True, False, False, True])
    assert Pairs(3, 2) == pairs(first, second, ["tp"], ["tp", "fn"])
    assert Pairs(2, 1) == pairs(first, second, ["fp"], ["fp", "tn"])
    assert Pairs(5, 3) == pairs(first, second, ["tp", "tn"], ["tp", "fn", "fp", "tn"])


def test_without_a_row_that_both_answered_there_is_no_pair(tmp_path):
    engine = local(tmp_path)
    first = log(engine, "first", [True, None, None, None, None, None, None])
    second = log(engine, "second", [None, True, None, None, None, None, None])
    assert Pairs(0, 0) == pairs(first, second, ["tp"], ["tp", "fn"])
