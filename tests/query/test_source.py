"""Tables come from files of several kinds; what cannot be read is named with a remedy."""

from __future__ import annotations

import gzip
import os

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from shipworthy.errors import InputError, Place
from shipworthy.query.engine import without_password
from shipworthy.query.rejects import load_what_can_be_read
from shipworthy.query.source import files_of, fingerprint, load_table
from tests.query.tables import local

TABLE = pa.table({"id": [1, 2, 3], "word": ["a", "naïve", None], "flag": [True, False, None]})
CSV = "id,word,flag\n1,a,true\n2,naïve,false\n3,,\n"
HERE = Place("product.yaml", 6, 22)


@pytest.fixture
def engine(tmp_path):
    return local(tmp_path)


def rows_of(engine, source, folder):
    table = load_table(engine, source, folder)
    return sorted(engine.run(table, "testing").to_pylist(), key=lambda row: row["id"])


def write(folder, name):
    path = folder / name
    if name.endswith((".parquet", ".pq", ".PARQUET")):
        pq.write_table(TABLE, path)
    elif name.endswith(".gz"):
        path.write_bytes(gzip.compress(CSV.encode()))
    else:
        path.write_text(CSV.replace(",", "\t") if name.endswith((".tsv", ".txt")) else CSV, encoding="utf-8")
    return name


@pytest.mark.parametrize(
    "name",
    ["a.parquet", "a.pq", "A.PARQUET", "a.csv", "a.tsv", "a.txt", "a.csv.gz", "with space.csv", "it's.csv"],
)
def test_every_kind_of_file_gives_the_same_rows(engine, tmp_path, name):
    assert TABLE.to_pylist() == rows_of(engine, write(tmp_path, name), tmp_path)


def test_spans_of_time_are_read_as_texts(engine, tmp_path):
    spans = "SELECT 1 AS id, INTERVAL 90 MINUTE AS span, {'inner': INTERVAL 2 DAY} AS nested"
    duckdb.sql(f"COPY ({spans}) TO '{tmp_path / 'a.parquet'}'")
    assert [{"id": 1, "span": "01:30:00", "nested": "{'inner': 2 days}"}] == rows_of(
        engine, "a.parquet", tmp_path
    )


def test_a_folder_with_brackets_in_its_name_is_read_as_any_other(tmp_path):
    folder = tmp_path / "data [1]"
    folder.mkdir()
    for name in ("a.csv", "b.csv"):
        write(folder, name)
    assert 3 == len(rows_of(local(folder), "a.csv", folder))
    assert 6 == len(rows_of(local(folder), "*.csv", folder))


def test_a_semicolon_and_quoted_line_breaks_are_understood(engine, tmp_path):
    (tmp_path / "a.csv").write_text('id;word\n1;"two\nlines"\n2;"a;b"\n', encoding="utf-8")
    assert ["two\nlines", "a;b"] == [row["word"] for row in rows_of(engine, "a.csv", tmp_path)]


def test_a_star_reads_all_files_in_the_order_of_their_names(tmp_path):
    for name in ("part-2.csv", "part-10.csv", "part-1.csv", "other.csv"):
        write(tmp_path, name)
    assert ["part-1.csv", "part-10.csv", "part-2.csv"] == [
        path.name for path in files_of("part-*.csv", tmp_path)
    ]


def test_a_late_value_of_another_type_does_not_surprise(engine, tmp_path):
    lines = "".join(f"{number},{number}\n" for number in range(30_000))
    (tmp_path / "late.csv").write_text(f"id,value\n{lines}30000,unknown\n", encoding="utf-8")
    assert "unknown" == rows_of(engine, "late.csv", tmp_path)[-1]["value"]


@pytest.mark.parametrize(
    ("name", "content", "code", "words"),
    [
        ("a.csv", None, "source.missing", "Paths count from"),
        ("a.xlsx", b"PK", "source.format", r"\.parquet, \.pq, \.csv"),
        ("a", b"id\n1\n", "source.format", "Known endings"),
        ("a.csv", b"", "source.empty", "header and rows"),
        ("a.parquet", b"PAR1", "source.damaged", "complete"),
        ("a.parquet", b"id,word\n1,a\n", "source.damaged", "ending says"),
        ("a.csv.gz", b"id,word\n1,a\n", "source.damaged", "complete"),
        ("a.csv", b"id,word\n1,caf\xe9\n", "data.encoding", "iconv -f LATIN1"),
        ("a.csv", "id,word\n1,café\n".encode("utf-16"), "data.encoding", "is UTF-16.*\n.*iconv -f UTF-16 -t"),
        ("a.tsv", b"\xfe\xff" + "id\n1\n".encode("utf-16-be"), "data.encoding", "iconv -f UTF-16 -t"),
        ("a.csv", "id\n1\n".encode("utf-16-le"), "data.encoding", "is UTF-16LE.*\n.*iconv -f UTF-16LE -t"),
        ("a.csv", "id\n1\n".encode("utf-32"), "data.encoding", "iconv -f UTF-32 -t"),
        ("a.csv.gz", gzip.compress("id\n1\n".encode("utf-16")), "data.encoding", "iconv -f UTF-16 -t"),
    ],
    ids=[
        "missing",
        "spreadsheet",
        "no ending",
        "empty",
        "cut Parquet",
        "CSV called Parquet",
        "CSV called gz",
        "Latin 1",
        "UTF-16",
        "UTF-16 of the other order",
        "UTF-16 without a mark",
        "UTF-32",
        "UTF-16 in gz",
    ],
)
def test_what_cannot_be_read_is_named_with_its_place_and_a_remedy(
    engine, tmp_path, name, content, code, words
):
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(InputError, match=words) as caught:
        engine.run(load_table(engine, name, tmp_path, where=HERE), "testing")
    assert (code, HERE) == (caught.value.problem.code, caught.value.problem.where)
    assert "READ_" not in str(caught.value), "no SQL of ours"


