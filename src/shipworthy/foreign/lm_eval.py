"""Samples of the LM Evaluation Harness: `samples_TASK_TIME.jsonl` of `lm_eval --log_samples`.

The form is that of `save_results_samples` in its `loggers/evaluation_tracker.py` (releases 0.4.3 to 0.4.13).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from shipworthy.foreign.content import Foreign, decoded, json_lines
from shipworthy.foreign.rows import Results, Row, fields_of, grade, grade_name, group, items, number, text

OWN = frozenset({
    "doc_id", "doc", "target", "arguments", "resps", "filtered_resps", "filter", "metrics", "doc_hash", "prompt_hash",
    "target_hash", "task_name",
})  # fmt: skip
"""What a line holds besides its metrics."""


def read_lm_eval(data: bytes, file: str) -> Results:
    """The rows of one file of samples. The same answers stand there once for each filter, which names the model.

    Raises:
        InputError: it is damaged.
        Foreign: it is no file of samples.
    """
    lines, notes = json_lines(decoded(data, file), file)
    if not lines or not all("doc_id" in line and "resps" in line for line in lines):
        raise Foreign("its lines have no doc_id and resps")
    return Results(tuple(map(_row, lines)), notes, "filter")


def _row(line: Mapping[str, Any]) -> Row:
    choices, answer, output = _loglikelihoods(line), None, None
    if choices:
        answer = _chosen(line, max(range(len(choices)), key=choices.__getitem__))
    else:
        output, answer = _first(line.get("resps")), _first(line.get("filtered_resps"))
    named = [name for name in items(line.get("metrics")) if isinstance(name, str)] or [
        key for key in line if key not in OWN
    ]
    error = None if answer or output else "no response"
    return Row(
        text(line["doc_id"]) or "",
        text(line.get("filter")) or "none",
        output,
        answer,
        text(line.get("target")),
        error=error,
        grades={}
        if error
        else {grade_name(name): grade(line[name]) for name in named if number(line.get(name)) is not None},
        fields=fields_of("doc", line.get("doc")),
    )


def _chosen(line: Mapping[str, Any], at: int) -> str:
    """The choice as the target is written: by its text where that is one of theirs, else by its number."""
    asked = group(line.get("arguments")).values()
    texts = [(text(group(each).get("arg_1")) or "").strip() for each in asked]
    return texts[at] if at < len(texts) and text(line.get("target")) in texts else str(at)


def _loglikelihoods(line: Mapping[str, Any]) -> list[float]:
    """The log-likelihood of each choice, where the model chose among several; the harness writes numbers as text."""
    found = [_likelihood(each) for each in items(line.get("filtered_resps"))]
    known = [each for each in found if each is not None]
    return known if len(known) == len(found) > 1 else []


def _likelihood(pair: Any) -> float | None:
    """The first of a pair of a log-likelihood and whether it is the greedy one."""
    if not isinstance(pair, list) or len(pair) != 2 or str(pair[1]) not in ("True", "False"):
        return None
    try:
        return float(pair[0])
    except (TypeError, ValueError):
        return None


def _first(found: Any) -> str | None:
    """The first response, however deep it stands; None where it is empty."""
    while isinstance(found, list | dict) and found:
        found = found[0] if isinstance(found, list) else next(iter(group(found).values()))
    return (text(found) or None) if not isinstance(found, list | dict) else None
