"""The encoding of a CSV file is told by its byte order mark, or by the zero bytes of its header."""

from __future__ import annotations

import gzip

import pytest

from shipworthy.query.encodings import foreign_encoding

HEADERS = {
    "Latin": "id,größe\n1,2\n",
    "Cyrillic": "имя,размер\nж,ф\n",
    "Chinese": "一二,三\n四,五\n",
    "one": "x\r\n1\r\n",
}


@pytest.mark.parametrize("text", HEADERS.values(), ids=HEADERS)
@pytest.mark.parametrize(
    ("encoding", "expected"),
    [
        ("utf-8", None),
        ("utf-8-sig", None),
        ("utf-16", "UTF-16"),
        ("utf-16-le", "UTF-16LE"),
        ("utf-16-be", "UTF-16BE"),
        ("utf-32", "UTF-32"),
        ("utf-32-le", "UTF-32LE"),
        ("utf-32-be", "UTF-32BE"),
    ],
)
def test_an_encoding_other_than_utf_8_is_named_as_iconv_calls_it(tmp_path, text, encoding, expected):
    (tmp_path / "a.csv").write_bytes(text.encode(encoding))
    (tmp_path / "a.csv.gz").write_bytes(gzip.compress(text.encode(encoding)))
    assert [expected] * 2 == [foreign_encoding(tmp_path / name) for name in ("a.csv", "a.csv.gz")]


@pytest.mark.parametrize("content", [b"id,flag\n1,\0\n2,\0\n", b"id,word\n1,caf\xe9\n", b"id", b""])
def test_zero_bytes_among_the_values_and_other_bytes_tell_nothing(tmp_path, content):
    (tmp_path / "a.csv").write_bytes(content)
    assert foreign_encoding(tmp_path / "a.csv") is None
