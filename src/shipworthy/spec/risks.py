"""The sections `risks:` and `ethics:`: what may go wrong, who looks after it, and how it is treated."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field

from shipworthy.errors import Problem
from shipworthy.spec.roadmap import Date
from shipworthy.spec.scalars import Text
from shipworthy.spec.sections import Section
from shipworthy.spec.tree import Tree

Response = Literal["mitigate", "transfer", "avoid", "accept"]

LAST = 22
"""The register of the package goes from K1 to K22."""

_NUMBERED = re.compile(r"[kK](\d+)")


def _number(value: str) -> str:
    """A risk of the register as its id, own words as they are."""
    found = _NUMBERED.fullmatch(value.strip())
    if found is None:
        return value
    if not 1 <= int(found[1]) <= LAST:
        raise ValueError(
            f"{value!r} is no risk of the register; write K1 to K{LAST}, or a risk of your own in words"
        )
    return f"K{int(found[1])}"


class RiskEntry(Section):
    """One risk: of the register by its id, or one of your own in your words; who owns it and what is done about it."""

    risk: Annotated[Text, AfterValidator(_number)] = Field(
        description="a risk of the register (K1 to K22), or one of your own in a few words",
        examples=["K7", "senders adapt within weeks"],
    )
    owner: Text | None = Field(
        default=None, description="the person or team that answers for it", examples=["head of credit"]
    )
    response: Response | None = Field(
        default=None, description="mitigate, transfer, avoid or accept", examples=["mitigate"]
    )
    treatment: Text | None = Field(
        default=None, description="what is done about it", examples=["a person reads every denial"]
    )
    note: Text | None = Field(
        default=None,
        description="what else must be known; why, where it is accepted",
        examples=["the gap is in the old data"],
    )
    revisit: Date | None = Field(
        default=None, description="the day on which it is looked at again", examples=["2027-03-01"]
    )


def _entry(value: Any) -> Any:
    return {"risk": value} if isinstance(value, str) else value


AnyRisk = Annotated[RiskEntry, BeforeValidator(_entry, json_schema_input_type=Text | RiskEntry)]


class Pledge(Section):
    """One item of the ethics card, where requirements and the register do not say it."""

    owner: Text | None = Field(default=None, description="who answers for it", examples=["legal"])
    by: Date | None = Field(
        default=None, description="the day by which it holds, or is looked at again", examples=["2027-03-01"]
    )
    measure: Text | None = Field(
        default=None,
        description="how it is measured, where no requirement does",
        examples=["share of appeals answered within a week"],
    )
    how: Text | None = Field(
        default=None, description="what is done for it", examples=["every denial names whom to write to"]
    )


class Ethics(Section):
    """What is pledged for each item of the ethics card."""

    fairness: Pledge | None = Field(
        default=None, description="groups of people are treated alike", examples=[{"owner": "credit policy"}]
    )
    transparency: Pledge | None = Field(
        default=None,
        description="people know what it is and where its limits are",
        examples=[{"owner": "legal"}],
    )
    safety: Pledge | None = Field(
        default=None,
        description="it does no harm, and does not help to do any",
        examples=[{"owner": "safety"}],
    )
    privacy: Pledge | None = Field(
        default=None,
        description="personal data stay where they may be",
        examples=[{"owner": "data protection"}],
    )
    recourse: Pledge | None = Field(
        default=None,
        description="who is wronged can have it looked at by a person",
        examples=[{"owner": "customer service", "how": "reply to the letter"}],
    )


def repeated_risks(product: dict[str, Any], tree: Tree) -> Iterator[Problem]:
    """Risks that stand in the file twice."""
    seen: dict[str, int] = {}
    listed = product.get("risks")
    for at, item in enumerate(listed if isinstance(listed, list) else ()):
        written = item.get("risk") if isinstance(item, dict) else item
        if not isinstance(written, str):
            continue
        name = written.strip().casefold()
        if name in seen:
            first = tree.places.of("risks", seen[name])
            message = f"risks names {written.strip()!r} twice; the first stands in line {first.line}"
            yield Problem("spec.repeated", message, tree.places.of("risks", at), "Make one entry of the two.")
        seen.setdefault(name, at)


__all__ = ["AnyRisk", "Ethics", "Pledge", "Response", "RiskEntry", "repeated_risks"]
