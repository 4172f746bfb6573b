"""People who pass or fail the answers of a queue, as they are in truth."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import shipworthy as sw
from tests.workbench.judged import PRODUCT, truth

QUEUED = PRODUCT.replace("      people: people.csv\n      drawn: at random\n", "")
"""The product without a file of what people say: they say it in the queue."""


def tasks(folder: Path) -> list[dict[str, str]]:
    """The items of the queue as labellers get them."""
    file = folder / "queue.json"
    sw.label_export(sw.open(folder), file)
    return [each["data"] for each in json.loads(file.read_text(encoding="utf-8"))]


def at_of(task: dict[str, str]) -> int:
    """The number of the row that an item is about."""
    return int(task["question"].split()[-1].rstrip("?"))


def say(folder: Path, name: str = "ann", said: Callable[[int], bool] | None = None, every: int = 1) -> int:
    """Have somebody pass or fail every answer, or every so many-th one, of the queue; how many there were."""
    human, _ = truth()
    found = tasks(folder)[::every]
    judged = said or (lambda at: bool(human[at]))
    lines = [f"{task['item_id']},{'pass' if judged(at_of(task)) else 'fail'},{name}\n" for task in found]
    (folder / "said.csv").write_text("id,label,labeller\n" + "".join(lines), encoding="utf-8")
    sw.label_import(sw.open(folder), folder / "said.csv")
    return len(found)
