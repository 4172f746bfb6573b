"""What a mitigated candidate costs against the same candidate without the mitigation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Change:
    """One metric on the test rows that both answered: `before` without the mitigation, `after` with it.

    `difference` is after - before; `low`/`high` is its two-sided interval at `confidence`, of the same rows in pairs.
    """

    metric: str
    before: float | None
    after: float | None
    difference: float | None
    low: float | None
    high: float | None
    confidence: float
    n: int
    method: str


@dataclass(frozen=True)
class Mitigation:
    """A candidate, how it mitigates, the candidate that is the same without it, and what changes from that to this."""

    candidate: str
    counterpart: str
    how: str
    changes: tuple[Change, ...]


def read_mitigation(found: Mapping[str, Any]) -> Mitigation:
    """The mitigation inside a record's JSON."""
    return Mitigation(**{**found, "changes": tuple(Change(**item) for item in found["changes"])})