def test_a_mark_of_utf_8_is_no_part_of_the_first_name(engine, tmp_path):
    (tmp_path / "a.csv").write_bytes(CSV.encode("utf-8-sig"))
    assert TABLE.to_pylist() == rows_of(engine, "a.csv", tmp_path)


def test_an_audit_does_not_read_on_in_a_file_of_another_encoding(engine, tmp_path):
    (tmp_path / "a.csv").write_bytes("id,word\n1,café\n".encode("utf-16"))
    with pytest.raises(InputError, match="iconv -f UTF-16"):
        load_what_can_be_read(engine, "a.csv", tmp_path)


def test_where_a_line_is_broken_long_numbers_are_texts_to_the_last_digit_too(engine, tmp_path):
    long = "1000000000000000000000000"
    (tmp_path / "a.csv").write_text(f"id,x\n{long},1\n{long[:-1]}1,2\n7\n", encoding="utf-8")
    found = load_what_can_be_read(engine, "a.csv", tmp_path)
    assert [long, f"{long[:-1]}1"] == engine.run(found.table, "testing")["id"].to_pylist()
    assert ["a.csv, line 4: it has too few fields"] == [str(line) for line in found.broken]


def test_a_cut_parquet_file_is_damaged(engine, tmp_path):
    write(tmp_path, "a.parquet")
    (tmp_path / "a.parquet").write_bytes((tmp_path / "a.parquet").read_bytes()[:-20])
    with pytest.raises(InputError, match="cannot be read"):
        load_table(engine, "a.parquet", tmp_path)


def test_a_folder_is_told_from_a_missing_file(tmp_path):
    (tmp_path / "parts").mkdir()
    with pytest.raises(InputError, match=r"parts is a folder.*\n.*parts/\*\.parquet"):
        files_of("parts", tmp_path)


def test_the_nearest_table_is_proposed_and_nothing_else(tmp_path):
    for name in ("mail.csv", "notes.md", ".hidden"):
        (tmp_path / name).write_text("x", encoding="utf-8")
    with pytest.raises(InputError, match=r"Did you mean 'mail\.csv'"):
        files_of("mial.csv", tmp_path)
    with pytest.raises(InputError, match=r"Tables there: mail\.csv\."):
        files_of("quite-another.parquet", tmp_path)


def test_the_engine_reads_no_other_file(tmp_path, tmp_path_factory):
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    write(elsewhere, "secret.csv")
    with pytest.raises(InputError, match="cannot be read"):
        load_table(local(tmp_path), str(elsewhere / "secret.csv"), tmp_path)


class TestFingerprint:
    """The fingerprint of files is of their bytes."""

    def of(self, engine, folder, source="a.csv"):
        return fingerprint(engine, source, folder, load_table(engine, source, folder))

    def test_time_and_place_do_not_count(self, engine, tmp_path, tmp_path_factory):
        write(tmp_path, "a.csv")
        first = self.of(engine, tmp_path)
        os.utime(tmp_path / "a.csv", (1, 1))
        assert first == self.of(engine, tmp_path)
        other = tmp_path_factory.mktemp("other")
        write(other, "a.csv")
        assert first == self.of(local(other), other)

    def test_one_byte_counts(self, engine, tmp_path):
        write(tmp_path, "a.csv")
        first = self.of(engine, tmp_path)
        stat = (tmp_path / "a.csv").stat()
        (tmp_path / "a.csv").write_text(CSV.replace("1,a", "1,b"), encoding="utf-8")
        os.utime(tmp_path / "a.csv", ns=(stat.st_atime_ns, stat.st_mtime_ns))
        assert first != self.of(engine, tmp_path)

    def test_where_one_file_ends_and_the_next_begins_counts(self, engine, tmp_path):
        parts = {"p1.csv": "id\n1\nid\n", "p2.csv": "2\n"}
        for name, text in parts.items():
            (tmp_path / name).write_text(text, encoding="utf-8")
        first = fingerprint(engine, "p*.csv", tmp_path, None)
        (tmp_path / "p1.csv").write_text("id\n1\n", encoding="utf-8")
        (tmp_path / "p2.csv").write_text("id\n2\n", encoding="utf-8")
        assert first != fingerprint(engine, "p*.csv", tmp_path, None)


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("postgresql://me:secret@host:5432/mail", "postgresql://me:***@host:5432/mail"),
        ("postgresql://me:p@ss:word@host/mail", "postgresql://me:***@host/mail"),
        ("postgresql://:secret@host/mail", "postgresql://:***@host/mail"),
        ("postgresql://me@host/mail", "postgresql://me@host/mail"),
        (
            "postgresql://host/mail?user=me&password=secret&sslmode=require",
            "postgresql://host/mail?user=me&password=***&sslmode=require",
        ),
        ("data/mail.csv", "data/mail.csv"),
    ],
)
def test_a_url_is_shown_without_its_password(url, shown):
    assert shown == without_password(url)
