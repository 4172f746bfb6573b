"""One measured figure beside its target."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Literal


@dataclass(frozen=True)
class Finding:
    """What one comparison came to.

    `figure` is a ratio where `unit` is "×". `beyond` says that the other side was stopped at a limit, so that the ratio
    is at least this. `ours` and `against` are what the figure was made of, for people; `record` is all that was measured.
    """

    name: str
    question: str
    figure: float
    unit: Literal["×", "ms", "s", "MB", ""]
    target: float
    direction: Literal["at least", "at most"]
    ours: str
    against: str = ""
    beyond: bool = False
    record: Mapping[str, Any] = field(default_factory=dict)

    @property
    def met(self) -> bool:
        """Whether the target is reached; of a peer that was stopped, whether it was shown to be."""
        return self.figure >= self.target if self.direction == "at least" else self.figure <= self.target

    def as_record(self) -> dict[str, Any]:
        """Everything, for a file."""
        return asdict(self) | {"met": self.met}
