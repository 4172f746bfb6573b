"""A million rows with one broken line: the audit names it and keeps the rest, and verbs that judge refuse the file."""

import duckdb
import pytest

from tests.cli.command import command

pytestmark = pytest.mark.slow  # a million lines are read some times

ROWS, BROKEN = 1_000_000, 777_778
PRODUCT = """\
product: Long mail
owner: Trust and safety
predicts: {target: spam, positive: 1}
data:
  examples: {source: mail.csv, id: id, owner: mail team, licence: CC0, personal: none}
candidates:
  keywords: {rule: "size > 600"}
requirements:
  - rows >= 999999
  - recall >= 0.10
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """The product; one line of its table lacks a field."""
    made = tmp_path_factory.mktemp("long")
    (made / "product.yaml").write_text(PRODUCT, encoding="utf-8")
    rows = f"SELECT range AS id, range % 997 AS size, (hash(range) % 4 = 0)::INT AS spam FROM range({ROWS})"
    with duckdb.connect() as con:
        con.execute(f"COPY ({rows}) TO '{made / 'mail.csv'}' (HEADER)")
    lines = (made / "mail.csv").read_bytes().split(b"\n")
    lines[BROKEN - 1] = b"777776,5"
    (made / "mail.csv").write_bytes(b"\n".join(lines))
    return made


def test_the_audit_counts_all_other_rows_and_names_the_line(folder):
    done = command("audit", folder, "--json")
    assert 0 == done.code, done.err  # all that was claimed of the data holds of the other rows
    found = done.json["audit"]
    assert ROWS - 1 == found["rows"]
    [told] = [each for each in found["findings"] if each["sort"] == "broken_lines"]
    assert f"mail.csv, line {BROKEN}: it has too few fields" in told["what"]
    assert "red" == told["colour"]


@pytest.mark.parametrize("verb", ["check", "evaluate", "decide", "run"])
def test_verbs_that_judge_refuse_the_file_and_name_the_line(folder, verb):
    done = command(verb, folder)
    assert 2 == done.code
    assert f"mail.csv has broken lines: mail.csv, line {BROKEN:,}: it has too few fields" in done.err
    assert "run shipworthy audit: it reads on" in done.err
