"""Logs of OpenAI Evals: the events of `oaieval`, one JSON object per line.

The form is that of LocalRecorder in its `evals/record.py`: a line with the spec, events of each sample (sampling, match,
metrics, error), and a final report.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from shipworthy.foreign.content import Foreign, decoded, json_lines
from shipworthy.foreign.rows import Results, Row, grade, grade_name, group, items, number, text


def read_openai_evals(data: bytes, file: str) -> Results:
    """The rows of one log: a sample each, its first sampling being the answer.

    Raises:
        InputError: it is damaged.
        Foreign: it is no such log.
    """
    lines, notes = json_lines(decoded(data, file), file)
    spec = next((group(line["spec"]) for line in lines if "spec" in line), None)
    if spec is None:
        raise Foreign("no line has a spec")
    model = (
        ", ".join(str(each) for each in items(spec.get("completion_fns")))
        or text(spec.get("model_name"))
        or "unknown"
    )
    events: dict[str, list[Mapping[str, Any]]] = {}
    for line in lines:
        sample = text(line.get("sample_id"))
        if sample is not None:
            events.setdefault(sample, []).append(line)
    if not any("final_report" in line for line in lines):
        notes += (f"the run of {model} did not end: samples that it lacks stay unanswered",)
    return Results(tuple(_row(sample, found, model) for sample, found in events.items()), notes)


def _row(sample: str, events: Sequence[Mapping[str, Any]], model: str) -> Row:
    sampled, match, broke = (_of(events, kind) for kind in ("sampling", "match", "error"))
    output = _text_of(sampled.get("sampled")) or _text_of(match.get("sampled"))
    picked = _text_of(match.get("picked"))
    error = text(broke.get("message")) or text(broke.get("type")) if broke else None
    grades: dict[str, float | str] = {}
    if isinstance(match.get("correct"), bool):
        grades["match"] = grade(match["correct"])
    for name, value in _of(events, "metrics").items():
        if isinstance(value, bool) or number(value) is not None:
            grades[grade_name(name)] = grade(value)
    return Row(
        sample,
        model,
        output,
        picked or output,
        _text_of(match.get("expected")),
        error=error or (None if output or picked else "no sampling is recorded"),
        grades={} if error else grades,
    )


def _of(events: Sequence[Mapping[str, Any]], kind: str) -> dict[str, Any]:
    """The data of the first event of a kind; empty where there is none."""
    return next((group(event.get("data")) for event in events if event.get("type") == kind), {})


def _text_of(found: Any) -> str | None:
    """A text, or the one of a list of one; None where it is empty or there are several."""
    if isinstance(found, list):
        found = found[0] if len(found) == 1 else None
    return text(found) or None
