"""What a signature hands up: who takes which decision, on which record, against whose objection, and until when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

SignedAnswer = Literal["ship", "do_not_ship", "not_yet"]


@dataclass(frozen=True)
class Dissent:
    """Somebody who thinks otherwise, and why."""

    name: str
    says: str


@dataclass(frozen=True)
class Seal:
    """A record by its id and the whole SHA-256 hash of its content, of which the id has eight digits."""

    record: str
    hash: str


@dataclass(frozen=True)
class Signature:
    """One person's decision on one record, or the dissent that was added to it later (`by` is None).

    `signed` is the record, `decided` the answer that it gave, `answer` the one that the person takes. It is an `override`
    where they differ, or where another candidate ships; `because` says why. `risks` are left over; `kill_switch` is who may turn the feature off;
    `revisit` a day as YYYY-MM-DD. `previous` is the signature before this one in the workspace, so that none can go
    missing unseen.
    """

    signed: Seal
    decided: SignedAnswer
    by: str | None
    answer: SignedAnswer | None
    candidate: str | None
    because: str
    dissent: tuple[Dissent, ...]
    risks: tuple[str, ...]
    kill_switch: str | None
    revisit: str | None
    previous: Seal | None
    override: bool = False


def read_signature(found: Mapping[str, Any]) -> Signature:
    """The signature inside a record's JSON."""
    return Signature(
        **{
            **found,
            "signed": Seal(**found["signed"]),
            "dissent": tuple(Dissent(**item) for item in found["dissent"]),
            "risks": tuple(found["risks"]),
            "previous": Seal(**found["previous"]) if found["previous"] else None,
        }
    )
