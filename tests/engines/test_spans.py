"""A table of a database that has spans of time can be read."""

from __future__ import annotations

import psycopg

from shipworthy.query.engine import remote_engine
from shipworthy.query.source import load_table


def test_spans_of_time_in_postgres_are_read_as_texts(postgres_url, tmp_path):
    with psycopg.connect(postgres_url) as connection:
        connection.execute("CREATE TABLE spans AS SELECT 1 AS id, INTERVAL '90 minutes' AS span")
    engine = remote_engine(postgres_url)
    table = load_table(engine, postgres_url, tmp_path, "spans")
    assert [{"id": 1, "span": "01:30:00"}] == engine.run(table, "testing").to_pylist()
