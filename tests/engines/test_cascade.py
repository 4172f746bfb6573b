"""Cascades and results of other tools give with examples in PostgreSQL what they give with examples in a file."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.engines import backends
from tests.engines.evidence import evidence, same
from tests.engines.test_product import ROWS, SCORES, TYPES, in_database
from tests.foreign import files
from tests.workbench import shop
from tests.workbench.shop import LOGISTIC, VENDOR, with_candidates

BOTH = "  both: {cascade: {first: vendor, then: keywords, between: [0.5, 1]}}\n"
ACROSS = "  across: {cascade: {first: logistic, then: keywords, between: [0.2, 0.8]}}\n"
TOOL = "  tool: {recorded: tool.json, format: promptfoo, columns: {id: vars.key}}\n"


@pytest.fixture(scope="module")
def url(postgres_url: str) -> str:
    backends.put_at(postgres_url, "mail", TYPES, ROWS)
    backends.put_at(postgres_url, "vendor", {"id": "TEXT", "score": "DECIMAL(6, 4)"}, SCORES)
    return postgres_url


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param((VENDOR, BOTH), marks=pytest.mark.slow),
        (LOGISTIC, ACROSS),
        pytest.param((TOOL,), marks=pytest.mark.slow),
    ],
    ids=["both there", "one there", "a tool's"],
)
def test_both_places_give_the_same(url, tmp_path, lines):
    """Two answers in the database; one there and one in a file; and a file of promptfoo beside the database."""
    remote = [line.replace("recorded: vendor.csv", f'recorded: "{url}", table: vendor') for line in lines]
    here = shop.product_folder(tmp_path / "files", with_candidates(*lines))
    there = shop.product_folder(tmp_path / "database", in_database(url, with_candidates(*remote)))
    (there / "mail.csv").unlink()
    for folder in (here, there):
        written(folder)
    expected, found = evidence(here), evidence(there)
    assert set(expected) == set(found)
    assert [] == [key for key, numbers in expected.items() if not same(numbers, found[key], rel=1e-6)]


def written(folder: Path) -> None:
    shop.write_csv(folder / "vendor.csv", SCORES)
    entries = [
        files.promptfoo_entry(at, None if at % 9 == 0 else str(row["spam"]), vars={"key": row["id"]})
        for at, row in enumerate(ROWS)
    ]
    (folder / "tool.json").write_bytes(files.json_bytes(files.promptfoo(entries)))
