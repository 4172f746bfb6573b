"""A requirement as a value, and the one text that stands for it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Literal

from shipworthy.spec.quantity import Quantity

Comparator = Literal[">=", "<=", ">", "<"]
DEFAULT_CONFIDENCE = 0.95
KEYWORDS = frozenset({"at", "for", "every", "where", "and", "with", "confidence"})
NAME = r"[^\W\d][\w.]*(?:@\d+)?"
"""A metric or column that needs no quotes."""


@dataclass(frozen=True)
class Metric:
    """A metric as a requirement names it: `recall`, `p95(latency_ms)`, `gap(recall, format)`, `ndcg@10`."""

    name: str
    args: tuple[Metric | Quantity, ...] = ()

    def __str__(self) -> str:
        name = written_name(self.name)
        return f"{name}({', '.join(str(arg) for arg in self.args)})" if self.args else name


@dataclass(frozen=True)
class Bound:
    """One comparison: a metric, a comparator and the number that it must reach."""

    metric: Metric
    comparator: Comparator
    quantity: Quantity

    @property
    def value(self) -> float:
        """The bound in the metric's own unit: shares for %, and seconds where the column is named in seconds."""
        in_seconds = any(
            isinstance(arg, Metric) and arg.name.endswith(("_s", "_seconds")) for arg in self.metric.args
        )
        scale = 1000.0 if in_seconds and self.quantity.unit not in ("", "%") else 1.0
        return self.quantity.value / scale

    @property
    def at_least(self) -> bool:
        """Whether the metric must be great (>=, >) rather than small (<=, <)."""
        return self.comparator in (">=", ">")

    def __str__(self) -> str:
        return f"{self.metric} {self.comparator} {self.quantity}"


@dataclass(frozen=True)
class Requirement:
    """One claim about a candidate, with the text as it was written and what happens where it fails."""

    text: str
    bound: Bound
    at: Bound | None = None
    every: tuple[str, ...] = ()
    where: tuple[tuple[str, str], ...] = ()
    confidence: float = DEFAULT_CONFIDENCE
    otherwise: str | None = field(default=None, kw_only=True)
    owner: str | None = field(default=None, kw_only=True)
    stages: tuple[str, ...] = field(default=("offline", "live"), kw_only=True)

    @property
    def metric(self) -> Metric:
        """The metric that is claimed (not the one of the `at` clause)."""
        return self.bound.metric


def format_requirement(requirement: Requirement) -> str:
    """The canonical text of a requirement: reading it gives the same claim back."""
    parts = [str(requirement.bound)]
    if requirement.at:
        parts.append(f"at {requirement.at}")
    if requirement.every:
        parts.append(f"for every {', '.join(map(written_name, requirement.every))}")
    if requirement.where:
        parts.append(
            "where "
            + " and ".join(
                f"{written_name(column)} = {_quoted(value)}" for column, value in requirement.where
            )
        )
    if requirement.confidence != DEFAULT_CONFIDENCE:
        parts.append(f"with {(100 * Decimal(str(requirement.confidence))).normalize():f} % confidence")
    return " ".join(parts)


def canonical(requirement: Requirement) -> Requirement:
    """The same claim with its text in canonical form."""
    return replace(requirement, text=format_requirement(requirement))


def written_name(name: str) -> str:
    """A metric's or column's name as a requirement writes it: in quotes where it is not one plain word."""
    return name if re.fullmatch(NAME, name) and name not in KEYWORDS else _quoted(name)


def _quoted(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"
