"""The PostgreSQL that the engine tests run on is a real one."""

from __future__ import annotations

import psycopg


def test_the_fixture_gives_a_server_that_answers(postgres_url):
    with psycopg.connect(postgres_url) as connection:
        assert (1,) == connection.execute("SELECT 1").fetchone()


def test_the_server_speaks_utf8_and_sorts_text_by_code_point(postgres_url):
    with psycopg.connect(postgres_url) as connection:
        rows = connection.execute(
            "SELECT word FROM (VALUES ('é'), ('a'), ('B')) AS t(word) ORDER BY word"
        ).fetchall()
    assert [("B",), ("a",), ("é",)] == rows
