"""Results of promptfoo: JSON, JSONL and YAML of `promptfoo eval --output`, and its tables in CSV (see `promptfoo_table`).

The form is that of EvaluateSummaryV3 and V2 in promptfoo's `src/types/index.ts` (its releases 0.100 to 0.121).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from shipworthy.errors import SpecError
from shipworthy.foreign.content import Foreign, damaged, decoded, json_lines, json_of, unknown_version
from shipworthy.foreign.promptfoo_table import read_table
from shipworthy.foreign.rows import (
    FAIL,
    PASS,
    Results,
    Row,
    fields_of,
    grade_name,
    group,
    items,
    number,
    text,
)
from shipworthy.spec.tree import read_tree

VERSIONS = (1, 2, 3)
FAILED_TO_RUN = 2
"""The `failureReason` of a row that crashed; 1 is an assertion that failed."""


def read_promptfoo(data: bytes, file: str) -> Results:
    """The rows of one results file.

    Raises:
        InputError: it is damaged, or of a version that is not known.
        Foreign: it is no file of promptfoo.
    """
    content, ending = decoded(data, file), file.lower().rpartition(".")[2]
    if ending == "csv":
        return read_table(content, file)
    entries: Sequence[Any]
    notes: tuple[str, ...] = ()
    if ending == "jsonl":
        entries, notes = json_lines(content, file)
    else:
        entries = _entries(
            _tree(content, file) if ending in ("yaml", "yml") else json_of(content, file), file
        )
    if not all(isinstance(each, dict) and "promptIdx" in each for each in entries):
        raise Foreign("its results have no promptIdx")
    rows = [_row(entry, at) for at, entry in enumerate(entries)]
    cached = sum(group(entry.get("response")).get("cached") is True for entry in entries)
    if cached:
        notes += (f"{cached:,} answers came out of promptfoo's cache: their latency and cost are left out",)
    return Results(_named(rows, entries), notes, "provider")


def _tree(content: str, file: str) -> Any:
    try:
        tree = read_tree(content, file)
    except SpecError as error:
        raise damaged(file, error.problem.message) from None
    if tree.problems:
        raise damaged(file, tree.problems[0].message)
    return tree.data


def _entries(document: Any, file: str) -> Sequence[Any]:
    """The list of results, which stands one level deeper in newer files."""
    summary = group(document).get("results")
    version = group(summary).get("version", group(document).get("version"))
    found = summary if isinstance(summary, list) else group(summary).get("results")
    if not isinstance(found, list):
        raise Foreign("it has no list of results")
    if version is not None and version not in VERSIONS:
        raise unknown_version(file, "promptfoo", text(version), "1 to 3")
    return found


def _row(entry: Mapping[str, Any], at: int) -> Row:
    test, response = group(entry.get("testCase")), group(entry.get("response"))
    variables = group(entry.get("vars")) or group(test.get("vars"))
    fields = {**fields_of("metadata", test.get("metadata")), **fields_of("vars", variables)}
    output, crashed = text(response.get("output")), entry.get("failureReason") == FAILED_TO_RUN
    cached = response.get("cached") is True
    failed = text(response.get("error")) or (text(entry.get("error")) if crashed or output is None else None)
    error = failed or ("no output" if output is None else None)
    own = fields.get("vars.id", fields.get("metadata.id"))
    test_number = text(entry.get("testIdx"))
    return Row(
        own if own is not None else test_number if test_number is not None else str(at),
        _provider(entry.get("provider")),
        output,
        output,
        latency_ms=None if cached or crashed else number(entry.get("latencyMs")),
        cost_usd=None if cached else number(entry.get("cost", response.get("cost"))),
        error=error,
        grades={} if crashed else _grades(entry),
        fields=fields,
    )


def _provider(found: Any) -> str:
    named = group(found)
    return (
        text(named.get("label") or named.get("id") or (found if isinstance(found, str) else None))
        or "unknown"
    )


def _grades(entry: Mapping[str, Any]) -> dict[str, float | str]:
    """`pass` for the row as a whole, and one grade for each metric, or each type, of its assertions."""
    found: dict[str, float | str] = {}
    if isinstance(entry.get("success"), bool):
        found["pass"] = PASS if entry["success"] else FAIL
    for part in items(group(entry.get("gradingResult")).get("componentResults")):
        assertion = group(group(part).get("assertion"))
        name, passed = assertion.get("metric") or assertion.get("type"), group(part).get("pass")
        if name and isinstance(passed, bool):
            before = found.get(grade_name(name), PASS)
            found[grade_name(name)] = PASS if passed and before == PASS else FAIL
    return found


def _named(rows: Sequence[Row], entries: Sequence[Mapping[str, Any]]) -> tuple[Row, ...]:
    """Rows whose provider answered several prompts tell these apart in the name."""
    pairs = {(row.model, text(entry.get("promptIdx"))) for row, entry in zip(rows, entries, strict=True)}
    prompts = Counter(model for model, _ in pairs)
    return tuple(
        replace(row, model=f"{row.model} [{_prompt(entry)}]") if prompts[row.model] > 1 else row
        for row, entry in zip(rows, entries, strict=True)
    )


def _prompt(entry: Mapping[str, Any]) -> str:
    """The label of the prompt where it has one that is short; else its number."""
    label = text(group(entry.get("prompt")).get("label"))
    return (
        label
        if label and len(label) <= 40 and "\n" not in label
        else f"prompt {text(entry.get('promptIdx'))}"
    )
