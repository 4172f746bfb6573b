"""A small product on made-up mail that every verb can run on in a second, and ways to change one thing of it."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np

PRODUCT = """\
product: Mail shield
owner: Trust and safety
predicts: {target: spam, positive: 1}
value: {currency: USD, true_positive: 0.02, false_positive: -0.1, false_negative: -0.05}
data:
  examples: {source: mail.csv, id: id, time: time, owner: mail team, licence: CC0}
  split: {by: time, test: 50 %, validation: 20 %}
segments: [format]
candidates:
  keywords: {rule: "bait > 1 OR winner", cost: 0}
requirements:
  - recall >= 0.50
  - false_positive_rate <= 30 %
  - p95(latency_ms) <= 5 s
"""
LOGISTIC = "  logistic: {train: logistic_regression, cost: 0}\n"
VENDOR = "  vendor: {recorded: vendor.csv, cost: 0}\n"

Row = dict[str, Any]


def mail(rows: int = 400, seed: int = 0) -> list[Row]:
    """Mails in the order of their time, a third of them spam, which two columns give away most of the time."""
    rng = np.random.default_rng(seed)
    start = datetime(2024, 1, 1, tzinfo=UTC)
    made: list[Row] = []
    for number in range(rows):
        spam = bool(rng.random() < 0.35)
        made.append(
            {
                "id": f"m{number:05d}",
                "time": (start + timedelta(hours=number)).strftime("%Y-%m-%d %H:%M:%S"),
                "sender": f"s{number // 4}",
                "format": str(rng.choice(["html", "plain"])),
                "bait": int(rng.poisson(4.0 if spam else 0.3)),
                "size": round(float(rng.exponential(20.0 if spam else 10.0)), 3),
                "winner": bool(rng.random() < (0.3 if spam else 0.01)),
                "spam": int(spam),
            }
        )
    return made


def write_csv(path: Path, rows: Sequence[Mapping[str, Any]], columns: Iterable[str] = ()) -> Path:
    """The rows as a CSV file; a missing value is an empty field."""
    names = [*columns] or [*rows[0]]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, names)
        writer.writeheader()
        writer.writerows([{key: _text(value) for key, value in row.items()} for row in rows])
    return path


def _text(value: Any) -> Any:
    return str(value).lower() if isinstance(value, bool) else value


def product_folder(
    folder: Path, text: str = PRODUCT, rows: Sequence[Mapping[str, Any]] | None = None
) -> Path:
    """A folder with product.yaml and mail.csv beside it."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "product.yaml").write_text(text, encoding="utf-8")
    write_csv(folder / "mail.csv", mail() if rows is None else rows)
    return folder


def changed(old: str, new: str, text: str = PRODUCT) -> str:
    """The text with its one occurrence of `old` replaced."""
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times"
    return text.replace(old, new)


def with_candidates(*lines: str, text: str = PRODUCT) -> str:
    """The product with these further candidates."""
    return changed("requirements:\n", "".join(lines) + "requirements:\n", text)


def with_requirements(*claims: str, text: str = PRODUCT) -> str:
    """The product with these requirements instead of its own."""
    head = text.partition("requirements:\n")[0]
    return head + "requirements:\n" + "".join(f"  - {claim}\n" for claim in claims)


def edited(rows: Sequence[Row], **columns: Any) -> list[Row]:
    """The rows with columns replaced: by one value, or by what a function of the row gives."""
    return [
        {**row, **{name: value(row) if callable(value) else value for name, value in columns.items()}}
        for row in rows
    ]


def files_of(folder: Path) -> dict[str, bytes]:
    """The content of every file below a folder, the workspace left out."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and ".shipworthy" not in path.parts
    }
