"""A CSV is read as DuckDB would read it by itself, and how it is written is found out once."""

from __future__ import annotations

import pytest

from shipworthy.errors import InputError
from shipworthy.query.csv_files import read_csv
from tests.query.tables import local

WRITTEN = {
    "commas": "id,word\n1,x\n2,\n",
    "carriage returns": 'id,word\r\n1,x\r\n2,"y\r\nz"\r\n',
    "old line ends": "id,word\r1,x\r2,y\r",
    "semicolons and doubled quotes": 'id;word\n1;"x ""q"" y"\n2;\n',
    "single quotes": "id|word\n1|'a|b'\n2|'c'\n",
    "a comment above": "# made by hand\nid,word\n1,x\n",
    "a byte order mark": "\ufeffid,word\n1,x\n",
    "two columns of one name": "id,id\n1,2\n",
    "names that need quotes": 'i d,it\'s,"a,b"\n1,2,3\n',
    "instants and dates": "at,on\n2024-01-02T03:04:05Z,13.02.2024\n2024-01-02T03:04:05+01:00,14.02.2024\n",
    "another form of times": "at\n02/13/2024 10:11:12\n02/14/2024 10:11:12\n",
    "booleans and gaps": "flag,size\ntrue,1.5\n,2e3\nfalse,\n",
    "a header alone": "id,word\n",
}


@pytest.mark.parametrize("text", WRITTEN.values(), ids=WRITTEN)
def test_it_is_read_as_duckdb_reads_it_by_itself(tmp_path, text):
    path = tmp_path / "it's.csv"
    path.write_bytes(text.encode())
    engine = local(tmp_path)
    itself = engine.con.con.sql("FROM read_csv(?, header = true, sample_size = -1)", params=[str(path)])
    assert itself.to_arrow_table() == engine.run(read_csv(engine, [path]), "testing")


LONG = "1000000000000000000000000"
LONGER = {
    "one file": [f"id,x\n{LONG},0.5\n{LONG[:-1]}1,1e30\n"],
    "gaps and signs": [f'id,x\n"-{LONG}",1\n,2\n7,3\n'],
    "several files": ["id,x\n7,0.5\n", "id,x\n18446744073709551616,0.5\n18446744073709551623,1.5\n"],
}


@pytest.mark.parametrize("texts", LONGER.values(), ids=LONGER)
def test_whole_numbers_beyond_64_bits_are_texts_to_the_last_digit(tmp_path, texts):
    paths = [tmp_path / f"{at}.csv" for at in range(len(texts))]
    for path, text in zip(paths, texts, strict=True):
        path.write_text(text, encoding="utf-8")
    engine = local(tmp_path)
    found = engine.run(read_csv(engine, paths), "testing")
    written = [line.split(",")[0].strip('"') for text in texts for line in text.splitlines()[1:]]
    assert [each or None for each in written] == found["id"].to_pylist()
    assert found.schema.field("x").type != "string"


@pytest.mark.parametrize("value", ["1e30", "18446744073709551616.5", "nan", "9223372036854775807"])
def test_other_large_numbers_stay_numbers(tmp_path, value):
    path = tmp_path / "a.csv"
    path.write_text(f"x\n{value}\n2\n", encoding="utf-8")
    engine = local(tmp_path)
    assert [float(value), 2.0] == pytest.approx(
        engine.run(read_csv(engine, [path]), "testing")["x"].to_pylist(), nan_ok=True
    )


def test_no_statement_finds_out_again_how_it_is_written(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(WRITTEN["commas"], encoding="utf-8")
    engine = local(tmp_path)
    rows = read_csv(engine, [path])
    path.write_text("id,word\nfirst,x\nsecond,y\n", encoding="utf-8")
    with pytest.raises(InputError, match='"first"'):
        engine.run(rows, "testing")
