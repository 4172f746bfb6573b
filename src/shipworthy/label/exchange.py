"""Labels as text for other tools, and back: CSV, and the JSON of Label Studio (tasks with annotations)."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from shipworthy.errors import InputError, Place, Problem, did_you_mean
from shipworthy.label.queue import CANNOT_TELL, CANNOT_TELL_WRITTEN, Given, Item

COLUMNS = ("id", "label", "labeller", "at", "role", "origin", "settled", "state", "stratum", "probability")
"""The columns of a table of labels: one line per label, and one for each row that nobody has labelled."""

ALSO = {
    "id": ("item", "item_id", "row_id"),
    "label": ("choice", "answer", "sentiment"),
    "labeller": ("annotator", "labeler", "by"),
    "at": ("created_at", "time"),
}
"""Other names of the columns that are read."""


@dataclass(frozen=True)
class Line:
    """One label as a file has it, with the line or task that it stands in; the labeller and the time may be unknown."""

    item: str
    label: str
    labeller: str
    at: str
    number: int


@dataclass(frozen=True)
class Read:
    """The labels of a file, and what could not be read, each problem with its place."""

    lines: tuple[Line, ...]
    problems: tuple[Problem, ...]


def table_lines(
    items: Iterable[tuple[Item, str, str | None]], given: Sequence[Given]
) -> Iterator[dict[str, str | float | None]]:
    """The lines of a table of labels, under COLUMNS."""
    by_item: dict[str, list[Given]] = {}
    for each in given:
        by_item.setdefault(each.item, []).append(each)
    for item, state, settled in items:
        drawn: dict[str, str | float | None] = {"stratum": item.stratum, "probability": item.probability}
        known = {"id": item.id, "settled": settled, "state": state, **drawn}
        blank: dict[str, str | float | None] = dict.fromkeys(("label", "labeller", "at", "role", "origin"))
        for label in by_item.get(item.id, []):
            said = {"labeller": label.labeller, "at": label.at, "role": label.role, "origin": label.origin}
            yield {**known, "label": written(label.label), **said}
        if item.id not in by_item:
            yield {**known, **blank}


def written(label: str) -> str:
    """A label as files write it."""
    return CANNOT_TELL_WRITTEN if label == CANNOT_TELL else label


def csv_text(lines: Iterable[Mapping[str, str | float | None]]) -> str:
    """The lines as CSV with a header."""
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(lines)
    return text.getvalue()


def read_csv(text: str, file: str) -> Read:
    """The labels of a CSV text with a header. A broken line is named, and the rest is read; a line without a label is skipped.

    Raises:
        InputError: the header has no id or no label.
    """
    rows = text.splitlines(keepends=True)
    header = next(csv.reader(rows[:1]), [])
    places = columns_of(header, file)
    lines, problems, at = [], [], 1
    while at < len(rows):
        fields, used = _record(rows, at)
        if fields is None or len(fields) != len(header):
            found = "an open quote" if fields is None else f"{len(fields)} fields"
            if rows[at].strip():
                problems.append(_broken(file, at + 1, f"{found}, where the header has {len(header)} columns"))
            at += 1
            continue
        lines += [Line(*_picked(fields, places), at + 1)]
        at += used
    return Read(tuple(line for line in lines if line.label), (*problems, *_nameless(lines, file)))


def columns_of(header: Sequence[str], file: str) -> dict[str, int]:
    """Where each known column stands in a header.

    Raises:
        InputError: there is no id or no label.
    """
    names = [name.strip().lower() for name in header]
    found = {}
    for column, others in ALSO.items():
        at = next((names.index(name) for name in (column, *others) if name in names), None)
        if at is not None:
            found[column] = at
        elif column in ("id", "label"):
            raise InputError(
                "label.import",
                f"{file} has no column {column!r}; its columns are {', '.join(header) or 'none'}",
                where=Place(file, 1),
                remedy=f"{did_you_mean(column, header)} A header is needed: id,label,labeller".strip(),
            )
    return found


def _record(rows: Sequence[str], at: int) -> tuple[list[str] | None, int]:
    """The record that begins in a line, and how many lines it takes; None where a quote is never closed."""
    reader = csv.reader((rows[line] for line in range(at, len(rows))), strict=True)
    try:
        return next(reader), reader.line_num
    except (csv.Error, StopIteration):
        return None, 1


def _picked(fields: Sequence[str], places: Mapping[str, int]) -> tuple[str, str, str, str]:
    item, label, labeller, at = (
        fields[places[name]].strip() if name in places else "" for name in ("id", "label", "labeller", "at")
    )
    return item, label, labeller, at


def _nameless(lines: Iterable[Line], file: str) -> Iterator[Problem]:
    for line in lines:
        if line.label and not line.item:
            yield _broken(file, line.number, "a label without an id")


def _broken(file: str, number: int, found: str) -> Problem:
    return Problem(
        "label.line", f"{found}: the line is left out", Place(file, number), "Mend it, and import again."
    )


def studio_text(
    items: Iterable[tuple[Item, str, str | None]], given: Sequence[Given], *, numeric: bool
) -> str:
    """The queue as Label Studio's JSON: one task per row, one annotation per label."""
    by_item: dict[str, list[Given]] = {}
    for each in given:
        by_item.setdefault(each.item, []).append(each)
    tasks = [
        {
            "id": number,
            "data": {"item_id": item.id, **item.shown},
            "annotations": [_annotation(each, numeric=numeric) for each in by_item.get(item.id, [])],
            "meta": {"state": state, "settled": settled, "probability": item.probability},
        }
        for number, (item, state, settled) in enumerate(items, start=1)
    ]
    return json.dumps(tasks, ensure_ascii=False, indent=1) + "\n"


