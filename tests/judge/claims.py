"""Claims and their verdicts from plain text and counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from shipworthy.judge import Claim, claim_of, judge
from shipworthy.spec.language import read_requirement
from shipworthy.spec.model import Value
from shipworthy.spec.task import BINARY, Task
from shipworthy.tally import Tallies

MONEY = Value(true_positive=2.0, false_positive=-5.0, false_negative=-1.0, true_negative=0.5)


def claim(text: str, value: Value | None = MONEY, task: Task = BINARY) -> Claim:
    return claim_of(read_requirement(text), value, task)


def verdicts(
    text: str, tallies: Tallies, known: Mapping[str, Sequence[str]] | None = None, level: float | None = None
) -> Any:
    """All verdicts; typed loosely, as tests look into numbers that may be absent."""
    return judge(claim(text), tallies, "candidate", known or {}, level)


def verdict(
    text: str, tallies: Tallies, known: Mapping[str, Sequence[str]] | None = None, level: float | None = None
) -> Any:
    """The verdict as a whole."""
    return verdicts(text, tallies, known, level)[0]
