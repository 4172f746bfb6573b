"""The point at which a candidate that scores is operated."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class OperatingPoint:
    """How a score becomes an answer: yes from `threshold` on, no below it.

    With `review_from`, a score from there up to the threshold gets no answer: a person decides the row. With `by`,
    each group of that column that `thresholds` names has a threshold of its own, and the others have `threshold`.
    """

    threshold: float
    review_from: float | None = None
    by: str = ""
    thresholds: Mapping[str, float] = field(default_factory=dict)
