"""Odd values count alike on every engine: NaN and infinities, the largest numbers, exact decimals, odd text, instants."""

from __future__ import annotations

import math
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from shipworthy.errors import InputError
from shipworthy.query.answer import class_of, positive
from shipworthy.query.answer_proofs import prove_answers
from shipworthy.query.facts import column_facts
from shipworthy.query.scan import Log, scan
from shipworthy.query.slicing import slicings
from shipworthy.query.split import SplitPlan, split_column, split_table
from shipworthy.spec.model import Segment, Source
from shipworthy.tally.needs import OVERALL, Needs
from tests.engines import backends
from tests.query.recount import assert_same

TYPES = {
    "id": "TEXT",
    "unit": "TEXT",
    "moment": "TIMESTAMP",
    "instant": "TIMESTAMPTZ",
    "label": "BOOLEAN",
    "prediction": "BOOLEAN",
    "score": "DOUBLE PRECISION",
    "size": "DOUBLE PRECISION",
    "level": "DOUBLE PRECISION",
    "large": "BIGINT",
    "exact": "DECIMAL(38, 10)",
    "word": "TEXT",
}
WORDS = [
    "it's",
    'say "x"',
    "back\\slash",
    "%_",
    "",
    " ",
    "x ",
    "x",
    "X",
    "é",
    "e\u0301",
    "😀",
    "two\nlines",
    None,
]
SCORES = [0.0, 1.0, 5e-324, 1 - 2**-53, 0.5, 1e-9, None]
SIZES = [math.inf, -math.inf, math.nan, 1.7e308, -1.7e308, 5e-324, -0.0, 0.0, 1e-300, 123.456, None]
LEVELS = [0.1, 1e22, -1.5, math.nan, None]
LARGE = [2**63 - 1, -(2**63), 2**53 + 1, 0, None]
EXACT = [Decimal("1234567890123456789012345678.0123456789"), Decimal("-0.0000000001"), Decimal("0.1"), None]
FIRST = datetime(1969, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC)


def at(number: int) -> datetime:
    """Instants around 1970, around the hour that clocks in Europe skip in spring, and a microsecond apart."""
    if number % 3 == 0:
        return FIRST + timedelta(microseconds=number)
    return datetime(2024, 3, 31, 0, 30, tzinfo=UTC) + timedelta(minutes=30 * (number // 3))


ROWS: list[dict[str, Any]] = [
    {
        "id": f"r{n}",
        "unit": f"u{n % 17}",
        "moment": at(n).replace(tzinfo=None),
        "instant": at(n),
        "label": [True, False, None][n % 3],
        "prediction": [True, None, False, None][n % 4],
        "score": SCORES[n % len(SCORES)],
        "size": SIZES[n % len(SIZES)],
        "level": LEVELS[n % len(LEVELS)],
        "large": LARGE[n % len(LARGE)],
        "exact": EXACT[n % len(EXACT)],
        "word": WORDS[n % len(WORDS)],
    }
    for n in range(140)
]
NEEDS = Needs(
    frozenset({"large", "exact"}),
    frozenset({OVERALL, ("word",), ("level",)}),
    frozenset({("score", OVERALL), ("size", OVERALL), ("exact", ("level",))}),
)


@pytest.fixture(scope="module", params=backends.NAMES)
def engine(request, tmp_path_factory):
    return backends.engine_of(request.param, request, tmp_path_factory.mktemp("engine"))


@pytest.fixture(scope="module")
def rows(engine):
    return backends.put(engine, "odd_rows", TYPES, ROWS)


@pytest.mark.parametrize("clustered", [False, True], ids=["row by row", "by unit"])
def test_odd_values_are_counted_as_plain_python_counts_them(engine, rows, clustered):
    slices = slicings(engine, rows, [Segment(column="word"), Segment(column="level")])
    tallies = scan(Log(engine, rows, slices, 0.5, clustered), NEEDS)
    assert_same(ROWS, NEEDS, tallies, clustered=clustered, threshold=0.5)


def test_odd_values_are_slices_of_their_own(engine, rows):
    found = slicings(engine, rows, [Segment(column="word"), Segment(column="level")])
    assert {*[word for word in WORDS if word is not None], "(missing)"} == set(found["word"].labels)
    assert ("-1.5", "0.1", "1e+22", "(missing)") == found["level"].labels


def test_the_ends_of_columns_leave_nan_out(engine, rows):
    facts = column_facts(engine, rows, ["size", "large", "exact"])
    assert (-math.inf, math.inf) == (facts["size"].least, facts["size"].greatest)
    assert (-(2**63), 2**63 - 1) == (facts["large"].least, facts["large"].greatest)
    assert float(EXACT[0] or 0) == float(facts["exact"].greatest)


def test_a_positive_value_with_quotes_and_backslashes_is_found(engine, rows):
    words = [word for word in WORDS if word is not None]
    asked = {f"v{n}": positive(rows.word, word).sum() for n, word in enumerate(words)}
    found = engine.run(rows.aggregate(**asked), "testing").to_pylist()[0]
    assert [10] * len(words) == [found[f"v{n}"] for n in range(len(words))]


@pytest.mark.parametrize("value", [0.1, "0.1"], ids=["number", "text"])
def test_a_label_that_is_no_number_is_no_label_and_no_class(engine, rows, value):
    answers = {"yes": positive(rows.level, value), "name": class_of(rows.level)}
    found = engine.run(rows.select("id", **answers), "testing").to_pylist()
    levels = {row["id"]: row["level"] for row in ROWS}
    unlabelled = {name for name, level in levels.items() if level is None or math.isnan(level)}
    assert unlabelled == {row["id"] for row in found if row["yes"] is None}
    assert unlabelled == {row["id"] for row in found if row["name"] is None}
    assert {name for name, level in levels.items() if level == 0.1} == {
        row["id"] for row in found if row["yes"]
    }


@pytest.mark.parametrize(("test", "validation"), [(30, 20), (20, 35)])
@pytest.mark.parametrize("column", ["moment", "instant"])
def test_a_split_by_time_keeps_microseconds_and_the_years_before_1970(engine, rows, column, test, validation):
    source = Source(source="rows", id="id", time=column)
    plan = SplitPlan("time", test / 100, validation / 100)  # 1 - 0.2 - 0.35 is more than 0.45
    table = split_table(rows, plan, source)
    parts = engine.run(
        table.select("id", part=split_column(table, plan, source, table.id)), "testing"
    ).to_pylist()
    order = sorted(ROWS, key=lambda row: row[column])
    earlier = {row["id"]: sum(other[column] < row[column] for other in order) for row in ROWS}
    limits = [("train", 100 - test - validation), ("validation", 100 - test), ("test", 100)]
    expected = {
        id_: next(part for part, percent in limits if 100 * n < percent * len(ROWS))
        for id_, n in earlier.items()
    }
    assert expected == {row["id"]: row["part"] for row in parts}


def test_scores_that_are_no_numbers_are_refused_alike(engine, rows):
    log = rows.mutate(score=rows.size)
    with pytest.raises(InputError, match=r"39 scores of vendor are NaN or infinite, the first at id r0"):
        prove_answers(engine, log, "vendor")
