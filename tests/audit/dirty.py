"""A clean table of mails, and the same table with faults of known size: what an audit must find, and what it must not."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np

from tests.workbench.shop import write_csv

Row = dict[str, Any]

ROWS = 4_000

PRODUCT = """\
product: Mail shield
owner: Trust and safety
predicts: {target: spam, positive: 1}
data:
  examples: {source: mail.csv, id: id, time: time, unit: user, owner: mail team, licence: CC0, personal: none}
  split: {by: part}
segments: [format]
candidates:
  keywords: {rule: "bait > 3"}
requirements:
  - recall >= 0.50
"""


def clean(rows: int = ROWS, seed: int = 0) -> list[Row]:
    """Mails of the last forty days in which nothing is wrong: two columns tell something of the answer, none all of it."""
    rng = np.random.default_rng(seed)
    start = datetime.now(UTC) - timedelta(days=40)
    made = []
    for at in range(rows):
        spam = int(rng.random() < 0.3)
        made.append(
            {
                "id": f"m{at:06d}",
                "time": (start + timedelta(minutes=14 * at)).strftime("%Y-%m-%d %H:%M:%S"),
                "user": f"u{at // 2:05d}",
                "part": "train" if at < 0.6 * rows else "validation" if at < 0.7 * rows else "test",
                "format": str(rng.choice(["html", "plain", "rich"])),
                "bait": int(rng.poisson(3.0 if spam else 1.0)),
                "size": round(float(rng.exponential(20.0 if spam else 12.0)), 4),
                "links": int(rng.poisson(2.0)),
                "winner": bool(rng.random() < (0.3 if spam else 0.1)),
                "spam": spam,
            }
        )
    return made


def some(rows: Sequence[Row], share: float, seed: int = 1) -> list[int]:
    """The places of exactly that share of the rows."""
    rng = np.random.default_rng(seed)
    return sorted(int(at) for at in rng.choice(len(rows), round(share * len(rows)), replace=False))


def blanked(column: str, share: float, value: Any = "") -> Callable[[list[Row]], list[Row]]:
    """Leaves a column empty (or with another value) in that share of the rows."""

    def fault(rows: list[Row]) -> list[Row]:
        chosen = {*some(rows, share)}
        return [{**row, column: value} if at in chosen else row for at, row in enumerate(rows)]

    return fault


def filled(column: str, value: Callable[[Row, int], Any]) -> Callable[[list[Row]], list[Row]]:
    """Gives each row a further column."""
    return lambda rows: [{**row, column: value(row, at)} for at, row in enumerate(rows)]


def copied(share: float, **changes: Any) -> Callable[[list[Row]], list[Row]]:
    """Adds copies of that share of the rows, with other ids unless the id is to stay, and with changes."""

    def fault(rows: list[Row]) -> list[Row]:
        more = [rows[at] for at in some(rows, share)]
        named = {"id": lambda row: f"x{row['id']}", **changes}
        return [*rows, *({**row, **{key: new(row) for key, new in named.items()}} for row in more)]

    return fault


def silent(first: int, days: int) -> Callable[[list[Row]], list[Row]]:
    """Leaves out the rows of some days."""
    per_day = 24 * 60 // 14
    return lambda rows: rows[: first * per_day] + rows[(first + days) * per_day :]


def hint(row: Row, at: int) -> float:
    """A number that all but gives the answer away."""
    return round(float(row["spam"]) + ((at * 7919) % 1000) / 1100, 4)


FAULTS: Mapping[str, tuple[Callable[[list[Row]], list[Row]], str, str, int | None]] = {
    "values are missing": (blanked("links", 0.30), "missing", "links", 1_200),
    "labels are missing": (blanked("spam", 0.35), "labelled", "", 1_400),
    "rows are repeated": (copied(0.05), "duplicates", "", 200),
    "ids are repeated": (
        copied(0.04, id=lambda row: row["id"], size=lambda row: row["size"] + 1), "duplicate_ids", "", 160),
    "labels conflict": (
        copied(0.05, spam=lambda row: 1 - row["spam"], time=lambda _: "2026-01-01 00:00:00"), "conflicting_labels", "", 400),
    "labels are none of the answers": (blanked("spam", 0.02, "maybe"), "label_outside", "spam", 80),
    "a column is empty": (filled("note", lambda *_: ""), "empty", "note", ROWS),
    "a column is constant": (filled("site", lambda *_: "main"), "constant", "site", ROWS),
    "a column is nearly constant": (
        filled("host", lambda _, at: "b" if at % 400 == 0 else "a"), "nearly_constant", "host", ROWS - 10),
    "a column is an id": (filled("ticket", lambda _, at: 10_000 + 7 * at), "like_an_id", "ticket", ROWS),
    "a column gives the answer away": (filled("hint", hint), "leak_auc", "hint", None),
    "a column is filled once the answer is known": (
        filled("refund", lambda row, at: 5 + at % 7 if row["spam"] and at % 10 else ""), "after_outcome", "refund", None),
    "units are on both sides": (
        lambda rows: [{**row, "part": "train" if at % 2 else "test"} for at, row in enumerate(rows)], "leaked_units", "", 2_000),
    "training follows the test": (
        lambda rows: [{**row, "part": "test" if at < 1_200 else "train"} for at, row in enumerate(rows)],
        "time_backwards", "split", 2_800),
    "days are missing": (silent(10, 3), "time_gap", "", None),
    "the newest rows are old": (
        lambda rows: [{**row, "time": "2019" + row["time"][4:]} for row in rows], "freshness", "", None),
    "rows are few": (lambda rows: rows[:300], "rows", "", 300),
}  # fmt: skip
"""By what is wrong: how it is done, the sort and the column of its finding, and how many rows it should name."""


def product_folder(folder: Path, rows: Sequence[Row], text: str = PRODUCT) -> Path:
    """A folder with the product and its table."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "product.yaml").write_text(text, encoding="utf-8")
    write_csv(folder / "mail.csv", rows)
    return folder
