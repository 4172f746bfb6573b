"""Logs of Inspect: `.eval` archives (header.json, samples/*.json) and `.json` files.

The form is that of EvalLog and EvalSample in Inspect's `log/_log.py`, log version 2 (its releases 0.3.50 to 0.3.285).
"""

from __future__ import annotations

import json
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from typing import Any

from shipworthy.foreign.archive import Archive
from shipworthy.foreign.content import Foreign, damaged, decoded, json_of, unknown_version
from shipworthy.foreign.rows import (
    FAIL,
    PASS,
    Results,
    Row,
    fields_of,
    grade,
    grade_name,
    group,
    items,
    number,
    text,
)

VERSIONS = (1, 2)
LETTERS = {"C": PASS, "I": FAIL, "N": FAIL}
"""Correct, incorrect, no answer; P, partly correct, is neither a pass nor a fail."""


def read_inspect(data: bytes, file: str) -> Results:
    """The rows of one log, an epoch being a repetition.

    Raises:
        InputError: it is damaged, or of a version that is not known.
        Foreign: it is no log of Inspect.
    """
    header, samples = _archive(data, file) if data[:2] == b"PK" else _whole(decoded(data, file), file)
    version = header.get("version")
    if version is not None and version not in VERSIONS:
        raise unknown_version(file, "Inspect", text(version), "1 and 2")
    model = text(group(header.get("eval")).get("model")) or "unknown"
    rows = tuple(_row(group(sample), model) for sample in samples)
    status = header.get("status", "started")
    notes = (
        ()
        if status == "success"
        else (f"the run of {model} ended as {status}: samples that it lacks stay unanswered",)
    )
    return Results(rows, notes)


def _whole(content: str, file: str) -> tuple[Mapping[str, Any], Iterator[Any]]:
    document = json_of(content, file)
    if not isinstance(document, dict) or "eval" not in document or "plan" not in document:
        raise Foreign("it has no eval and plan")
    return document, iter(items(document.get("samples")))


def _archive(data: bytes, file: str) -> tuple[Mapping[str, Any], Iterator[Any]]:
    """The header and the samples; of a run that did not end, what its journal says."""
    try:
        archive = Archive(data)
    except (zipfile.BadZipFile, ValueError) as error:
        raise damaged(file, f"it is no whole archive: {error}") from None
    names = archive.names()
    head = next((name for name in ("header.json", "_journal/start.json") if name in names), None)
    if head is None:
        raise Foreign("the archive has no header.json")
    samples = sorted(name for name in names if name.startswith("samples/") and name.endswith(".json"))
    return group(_member(archive, head, file)), (_member(archive, name, file) for name in samples)


def _member(archive: Archive, name: str, file: str) -> Any:
    try:
        return json.loads(archive.read(name))
    except (
        zipfile.BadZipFile,
        zlib.error,
        ValueError,
        RuntimeError,
        NotImplementedError,
        EOFError,
        struct.error,
        RecursionError,
    ) as error:
        raise damaged(file, f"{name} in it is damaged: {error}") from None


def _row(sample: Mapping[str, Any], model: str) -> Row:
    output, attached = group(sample.get("output")), group(sample.get("attachments"))
    said = _completion(output, attached)
    scores = _scores(sample)
    answers = [text(score.get("answer")) for score in scores.values() if score.get("answer") is not None]
    seconds = next(
        (
            found
            for value in (sample.get("working_time"), sample.get("total_time"), output.get("time"))
            if (found := number(value)) is not None
        ),
        None,
    )
    error = _error(sample, output, said)
    return Row(
        text(sample.get("id")) or "",
        model,
        said,
        None if said is None else answers[0] if answers else said,
        _target(sample.get("target")),
        None if seconds is None else 1000 * seconds,
        number(group(group(sample.get("model_usage")).get(model)).get("total_cost")),
        error,
        int(number(sample.get("epoch")) or 1),
        dict(_grades(scores)),
        fields_of("metadata", sample.get("metadata")),
    )


def _scores(sample: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """The scores by scorer; old logs have a single one."""
    found = group(sample.get("scores")) or ({"score": sample["score"]} if sample.get("score") else {})
    return {name: group(score) for name, score in found.items()}


def _grades(scores: Mapping[str, Mapping[str, Any]]) -> Iterator[tuple[str, float | str]]:
    """One grade for each scorer, or for each value of a scorer that gives several."""
    for name, score in scores.items():
        value = score.get("value")
        parts = (
            {f"{name}_{key}": part for key, part in value.items()}
            if isinstance(value, dict)
            else {name: value}
        )
        for key, part in parts.items():
            yield grade_name(key), LETTERS.get(part, grade(part)) if isinstance(part, str) else grade(part)


def _error(sample: Mapping[str, Any], output: Mapping[str, Any], said: str | None) -> str | None:
    """Why there is no answer; None where there is one."""
    broke = text(group(sample.get("error")).get("message")) or text(output.get("error"))
    if said is not None and not broke:
        return None
    limit = text(group(sample.get("limit")).get("type"))
    return broke or (f"stopped at the limit of {limit}" if limit else "no output")


def _completion(output: Mapping[str, Any], attached: Mapping[str, Any]) -> str | None:
    """What the model wrote: the text of its first choice; None where that is empty."""
    for choice in items(output.get("choices"))[:1]:
        content = group(group(choice).get("message")).get("content")
        parts = (
            [content]
            if isinstance(content, str)
            else [group(part).get("text") for part in items(content) if group(part).get("type") == "text"]
        )
        said = "\n".join(
            str(attached.get(part.removeprefix("attachment://"), part))
            for part in parts
            if isinstance(part, str)
        )
        return said or None
    return text(output.get("completion")) or None


def _target(found: Any) -> str | None:
    """The right answer; of several accepted ones none is the label."""
    if isinstance(found, list):
        return text(found[0]) if len(found) == 1 else None
    return text(found)
