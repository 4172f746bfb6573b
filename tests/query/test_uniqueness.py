"""Ids are proved unique, in bounded memory."""

from __future__ import annotations

import duckdb
import pytest

from shipworthy.errors import InputError, Place
from shipworthy.query.engine import Engine
from shipworthy.query.uniqueness import prove_unique
from tests.query.tables import local, table_of

PLACE = Place("product.yaml", 6, 36)


@pytest.fixture
def engine(tmp_path):
    return local(tmp_path)


def test_unique_ids_pass_in_one_statement(engine):
    prove_unique(engine, table_of(engine, [{"id": number} for number in range(1000)]), "id", "mail.csv")
    assert 1 == len(engine.statements)


def test_the_first_repeated_ids_are_named_with_how_often(engine):
    ids = ["a", "b", "b", "c", "c", "c", "d", "d", "e", "e"]
    with pytest.raises(InputError) as caught:
        prove_unique(engine, table_of(engine, [{"id": each} for each in ids]), "id", "mail.csv", PLACE)
    problem = caught.value.problem
    assert "data.duplicate_id" == problem.code
    assert "id of mail.csv is not unique: b (2 times), c (3 times), d (2 times), …" == problem.message
    assert PLACE == problem.where
    assert "repeats: COLUMN" in problem.remedy


@pytest.mark.parametrize("repeats", [None, "nth"])
def test_large_floating_ids_are_to_be_stored_as_text_not_removed(engine, repeats):
    rows = [{"id": 1e24, "nth": 1}, {"id": 1e24, "nth": 1}, {"id": 2.0, "nth": 1}]
    with pytest.raises(InputError) as caught:
        prove_unique(engine, table_of(engine, rows), "id", "mail.parquet", PLACE, repeats)
    assert "data.duplicate_id" == caught.value.problem.code
    assert "Store id as text" in caught.value.problem.remedy
    small = table_of(engine, [{"id": 2.0}, {"id": 2.0}])
    with pytest.raises(InputError, match="Remove the repeated rows"):
        prove_unique(engine, small, "id", "mail.parquet")


def test_missing_ids_are_counted(engine):
    rows = [{"id": None if number < 3 else str(number)} for number in range(9)]
    with pytest.raises(InputError, match=r"3 rows of mail\.csv have no id") as caught:
        prove_unique(engine, table_of(engine, rows), "id", "mail.csv")
    assert "data.null_id" == caught.value.problem.code


def test_missing_ids_are_found_beside_many_repeated_ones(engine):
    rows = [{"id": None}, *({"id": f"a{number % 50}"} for number in range(100))]
    with pytest.raises(InputError) as caught:
        prove_unique(engine, table_of(engine, rows), "id", "mail.csv")
    assert caught.value.problem.code in ("data.null_id", "data.duplicate_id")


def test_two_million_ids_need_little_memory(tmp_path):
    ids = tmp_path / "ids.parquet"
    duckdb.sql(f"COPY (SELECT md5(i::VARCHAR) AS id FROM range(2000000) t(i)) TO '{ids}' (FORMAT parquet)")
    roomy = local(tmp_path)
    tight = _limited(tmp_path)
    for engine in (roomy, tight):
        table = engine.con.read_parquet(str(ids))
        prove_unique(engine, table, "id", "ids.parquet")
        with pytest.raises(InputError) as caught:
            prove_unique(engine, table.union(table.limit(1)), "id", "ids.parquet")
        assert "data.duplicate_id" == caught.value.problem.code


def _limited(folder) -> Engine:
    """An engine whose memory is too small for the ids, which take about 64 MB as text alone."""
    import ibis

    con = ibis.duckdb.connect()
    for setting in ("memory_limit = '60MB'", "threads = 1", f"temp_directory = '{folder / 'spilled'}'"):
        con.raw_sql(f"SET {setting}")
    return Engine("duckdb", con)
