"""Statements are kept, failures are told in a sentence, and Ctrl-C stops whatever runs."""

from __future__ import annotations

import signal
import subprocess
import sys
import time

import duckdb
import ibis
import pytest

from shipworthy.errors import InputError, OutsideError
from shipworthy.query.engine import remote_engine
from tests.query.tables import local, table_of


@pytest.fixture
def engine(tmp_path):
    return local(tmp_path)


ENDLESS = """
import signal, sys
from pathlib import Path
import ibis
from tests.query.tables import local
signal.signal(signal.SIGINT, signal.default_int_handler)  # a parent in the background leaves it ignored
engine = local(Path(sys.argv[1]))
engine.con.raw_sql("CREATE VIEW numbers AS SELECT range AS i FROM range(1000000000000)")
numbers = engine.con.table("numbers")
print("running", flush=True)
try:
    engine.run(numbers.filter(numbers.i % 7 == 3).count(), "counting for ever")
except KeyboardInterrupt:
    print("stopped, and the connection goes on:", engine.run(ibis.literal(1).as_table(), "testing").num_rows)
"""


def test_every_statement_is_kept_with_its_purpose(engine):
    table = table_of(engine, [{"a": 1}])
    engine.run(table.count(), "counting")
    [(purpose, sql)] = engine.statements
    assert "counting" == purpose
    assert sql.startswith("SELECT COUNT(*)")


def test_types_are_those_that_the_expression_promises(engine):
    table = table_of(engine, [{"a": 1, "b": True}, {"a": 2, "b": False}])
    found = engine.run(
        table.aggregate(total=table.a.sum(), yes=table.b.sum(), mean=table.a.mean()), "testing"
    )
    assert ["int64", "int64", "double"] == [str(field.type) for field in found.schema]
    assert [{"total": 3, "yes": 1, "mean": 1.5}] == found.to_pylist()


def test_a_result_without_rows_keeps_its_types(engine):
    table = table_of(engine, [{"a": 1, "b": "x"}])
    found = engine.run(table.filter(table.a > 5), "testing")
    assert (0, ["int64", "string"]) == (found.num_rows, [str(field.type) for field in found.schema])


def test_ctrl_c_inside_a_statement_stops_as_anywhere_else(tmp_path):
    with subprocess.Popen(
        [sys.executable, "-c", ENDLESS, str(tmp_path)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert "running\n" == process.stdout.readline()
        time.sleep(0.5)
        process.send_signal(signal.SIGINT)
        try:
            said, complaints = process.communicate(timeout=60)
        finally:
            process.kill()
    assert "stopped, and the connection goes on: 1\n" == said, complaints


def test_a_value_that_does_not_fit_is_wrong_input_and_the_message_has_no_sql(engine):
    table = table_of(engine, [{"a": "1"}, {"a": "x"}])
    with pytest.raises(InputError, match="a value does not fit its column while adding up") as caught:
        engine.run(table.aggregate(n=table.a.cast("int64").sum()), "adding up")
    assert "SELECT" not in str(caught.value)
    assert "LINE" not in str(caught.value)


def test_a_file_that_vanishes_half_way_is_an_outside_error(engine, tmp_path):
    (tmp_path / "a.csv").write_text("id\n1\n", encoding="utf-8")
    table = engine.con.read_csv(str(tmp_path / "a.csv"))
    (tmp_path / "a.csv").unlink()
    with pytest.raises(OutsideError, match=r"duckdb failed while counting(.|\n)*files were not changed"):
        engine.run(table.count(), "counting")


@pytest.mark.parametrize(
    "url", ["nosuch://me:secret@host/db", "file:///etc/passwd", "https://host/table.csv"]
)
def test_what_is_no_database_is_refused_by_name(url):
    with pytest.raises(InputError, match=r"no engine speaks|is no database") as caught:
        remote_engine(url)
    assert "secret" not in str(caught.value)
    assert "postgresql://" in caught.value.problem.remedy


def test_any_address_that_ibis_understands_is_an_engine(tmp_path):
    with duckdb.connect(tmp_path / "shop.duckdb") as con:
        con.execute("CREATE TABLE orders AS SELECT 1 AS id UNION ALL SELECT 2")
    engine = remote_engine(f"duckdb://{tmp_path / 'shop.duckdb'}")
    assert [{"n": 2}] == engine.run(
        engine.con.table("orders").aggregate(n=ibis._.count()), "counting"
    ).to_pylist()
