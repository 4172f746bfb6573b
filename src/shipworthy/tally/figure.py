"""A single figure of a slice that no sum of rows gives, such as the age of its newest row."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """A value with the variance of its error (0: none), the rows it was found from, and how; `note` says why it has no bounds."""

    value: float
    n: int
    variance: float = 0.0
    method: str = "exact"
    note: str = ""
