"""An audit finds every fault that was planted in texts and values, in as many rows, and nothing in the clean twin."""

import pyarrow as pa
import pytest
from pyarrow import parquet

from tests.audit.planted import clean_table, dirty_table
from tests.cli.command import command
from tests.workbench.shop import write_csv

PRODUCT = """\
product: Letters
owner: Trust and safety
predicts: {{target: late, positive: 1}}
data:
  examples: {{source: {file}, id: id, owner: mail team, licence: CC0, personal: {personal}}}
candidates:
  far: {{rule: "town = 'Warsaw'"}}
requirements:
  - recall >= 0.5
"""
COLUMNS = ("body", "town", "size", "day")


def rows_of(table):
    return [
        {"id": f"r{at:04d}", **{name: getattr(table, name)[at] for name in COLUMNS}, "late": at % 3 % 2}
        for at in range(len(table.body))
    ]


def audited(folder, table, file, personal="none"):
    """The audit of the table in a file of that name, as the command prints it."""
    rows = rows_of(table)
    folder.mkdir(exist_ok=True)
    (folder / "product.yaml").write_text(PRODUCT.format(file=file, personal=personal), encoding="utf-8")
    if file.endswith(".csv"):
        write_csv(folder / file, rows)
    else:
        parquet.write_table(pa.Table.from_pylist(rows), folder / file)
    done = command("audit", folder, "--json")
    return done.json["audit"]


def found_in(audit):
    """The rows of each fault by sort and kind, near duplicates included."""
    faults = {(each["sort"], each["kind"]): each["rows"] for each in audit["faults"]}
    [repeated] = [each["rows"] for each in audit["findings"] if each["sort"] == "near_duplicates"]
    return faults | ({("near_duplicates", ""): repeated} if repeated else {})


TABLES = pytest.mark.parametrize(
    ("seed", "file"),
    [
        (0, "letters.parquet"),
        pytest.param(0, "letters.csv", marks=pytest.mark.slow),
        pytest.param(1, "letters.parquet", marks=pytest.mark.slow),
        (2, "letters.csv"),
    ],
)


@TABLES
def test_every_planted_fault_is_found_within_a_tenth_of_its_rows(tmp_path, seed, file):
    table = dirty_table(seed)
    found = found_in(audited(tmp_path, table, file))
    assert table.planted == {name: pytest.approx(found.get(name, 0), rel=0.1) for name in table.planted}
    assert set() == {*found} - {*table.planted}


@TABLES
def test_nothing_is_found_in_the_clean_twin(tmp_path, seed, file):
    audit = audited(tmp_path, clean_table(seed), file)
    assert {} == found_in(audit)
    of_texts = {"personal", "damage", "damaged", "near_duplicates"}
    assert {"green"} == {each["colour"] for each in audit["findings"] if each["sort"] in of_texts}
