"""An audit of examples beside production: what is like it raises nothing, and planted differences are found."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

import pytest

import shipworthy as sw
from shipworthy.errors import SpecError
from shipworthy.evidence import Audit, Finding
from tests.audit.dirty import PRODUCT, Row, clean, product_folder
from tests.workbench.shop import write_csv

BESIDE = PRODUCT.replace(
    "  split:", "  production: {source: production.csv, owner: mail team, licence: CC0}\n  split:"
)
SORTS = ("unlike_production", "missing_segment", "time_behind", "base_rate", "selective_labels")


def production(seed: int = 5) -> list[Row]:
    """Other mails from the same world."""
    return [{**row, "id": f"p{at}", "user": f"v{at // 2}"} for at, row in enumerate(clean(3_000, seed))]


def audited(folder: Path, rows: Sequence[Row], text: str = BESIDE) -> Audit:
    """The audit of clean examples beside these rows of production."""
    product_folder(folder, clean(3_000), text)
    write_csv(folder / "production.csv", rows)
    found = sw.audit(sw.open(folder)).audit
    assert found is not None
    return found


def of_sort(found: Audit, *sorts: str) -> list[Finding]:
    """The findings of these sorts."""
    return [each for each in found.findings if each.sort in sorts]


def test_examples_from_the_same_world_raise_nothing(tmp_path: Path) -> None:
    """Every claim about a shift is met, and the alarm stays silent."""
    found = audited(tmp_path, production())
    assert of_sort(found, *SORTS) == []
    assert len(of_sort(found, "like_production")) == 1
    shifts = [each for each in found.verdicts if each.requirement.startswith("shift(")]
    assert {each.verdict for each in shifts} == {"met"}
    assert {each.estimate.method for each in shifts if each.estimate} == {"total_variation"}


def test_planted_differences_are_found(tmp_path: Path) -> None:
    """A shifted column, a new value, later times and another base rate are each named."""
    later = timedelta(days=100)
    rows = []
    for at, row in enumerate(production()):
        time = datetime.strptime(row["time"], "%Y-%m-%d %H:%M:%S") + later  # noqa: DTZ007 - the table has no time zones
        form = "audio" if at % 10 == 0 else row["format"]
        rows.append(
            {
                **row,
                "format": form,
                "size": row["size"] * 2,
                "time": f"{time:%Y-%m-%d %H:%M:%S}",
                "spam": int(at % 2 == 0),
            }
        )
    found = audited(tmp_path, rows)
    assert [each.sort for each in of_sort(found, *SORTS)] == [*SORTS[:4]]
    unlike, new, behind, rate = of_sort(found, *SORTS)
    assert "size" in unlike.about
    assert (new.about, new.rows) == ("format", 300)
    assert "audio (300 of 3,000 rows)" in new.what
    assert "70.8 days lie between them" in behind.what
    assert "50 % of the labelled rows of production" in rate.what
    whole = {each.requirement: each.verdict for each in found.verdicts if not each.slice}
    assert whole["shift(size) <= 10 %"] == "missed"
    assert whole["shift(links) <= 10 %"] == "met"


def test_labels_that_an_earlier_filter_let_through_are_told(tmp_path: Path) -> None:
    """Where only plain mails were labelled, the column is named with the shares."""
    rows = [{**row, "spam": row["spam"] if row["format"] == "plain" else ""} for row in clean(2_000)]
    product_folder(tmp_path, rows)
    found = sw.audit(sw.open(tmp_path)).audit
    assert found is not None
    (told,) = of_sort(found, "selective_labels")
    assert told.about == "format"
    assert "labels exist only for some rows" in told.what


def test_labels_that_are_missing_by_chance_are_not(tmp_path: Path) -> None:
    """A third of the labels left out at random is no selection."""
    rows = [{**row, "spam": "" if at % 3 == 0 else row["spam"]} for at, row in enumerate(clean(2_000))]
    product_folder(tmp_path, rows)
    found = sw.audit(sw.open(tmp_path)).audit
    assert found is not None
    assert of_sort(found, "selective_labels") == []


@pytest.mark.slow  # a whole product, and its kin prove the rest
def test_a_written_claim_goes_by_slices(tmp_path: Path) -> None:
    """`for every` compares each slice of the examples with the same slice of production."""
    text = BESIDE.replace("requirements:\n", "requirements:\n  - shift(size) <= 20 % for every format\n")
    found = audited(tmp_path, production(), text)
    slices = [
        each for each in found.verdicts if each.requirement.startswith("shift(size) <= 20 %") and each.slice
    ]
    assert [each.slice for each in slices] == [{"format": name} for name in ("html", "plain", "rich")]
    assert {each.verdict for each in slices} == {"met"}


def test_a_claim_without_production_says_what_to_write(tmp_path: Path) -> None:
    """A shift needs something to be compared with."""
    text = PRODUCT.replace("requirements:\n", "requirements:\n  - shift(size) <= 10 %\n")
    product_folder(tmp_path, clean(300), text)
    with pytest.raises(SpecError, match="names none"):
        sw.audit(sw.open(tmp_path))