def _annotation(each: Given, *, numeric: bool) -> dict[str, Any]:
    told = each.label != CANNOT_TELL
    value = {"number": float(each.label)} if numeric and told else {"choices": [written(each.label)]}
    kind = "number" if numeric and told else "choices"
    result = {"from_name": "label", "to_name": "row", "type": kind, "value": value}
    return {
        "completed_by": {"email": each.labeller},
        "created_at": each.at,
        "was_cancelled": False,
        "result": [result],
    }


def read_studio(text: str, file: str) -> Read:
    """The labels of Label Studio's JSON export. What is no choice or number is named and left out; skipped tasks are.

    Raises:
        InputError: it is no JSON list of tasks.
    """
    try:
        tasks = json.loads(text)
    except json.JSONDecodeError as error:
        message = f"{file} is no JSON: {error.msg}"
        place = Place(file, error.lineno, error.colno)
        raise InputError("label.import", message, where=place, remedy="Export it again, as JSON.") from None
    if not isinstance(tasks, list) or not all(isinstance(task, dict) for task in tasks):
        remedy = "Export it again from Label Studio, as JSON."
        raise InputError("label.import", f"{file} is no list of tasks", where=file, remedy=remedy)
    lines, problems = [], []
    for number, task in enumerate(tasks, start=1):
        try:
            lines += [*_task_lines(task, number)]
        except (KeyError, TypeError, IndexError, AttributeError):
            message = f"task {number} has no item_id, or an annotation that is no choice and no number: it is left out"
            problems.append(Problem("label.line", message, Place(file), "Give each task its item_id."))
    return Read(tuple(lines), tuple(problems))


def _task_lines(task: Mapping[str, Any], number: int) -> Iterator[Line]:
    data, found = task["data"], []
    item = str(data["item_id"] if "item_id" in data else data["id"])
    for annotation in task.get("annotations", ()):
        if annotation.get("was_cancelled") or not annotation["result"]:
            continue
        value = annotation["result"][0]["value"]
        label = value["choices"][0] if "choices" in value else value["number"]
        found.append(
            Line(item, str(label), _person(annotation), str(annotation.get("created_at") or ""), number)
        )
    yield from found


def _person(annotation: Mapping[str, Any]) -> str:
    by = annotation.get("completed_by")
    if isinstance(by, Mapping):
        return str(by.get("email") or by.get("id") or "")
    return "" if by is None else f"annotator {by}"
