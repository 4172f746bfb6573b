"""An audit of a table in PostgreSQL finds what it finds in a file."""

import pytest

import shipworthy as sw
from tests.audit import dirty
from tests.dear import few
from tests.engines import backends

TYPES = {
    "id": "TEXT", "time": "TIMESTAMP", "user": "TEXT", "part": "TEXT", "format": "TEXT", "bait": "BIGINT",
    "size": "DOUBLE PRECISION", "links": "BIGINT", "winner": "BOOLEAN", "spam": "BIGINT", "hint": "DOUBLE PRECISION",
}  # fmt: skip
FAULTS = (
    "values are missing",
    "a column gives the answer away",
    "days are missing",
    "rows are repeated",
    "labels are missing",
)
CLAIMS = "  - labelled >= 90 % for every format\n  - gap(missing(links), format) <= 10 %\n  - missing(size) <= 1 %\n"


def table():
    rows = dirty.clean(2_000)
    for fault in FAULTS:
        rows = dirty.FAULTS[fault][0](rows)
    return rows


def told(folder):
    found = sw.audit(sw.open(folder)).audit
    assert found is not None
    lines = {
        (each.sort, each.about, each.requirement): (each.colour, each.rows, each.ids)
        for each in found.findings
    }
    verdicts = [(each.requirement, dict(each.slice), each.verdict) for each in found.verdicts]
    columns = [(each.name, each.kind, each.missing) for each in found.columns]
    return lines, verdicts, columns, found.timeline


@pytest.mark.parametrize("unit", few([", unit: user", ""], ", unit: user"), ids=["units", "rows"])
def test_a_table_in_postgresql_is_told_like_one_in_a_file(postgres_url, tmp_path, unit):
    rows, text = table(), dirty.PRODUCT.replace(", unit: user", unit) + CLAIMS
    here = dirty.product_folder(tmp_path / "file", rows, text)
    none = [{key: None if value == "" else value for key, value in row.items()} for row in rows]
    backends.put_at(postgres_url, "audited", TYPES, none)
    named = text.replace("source: mail.csv", f'source: "{postgres_url}", table: audited')
    there = dirty.product_folder(tmp_path / "database", rows[:1], named)
    (there / "mail.csv").unlink()
    assert told(here) == told(there)
