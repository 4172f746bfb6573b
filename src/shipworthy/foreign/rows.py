"""What every tool's results are read into: one row per answer of one model."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

PASS, FAIL = 1.0, 0.0
NEITHER = "the score {} is neither a pass (1) nor a fail (0)"


@dataclass(frozen=True)
class Row:
    """One answer: what was asked (`id`, `fields`), who answered what, and how that was graded.

    `answer` is what the tool took for the answer, `output` everything that the model wrote; both are None where it gave
    none, and `error` says why. `grades` holds 1 or 0, or in words why there is neither. `repeat` numbers several answers
    to one id. `fields` are columns of the tool's own, as text.
    """

    id: str
    model: str
    output: str | None = None
    answer: str | None = None
    label: str | None = None
    latency_ms: float | None = None
    cost_usd: float | None = None
    error: str | None = None
    repeat: int | None = None
    grades: Mapping[str, float | str] = field(default_factory=dict)
    fields: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Results:
    """The rows of a file, and what is to be said of it. `several` names what its models are called: a provider, a filter."""

    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()
    several: str = "model"


def group(value: Any) -> dict[str, Any]:
    """A JSON object; an empty one where something else stands."""
    return value if isinstance(value, dict) else {}


def items(value: Any) -> list[Any]:
    """A JSON list; an empty one where something else stands."""
    return value if isinstance(value, list) else []


def number(value: Any) -> float | None:
    """A finite number; None for anything else."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        found = float(value)
    except OverflowError:
        return None
    return found if math.isfinite(found) else None


def text(value: Any) -> str | None:
    """A JSON value as text: whole numbers without a fraction, lists and objects as JSON; None for null."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value) if isinstance(value, int | float) else json.dumps(value, ensure_ascii=False)


def fields_of(prefix: str, values: Any) -> dict[str, str]:
    """The plain values of a JSON object as columns `PREFIX.KEY`."""
    found = {f"{prefix}.{key}": text(value) for key, value in group(values).items()}
    return {key: value for key, value in found.items() if value is not None}


def grade(value: Any) -> float | str:
    """A score as a grade: true and 1 pass, false and 0 fail; of anything else, in words, why it is neither."""
    if isinstance(value, bool):
        return PASS if value else FAIL
    found = number(value)
    return found if found in (PASS, FAIL) else NEITHER.format(text(value))


def grade_name(name: Any) -> str:
    """The name of a grader as a metric can take it: letters, digits and `_`."""
    return re.sub(r"\W+", "_", str(name)).strip("_") or "grade"
