"""Every engine gives the same numbers: counts exactly, sums to 1e-9, and the same rows in the same parts."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from hashlib import md5
from itertools import groupby
from typing import Any

import pytest

from shipworthy.errors import InputError, OutsideError
from shipworthy.evidence import OperatingPoint
from shipworthy.query.answer import positive
from shipworthy.query.commas import CommaNumbers, comma_numbers
from shipworthy.query.engine import remote_engine
from shipworthy.query.facts import column_facts
from shipworthy.query.scan import Log, scan
from shipworthy.query.slicing import Slicing, slicings
from shipworthy.query.source import fingerprint, load_table
from shipworthy.query.split import SplitPlan, split_column, split_table
from shipworthy.query.uniqueness import prove_unique
from shipworthy.spec.model import Segment, Source
from shipworthy.tally.needs import OVERALL, Needs, pairs
from tests.engines import backends
from tests.query.recount import assert_same

TYPES = {
    "id": "TEXT",
    "unit": "TEXT",
    "time": "TIMESTAMP",
    "label": "BOOLEAN",
    "prediction": "BOOLEAN",
    "score": "DOUBLE PRECISION",
    "amount": "DECIMAL(12, 3)",
    "size": "DOUBLE PRECISION",
    "count": "BIGINT",
    "urgent": "BOOLEAN",
    "format": "TEXT",
}
START = datetime(2024, 1, 1, tzinfo=UTC).replace(tzinfo=None)


def drawn(rows: int = 500, seed: int = 0) -> list[dict[str, Any]]:
    """Rows with every kind of value and every kind of gap."""
    rng = random.Random(seed)  # noqa: S311 - a test's dice

    def maybe(value: Any, share: float = 0.1) -> Any:
        return None if rng.random() < share else value

    return [
        {
            "id": f"r{number}",
            "unit": f"u{rng.randrange(rows // 4)}",
            "time": START + timedelta(minutes=7 * rng.randrange(rows // 2), microseconds=rng.randrange(3)),
            "label": maybe(rng.random() < 0.4),
            "prediction": maybe(rng.random() < 0.5, 0.5),
            "score": maybe(rng.choice([rng.random(), 0.0, 1.0, 0.5])),
            "amount": maybe(Decimal(rng.randrange(-50_000, 900_000)) / 1000),
            "size": maybe(rng.choice([rng.gauss(0, 1e4), rng.random() * 1e-6, 0.0, float("nan")])),
            "count": maybe(rng.randrange(-3, 100)),
            "urgent": maybe(rng.random() < 0.3),
            "format": maybe(rng.choice(["html", "plain", "", "naïve 'ñ'"])),
        }
        for number in range(rows)
    ]


ROWS = drawn()
NEEDS = Needs(
    frozenset({"amount", "size", "count", "urgent"}),
    frozenset({OVERALL, ("format",), ("urgent",), ("format", "urgent")}),
    frozenset({("score", OVERALL), ("size", ("format",)), ("amount", OVERALL)}),
    pairs(["amount", "#amount", "size", "count", "urgent", "#urgent"]),
    ranked=frozenset({("score", OVERALL), ("size", ("format",))}),
)
FORMATS = ("", "html", "naïve 'ñ'", "plain", None)
SLICES = {
    "format": Slicing("format", found=FORMATS),
    "urgent": Slicing("urgent", found=(False, True, None)),
}
POINTS = {
    "predictions": None,
    "scores": 0.5,
    "a band for a person": OperatingPoint(0.7, review_from=0.2),
    "a threshold for each text": OperatingPoint(
        0.5, by="format", thresholds={"html": 0.2, "": 0.9, "naïve 'ñ'": 0.1}
    ),
    "a threshold for each truth": OperatingPoint(
        0.5, by="urgent", thresholds={"true": 0.1, "(missing)": 0.8}
    ),
}


ON_SPARK = {("predictions", False), ("a threshold for each text", True)}
"""What Spark counts each time; the rest, which differs in Python and in expressions that others count, is slow."""

CASES = [
    pytest.param(
        name,
        clustered,
        threshold,
        id=f"{name}-{point}-{'by unit' if clustered else 'row by row'}",
        marks=[pytest.mark.slow] if name == "spark" and (point, clustered) not in ON_SPARK else [],
    )
    for name in backends.NAMES
    for point, threshold in POINTS.items()
    for clustered in (False, True)
]


@pytest.fixture(scope="module", params=backends.NAMES)
def engine(request, tmp_path_factory):
    return backends.engine_of(request.param, request, tmp_path_factory.mktemp("engine"))


@pytest.fixture(scope="module")
def duckdb(request, tmp_path_factory):
    """DuckDB with the same rows, to compare the others with."""
    other = backends.engine_of("duckdb", request, tmp_path_factory.mktemp("duckdb"))
    return other, backends.put(other, "rows", TYPES, ROWS)


@pytest.fixture(scope="module")
def rows(engine):
    return backends.put(engine, "rows", TYPES, ROWS)


@pytest.mark.parametrize(("engine", "clustered", "threshold"), CASES, indirect=["engine"])
def test_tallies_are_what_plain_python_counts(engine, rows, clustered, threshold):
    tallies = scan(Log(engine, rows, SLICES, threshold, clustered), NEEDS)
    assert_same(ROWS, NEEDS, tallies, clustered=clustered, threshold=threshold)


def test_a_log_without_rows_gives_empty_tallies(engine, rows):
    empty = rows.filter(rows.id == "nobody")
    for clustered in (False, True):
        tallies = scan(Log(engine, empty, SLICES, None, clustered), NEEDS)
        assert 0 == tallies.overall.rows.sum()
        assert 0 == tallies.histogram("score").weight


SOURCE = Source(source="rows", id="id", time="time", unit="unit")
PLANS = {
    "time": (SplitPlan("time", 0.3, 0.2), SOURCE.model_copy(update={"unit": None})),
    "time by unit": (SplitPlan("time", 0.3, 0.2), SOURCE),
    "unit": (SplitPlan("unit", 0.3, 0.2, seed=3), SOURCE),
    "random": (SplitPlan("random", 0.3, 0.2, seed=7), SOURCE.model_copy(update={"unit": None})),
    "column": (SplitPlan("format", 0.3, 0.2), SOURCE),
}


def parts_of(engine, table, plan, source):
    table = split_table(table, plan, source)
    column = split_column(table, plan, source, table.id)
    found = engine.run(table.select("id", part=column), "testing").to_pylist()
    return {row["id"]: row["part"] for row in found}


@pytest.mark.parametrize("name", PLANS)
def test_every_row_falls_into_the_same_part(engine, rows, name, duckdb):
    plan, source = PLANS[name]
    other, table = duckdb
    assert parts_of(other, table, plan, source) == parts_of(engine, rows, plan, source)


def prices(engine):
    values = [Decimal("0.50"), Decimal("-1.00"), Decimal("1000000.00"), None]
    rows = [{"id": n, "price": price} for n, price in enumerate(values)]
    return backends.put(engine, "prices", {"id": "BIGINT", "price": "DECIMAL(12, 2)"}, rows)


def test_slices_have_the_same_labels_and_the_same_ends(engine, rows):
    asked = [
        Segment(column="format"),
        Segment(column="urgent"),
        Segment(column="count", quantiles=4),
        Segment(column="amount", cuts=(0.5, 100.0)),
    ]
    found = slicings(engine, rows, asked)
    assert ("", "html", "naïve 'ñ'", "plain", "(missing)") == found["format"].labels
    assert ("false", "true", "(missing)") == found["urgent"].labels
    assert ("-1", "0.5", "1e+06", "(missing)") == slicings(engine, prices(engine), [Segment(column="price")])[
        "price"
    ].labels
    counts = sorted(row["count"] for row in ROWS if row["count"] is not None)
    assert (counts[0], counts[-1]) == (found["count"].least, found["count"].greatest)
    assert 4 == len(found["count"].labels) - 1
    amounts = [float(row["amount"]) for row in ROWS if row["amount"] is not None]
    expected = (f"[{min(amounts):g}, 0.5)", "[0.5, 100)", f"[100, {max(amounts):g}]", "(missing)")
    assert expected == found["amount"].labels


def test_cuts_at_quantiles_are_the_same(engine, rows, duckdb):
    asked = [Segment(column="count", quantiles=5), Segment(column="score", quantiles=3)]
    other, table = duckdb
    expected, found = slicings(other, table, asked), slicings(engine, rows, asked)
    for name in ("count", "score"):
        assert pytest.approx(expected[name].cuts, rel=1e-9) == found[name].cuts


MANY = [f"{'Zß' if n % 3 else 'zà'}{n}" for n in range(280)] + ["often"] * 3 + [None]


def test_of_many_values_every_engine_keeps_the_same_ones(engine):
    """Texts of equal frequency are told apart by their MD5, as engines order texts differently; numbers by size."""
    rows = [{"t": text, "x": None if text is None else n / 8} for n, text in enumerate(MANY)]
    rows += [{"t": "often", "x": float("nan")}]
    table = backends.put(engine, "many", {"t": "TEXT", "x": "DOUBLE PRECISION"}, rows)
    found = slicings(engine, table, [Segment(column="t", top=9), Segment(column="x")], {"x": ["34.75"]})
    rare = {text for text in MANY if text and text != "often"}
    first = sorted(rare, key=lambda text: md5(text.encode()).hexdigest())[:8]  # noqa: S324 - an order, no secret
    assert (*sorted([*first, "often"]), "(other)", "(missing)") == found["t"].labels
    kept = [n / 8 for n in range(50)] + [34.75]
    assert (*(f"{value:g}" for value in kept), "(other)", "(missing)") == found["x"].labels
    for column, slicing in found.items():
        sliced = engine.run(table.select(found=slicing.expression(table)), "testing")["found"].to_pylist()
        labels = [slicing.label(each) for each in sliced]
        assert (1, 2)[column == "x"] == labels.count("(missing)")
        assert slicing.folded == labels.count("(other)")


def test_facts_of_columns_are_the_same(engine, rows):
    facts = column_facts(engine, rows)
    kinds = {name: fact.kind for name, fact in facts.items()}
    assert {
        "id": "text", "unit": "text", "time": "time", "label": "boolean", "prediction": "boolean", "score": "number",
        "amount": "number", "size": "number", "count": "number", "urgent": "boolean", "format": "text",
    } == kinds  # fmt: skip
    for name in ("id", "unit", "time", "label", "amount", "count", "urgent", "format"):
        values = [row[name] for row in ROWS if row[name] is not None]
        fact = facts[name]
        assert (len(ROWS), len(ROWS) - len(values), len(set(values))) == (
            fact.rows,
            fact.nulls,
            fact.distinct,
        )
    assert min(row["count"] for row in ROWS if row["count"] is not None) == facts["count"].least
    assert max(row["count"] for row in ROWS if row["count"] is not None) == facts["count"].greatest
    counted = {
        value: len(list(same))
        for value, same in groupby(sorted(row["format"] for row in ROWS if row["format"] is not None))
    }
    assert counted == dict(facts["format"].values)
    assert {"true", "false"} == {value for value, _ in facts["urgent"].values}


def test_numbers_with_a_comma_are_known(engine):
    written = ["1 234,5", "12\u202f345,6", "0.5", None, "x"]
    table = backends.put(engine, "written", {"x": "TEXT"}, [{"x": value} for value in written])
    assert {"x": CommaNumbers(4, 3, 2, "1 234,5")} == comma_numbers(engine, table, ["x"])


def test_repeated_and_missing_ids_are_named(engine):
    types = {"id": "BIGINT", "n": "BIGINT"}
    prove_unique(
        engine, backends.put(engine, "ids", types, [{"id": i, "n": 1} for i in range(9)]), "id", "ids"
    )
    twice = backends.put(engine, "ids", types, [{"id": i % 7, "n": 1} for i in range(9)])
    with pytest.raises(InputError, match=r"id of ids is not unique: 0 \(2 times\), 1 \(2 times\)"):
        prove_unique(engine, twice, "id", "ids")
    gaps = backends.put(engine, "ids", types, [{"id": i if i > 1 else None, "n": 1} for i in range(9)])
    with pytest.raises(InputError, match="2 rows of ids have no id"):
        prove_unique(engine, gaps, "id", "ids")


POSITIVE: list[tuple[str, list[Any], Any, list[bool | None]]] = [
    ("BOOLEAN", [True, False, None], True, [True, False, None]),
    ("BOOLEAN", [True, False, None], 1, [True, False, None]),
    ("BOOLEAN", [True, False, None], "no", [False, True, None]),
    ("BOOLEAN", [True, False, None], "spam", [False, False, None]),
    ("BIGINT", [1, 0, None], 1, [True, False, None]),
    ("BIGINT", [2, 0, None], 1, [False, False, None]),
    ("BIGINT", [1, 0, None], True, [True, False, None]),
    ("BIGINT", [1, 0, None], "1", [True, False, None]),
    ("DOUBLE PRECISION", [1.0, 0.0, None], 1, [True, False, None]),
    ("DECIMAL(6, 2)", [Decimal("1.00"), Decimal("0.00"), None], 1, [True, False, None]),
    ("TEXT", ["yes", "no", None], "yes", [True, False, None]),
    ("TEXT", ["Yes", "", None], "yes", [False, False, None]),
    ("TEXT", ["1", "0", None], 1, [True, False, None]),
    ("TEXT", ["true", "false", None], True, [True, False, None]),
]


def test_the_positive_value_is_recognised_alike(engine):
    types = {"n": "BIGINT"} | {f"v{i}": kind for i, (kind, *_) in enumerate(POSITIVE)}
    rows = [{"n": n} | {f"v{i}": each[1][n] for i, each in enumerate(POSITIVE)} for n in range(3)]
    table = backends.put(engine, "labels", types, rows)
    truths = {f"v{i}": positive(table[f"v{i}"], each[2]) for i, each in enumerate(POSITIVE)}
    found = engine.run(table.select("n", **truths).order_by("n"), "testing").to_pylist()
    for i, (kind, _, wanted, expected) in enumerate(POSITIVE):
        assert expected == [row[f"v{i}"] for row in found], (kind, wanted)


PRINTED = {
    "id": "BIGINT",
    "a": "TEXT",
    "b": "TEXT",
    "t": "TIMESTAMPTZ",
    "d": "DECIMAL(9, 2)",
    "f": "DOUBLE PRECISION",
}
PRINTS: list[dict[str, Any]] = [
    {"id": n, "a": f"a{n}", "b": None if n % 3 else "", "t": START.replace(tzinfo=UTC) + timedelta(hours=n), "d": Decimal(n) / 4, "f": n / 7}
    for n in range(40)
]  # fmt: skip
CHANGES = {
    "a row less": PRINTS[1:],
    "a row twice": [*PRINTS, PRINTS[0]],
    "a value": [{**PRINTS[0], "a": "x"}, *PRINTS[1:]],
    "empty or missing": [{**PRINTS[0], "b": None}, *PRINTS[1:]],
    "two values exchanged": [{**PRINTS[0], "a": "a1"}, {**PRINTS[1], "a": "a0"}, *PRINTS[2:]],
    "moved text": [{**PRINTS[0], "a": "a0-", "b": ""}, *PRINTS[1:]],
    "a tiny number": [{**PRINTS[0], "f": 1e-300}, *PRINTS[1:]],
}


@pytest.mark.parametrize("name", backends.NAMES[1:])
def test_the_fingerprint_of_a_table_is_of_its_content_in_any_order(name, request, tmp_path):
    engine, url = backends.engine_of(name, request, tmp_path), backends.url_of(name, request)

    def printed(rows, types=PRINTED):
        return fingerprint(engine, url, tmp_path, backends.put(engine, "prints", types, rows))

    renamed = {("c" if column == "a" else column): kind for column, kind in PRINTED.items()}
    found = {change: printed(rows) for change, rows in CHANGES.items()}
    found["another name"] = printed([{**row, "c": row["a"]} for row in PRINTS], renamed)
    found["nothing"] = printed(PRINTS)
    assert found["nothing"] == printed(PRINTS[::-1])
    assert len(found) == len({*found.values()}), found


def test_odd_types_of_postgresql_are_read_as_text_or_numbers(postgres_url):
    engine = remote_engine(postgres_url)
    backends.execute(
        engine,
        """CREATE OR REPLACE VIEW odd AS SELECT 1 AS id, '{"b": 1, "a": [2]}'::jsonb AS document, ARRAY[1, 2] AS list,
        'b2bd2f3c-0b5e-4a5e-9e0e-2f3c0b5e4a5e'::uuid AS key, 1.5::numeric AS amount, 9007199254740993::bigint AS large,
        timestamptz '2024-01-01 12:00:00+02' AS moment, date '2024-01-01' AS day, sum(n) AS total
        FROM generate_series(1, 3) AS n""",
    )
    found = engine.run(engine.con.table("odd"), "testing").to_pylist()[0]
    assert '{"a": [2], "b": 1}' == found["document"]
    assert "[1, 2]" == found["list"]
    assert "b2bd2f3c-0b5e-4a5e-9e0e-2f3c0b5e4a5e" == found["key"]
    assert (1.5, 9007199254740993, 6) == (found["amount"], found["large"], found["total"])
    assert datetime(2024, 1, 1, 10, tzinfo=UTC) == found["moment"]


def test_a_table_that_does_not_exist_is_named_with_the_nearest(postgres_url):
    engine = remote_engine(postgres_url)
    backends.put(engine, "messages", {"id": "BIGINT"}, [])
    with pytest.raises(InputError, match="no table 'mesages'\n    Did you mean 'messages'"):
        load_table(engine, postgres_url, None, "mesages")
    with pytest.raises(InputError, match=r"no table 'nowhere\.messages'\n    Check the name and the schema"):
        load_table(engine, postgres_url, None, "nowhere.messages")
    with pytest.raises(InputError, match="needs the name of a table\n    Add table: NAME"):
        load_table(engine, postgres_url, None)


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://me:s3cret@127.0.0.1:1/mail",
        "postgresql://me:p@s3cret@127.0.0.1:1/mail",
        "postgresql://me:s3cret%21@127.0.0.1:1/mail",
        "postgresql://127.0.0.1:1/mail?user=me&password=s3cret",
        "postgresql://:s3cret@127.0.0.1:1/mail",
    ],
)
def test_a_database_that_does_not_answer_is_an_outside_error_without_the_password(url):
    with pytest.raises(OutsideError) as caught:
        remote_engine(url)
    assert "engine.unreachable" == caught.value.problem.code
    assert "s3cret" not in str(caught.value)
    assert "***" in str(caught.value)
    assert "that the server runs" in caught.value.problem.remedy
    assert caught.value.__suppress_context__, "a traceback must not show the driver's text either"


def test_a_statement_that_fails_is_told_and_leaves_the_connection_usable(postgres_url):
    engine = remote_engine(postgres_url)
    table = backends.put(engine, "words", {"id": "BIGINT", "word": "TEXT"}, [{"id": 1, "word": "x"}])
    with pytest.raises(OutsideError, match="postgres failed while testing"):
        engine.run(table.select(n=table.word.cast("int64")), "testing")
    assert [{"id": 1, "word": "x"}] == engine.run(table, "testing").to_pylist()
