"""Tables that promptfoo writes as CSV: variables, then for each prompt its outputs with status, scores and reason.

Two forms are read: of today, with columns `Status`, `Score` and `Metric: NAME` after each output (promptfoo's
`evalTableUtils.ts`); and the older one, whose cells begin with `[PASS] (1.00)`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence

from shipworthy.foreign.content import Foreign, csv_rows
from shipworthy.foreign.rows import FAIL, PASS, Results, Row, grade, grade_name, group

_HEAD = re.compile(r"^\[(?P<provider>[^\]]+)\] ?(?P<prompt>.*)$", re.DOTALL)
_CELL = re.compile(r"^\[(PASS|FAIL|ERROR)\](?: \([^)]*\))?\s*(.*)$", re.DOTALL)
_REASON = re.compile(r"\n\n(?:Pass|Fail) Reason: .*$", re.DOTALL)
_METRIC = "Metric: "


def read_table(content: str, file: str) -> Results:
    """The rows of a CSV table.

    Raises:
        InputError: it is damaged.
        Foreign: it is no table of promptfoo.
    """
    header, *lines = csv_rows(content, file) or [[]]
    heads = [at for at, name in enumerate(header) if _HEAD.match(name)]
    if not heads:
        raise Foreign("no column is headed [PROVIDER] PROMPT")
    names, rows = _names([header[at] for at in heads]), []
    for number, line in enumerate(lines):
        cells = [_unescaped(cell) for cell in line] + [""] * (len(header) - len(line))
        fields = _fields(header[: heads[0]], cells)
        for at, end, name in zip(heads, [*heads[1:], len(header)], names, strict=True):
            beside = dict(zip(header[at + 1 : end], cells[at + 1 : end], strict=True))
            rows.append(_row(name, cells[at], beside, fields, number))
    return Results(tuple(rows), ("tables hold no latency and no cost: export JSON for these",), "provider")


def _names(heads: Sequence[str]) -> list[str]:
    """The providers, with their prompts where one has several."""
    found = [match for head in heads if (match := _HEAD.match(head))]
    providers = [match["provider"] for match in found]
    return [
        match["provider"]
        if providers.count(match["provider"]) == 1
        else f"{match['provider']} [{match['prompt']}]"
        for match in found
    ]


def _fields(names: Sequence[str], cells: Sequence[str]) -> dict[str, str]:
    return {f"vars.{name}": cell for name, cell in zip(names, cells, strict=False) if name != "Description"}


def _row(model: str, cell: str, beside: Mapping[str, str], fields: Mapping[str, str], number: int) -> Row:
    status, output = beside.get("Status", ""), cell
    if not status and (match := _CELL.match(cell)):
        status, output = match[1], _REASON.sub("", match[2])
    crashed = status in ("ERROR", "")
    reason = beside.get("Grader Reason") or "promptfoo reports an error" if crashed else None
    given = None if crashed and status == "ERROR" and "Status" not in beside else output.strip() or None
    error = (output.strip() or reason) if status == "ERROR" and given is None else None
    return Row(
        fields.get("vars.id", str(number)),
        model,
        given,
        given,
        error=error or (None if given else reason or "no output"),
        grades={} if crashed else _grades(status, beside),
        fields=fields,
    )


def _grades(status: str, beside: Mapping[str, str]) -> dict[str, float | str]:
    try:
        named = group(json.loads(beside.get("Named Scores") or "{}"))
    except ValueError:
        named = {}
    named |= {
        name.removeprefix(_METRIC): _number(cell)
        for name, cell in beside.items()
        if name.startswith(_METRIC) and cell
    }
    return {
        "pass": PASS if status == "PASS" else FAIL,
        **{grade_name(name): grade(score) for name, score in named.items()},
    }


def _number(cell: str) -> float | str:
    try:
        return float(cell)
    except ValueError:
        return cell


def _unescaped(cell: str) -> str:
    """A cell without the apostrophe that keeps spreadsheets from running it."""
    return cell[1:] if re.match(r"'[=+\-@\t\r]", cell) else cell
