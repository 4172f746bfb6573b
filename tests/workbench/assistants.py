"""The mail product with a chat candidate, whose endpoint is one of the tests."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from tests.workbench import shop

KEY, VARIABLE = "sk-Very-Secret-0123456789", "SHIPWORTHY_TEST_KEY"
PROMPT = """\
# system
Say whether a mail is spam. Answer yes or no.
# user
{{ id }}: {{ bait }} baits{% if bait > 1 %}, free{% endif %}
"""
ROWS = shop.mail(150)
ASKED = 105
"""The rows of validation and test."""


def candidate(base_url: str, **more: str) -> str:
    """The lines of the candidate; `more` are further keys of its section."""
    keys = {
        "model": "small",
        "base_url": base_url,
        "prompt": "ask.md",
        "key": VARIABLE,
        "temperature": "0",
        "price": "{input_per_million: 1, output_per_million: 2, as_of: 2026-11-01}",
        **more,
    }
    lines = "".join(f"      {key}: {value}\n" for key, value in keys.items())
    return f"  assistant:\n    chat:\n{lines}"


def folder_of(folder: Path, base_url: str, said: str = PROMPT, text: str = shop.PRODUCT, **more: str) -> Path:
    """A product folder with a chat candidate."""
    shop.product_folder(folder, shop.with_candidates(candidate(base_url, **more), text=text), ROWS)
    (folder / "ask.md").write_text(said, encoding="utf-8")
    return folder


def log_of(folder: Path) -> list[dict[str, Any]]:
    """The rows of the assistant's newest log."""
    logs = sorted(
        (folder / ".shipworthy" / "logs").glob("assistant-*.parquet"), key=lambda file: file.stat().st_mtime
    )
    return list(pq.read_table(logs[-1]).to_pylist())


def facts_of(record: Any) -> Any:
    """What the evaluation says about the assistant."""
    return next(each for each in record.evaluation.candidates if each.name == "assistant")
