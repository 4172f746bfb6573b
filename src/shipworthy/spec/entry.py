"""Requirements as product.yaml writes them: one line of text, or the line with what belongs to it."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field, PlainSerializer

from shipworthy.spec.language import Requirement, read_requirement
from shipworthy.spec.scalars import Text
from shipworthy.spec.sections import Section

Stage = Literal["offline", "live"]


def _claim_text(text: str) -> str:
    read_requirement(text)
    return text


class RequirementEntry(Section):
    """A requirement in its long form."""

    require: Annotated[str, AfterValidator(_claim_text)] = Field(
        description="the requirement in one line of text", examples=["recall >= 0.80"]
    )
    otherwise: Text | None = Field(
        default=None, description="what happens where it is not met", examples=["route to the rule"]
    )
    owner: Text | None = Field(default=None, description="who answers for it", examples=["finance"])
    stages: tuple[Stage, ...] = Field(
        default=("offline", "live"),
        min_length=1,
        description="where it is judged",
        examples=[["offline", "live"]],
    )

    @property
    def requirement(self) -> Requirement:
        """The claim with what belongs to it."""
        return replace(
            read_requirement(self.require), otherwise=self.otherwise, owner=self.owner, stages=self.stages
        )


def _requirement(value: Any) -> Any:
    if isinstance(value, Requirement):
        return value
    if isinstance(value, dict):
        if "require" not in value and len(value) == 1:
            raise ValueError(
                "found a key and a value where a requirement was expected; "
                "write one line of text without a colon, as in - recall >= 0.80, or put the line in quotes"
            )
        return RequirementEntry.model_validate(value).requirement
    return _line(value)


def _line(value: Any) -> Any:
    if isinstance(value, Requirement):
        return value
    if not isinstance(value, str):
        raise ValueError(f"{value!r} is not a requirement; write one line of text, as in - recall >= 0.80")
    return read_requirement(value)


def _written(claim: Requirement) -> str | dict[str, Any]:
    """The claim as product.yaml would hold it, so that it reads back as the same value."""
    plain = replace(claim, otherwise=None, owner=None, stages=("offline", "live"))
    if plain == claim:
        return claim.text
    return {
        "require": claim.text,
        "otherwise": claim.otherwise,
        "owner": claim.owner,
        "stages": list(claim.stages),
    }


Claim = Annotated[
    Requirement,
    BeforeValidator(_requirement, json_schema_input_type=Text | RequirementEntry),
    PlainSerializer(_written, return_type=str | dict[str, Any]),
]
Stop = Annotated[
    Requirement,
    BeforeValidator(_line, json_schema_input_type=Text),
    PlainSerializer(_written, return_type=str | dict[str, Any]),
]
"""A claim that ends a rollout once it is proved: text only."""
