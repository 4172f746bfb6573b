"""The samples of each input: what was answered, and what graders said of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from shipworthy.errors import InputError
from shipworthy.query.grades import answer_text, grade_column
from shipworthy.query.scan import Log

MOST_SAMPLES = 1_000_000


@dataclass(frozen=True)
class Sample:
    """One answer to one input. `grades` are 1, 0 or None by grader; `slices` those that the input is in."""

    id: str
    unit: str
    answer: str | None
    grades: dict[str, float | None]
    slices: dict[str, str]
    weight: float


def scan_samples(log: Log, graders: Sequence[str], columns: Sequence[str]) -> list[Sample]:
    """Every row of the log, in the order of ids. One statement.

    Raises:
        InputError: there are more than are held in memory.
    """
    table = log.sliced()
    wanted = {
        "id": table.id,
        "unit": table.unit.cast("string"),
        "answer": answer_text(table, log.task),
        "weight": table.weight,
        **{f"g:{name}": table[grade_column(name)] for name in graders},
        **{f"s:{name}": table[f"slice:{name}"] for name in columns},
    }
    found = table.select(**wanted).order_by("id").limit(MOST_SAMPLES + 1)
    rows = log.engine.run(found, "reading samples").to_pylist()
    if len(rows) > MOST_SAMPLES:
        raise InputError(
            "samples.many",
            f"there are more than {MOST_SAMPLES:,} answers, and metrics of samples hold all of them at once",
            remedy="Take out claims of pass_at, pass_all, agreement and semantic_entropy, or judge fewer rows.",
        )
    return [
        Sample(
            row["id"],
            row["id"] if row["unit"] is None else row["unit"],
            row["answer"],
            {name: row[f"g:{name}"] for name in graders},
            {name: str(row[f"s:{name}"]) for name in columns},
            1.0 if row["weight"] is None else row["weight"],
        )
        for row in rows
    ]
