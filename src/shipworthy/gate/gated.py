"""What the gate measured by, and all that it found."""

from __future__ import annotations

from dataclasses import dataclass

from shipworthy.evidence import Evaluation, Record, Signature
from shipworthy.gate.check import Check
from shipworthy.gate.shift import Shift


@dataclass(frozen=True)
class Yardstick:
    """What the gate measures by: a signature, its record's id, and the decision under it."""

    id: str
    time: str
    signature: Signature
    record: Record
    evaluation: Evaluation


@dataclass(frozen=True)
class Gated:
    """What the gate found. `candidate` was signed and is held against then; None where there is none of it today.

    `dropped` are claims that were signed and that product.yaml makes no more, `blocked` what keeps everything from shipping.
    """

    code: int
    decision: Record
    candidate: str | None
    checks: tuple[Check, ...]
    shifts: tuple[Shift, ...]
    dropped: tuple[str, ...]
    blocked: tuple[str, ...]
    yardstick: Yardstick | None
    notes: tuple[str, ...]
