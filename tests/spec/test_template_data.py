"""The examples' tables are what the page beside each says they are."""

from __future__ import annotations

import re
from pathlib import Path

import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

ROOT = Path(__file__).resolve().parents[2]
TABLES = {
    "spam": ("mail.parquet", 3921, "spam", 367),
    "lending": ("loans.parquet", 2381, "denied", 285),
}
REQUIRED_FACTS = [
    "Origin",
    "Owner",
    "Licence",
    "Collected",
    "Sampled",
    "Personal data",
    "Consent",
    "Labelled by",
]


def folder(template):
    return ROOT / "src" / "shipworthy" / "spec" / "templates" / template / "data"


@pytest.mark.parametrize("template", TABLES)
def test_a_table_has_the_rows_and_positives_that_its_page_states(template):
    name, rows, label, positives = TABLES[template]
    table = pq.read_table(folder(template) / name)
    page = (folder(template) / "README.md").read_text(encoding="utf-8")
    assert (rows, positives) == (table.num_rows, pc.sum(table[label]).as_py())
    assert f"{rows:,}" in page.splitlines()[0]
    assert re.search(rf"\b{positives}\b", page)


@pytest.mark.parametrize("template", TABLES)
def test_every_row_has_an_id_of_its_own(template):
    name, rows, *_ = TABLES[template]
    ids = pq.read_table(folder(template) / name, columns=["id"])["id"]
    assert (rows, 0) == (pc.count_distinct(ids).as_py(), ids.null_count)


@pytest.mark.parametrize("template", TABLES)
def test_the_page_describes_exactly_the_columns_of_the_table(template):
    columns = set(pq.read_schema(folder(template) / TABLES[template][0]).names)
    page = (folder(template) / "README.md").read_text(encoding="utf-8")
    described = set(
        re.findall(r"^\| ([a-z_]+) \| (?:string|int64|double|boolean|timestamp)", page, re.MULTILINE)
    )
    assert columns == described


@pytest.mark.parametrize("template", TABLES)
@pytest.mark.parametrize("fact", REQUIRED_FACTS)
def test_the_page_states_where_the_data_come_from(template, fact):
    page = (folder(template) / "README.md").read_text(encoding="utf-8")
    assert re.search(rf"^\| {fact} \| \S", page, re.MULTILINE)


@pytest.mark.parametrize("template", TABLES)
def test_the_example_folder_shows_the_template_itself(template):
    assert folder(template) == (ROOT / "examples" / template / "data").resolve()
