"""Two candidates' joint outcomes say on how many rows that a metric counts only one of the two is right."""

from __future__ import annotations

import pytest

from shipworthy.metrics import define
from shipworthy.plan import discordance
from shipworthy.plan.discordance import Discordance
from shipworthy.query.pairs import PairedLog, scan_pairs
from shipworthy.query.scan import Log
from shipworthy.spec.claim import Metric
from shipworthy.tally.needs import OVERALL, Needs
from tests.query.tables import local, table_of

LABELS = [True, True, True, True, False, False, None]
FIRST = [True, True, False, None, True, False, True]
SECOND = [True, False, True, True, False, False, True]
NEVER = [None] * len(LABELS)


def log(engine, name, answers):
    """The answers of one candidate to the same seven rows."""
    rows = [
        {
            "id": f"r{n}",
            "unit": f"r{n}",
            "label": label,
            "prediction": answer,
            "score": None if answer is None else float(answer),
        }
        for n, (label, answer) in enumerate(zip(LABELS, answers, strict=True))
    ]
    return Log(engine, table_of(engine, rows, name=name), {})


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    """The discordance of two candidates by a metric."""
    engine = local(tmp_path_factory.mktemp("discordance"))

    def of(metric, first, second):
        paired = PairedLog(log(engine, "first", first), log(engine, "second", second))
        cube = scan_pairs(paired, Needs(groupings=frozenset({OVERALL}))).overall
        return discordance(cube, define(Metric(metric), None))

    return of


@pytest.mark.parametrize(
    ("metric", "rows", "discordant"), [("recall", 3, 2), ("false_positive_rate", 2, 1), ("accuracy", 5, 3)]
)
def test_rows_that_only_one_of_two_gets_right_are_discordant(found, metric, rows, discordant):
    assert Discordance(rows, discordant) == found(metric, FIRST, SECOND)


def test_rows_that_one_of_two_did_not_answer_are_no_pair(found):
    assert Discordance(0, 0) == found("accuracy", FIRST, [*NEVER[:3], True, *NEVER[4:]])
