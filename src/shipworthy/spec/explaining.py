"""How answers are explained: how many reasons are named, and in which words."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from shipworthy.spec.scalars import Count, Text
from shipworthy.spec.sections import Section


def _in_both(told: Any) -> Any:
    return {"raises": told, "lowers": told} if isinstance(told, str) else told


class Told(Section):
    """What a column says for people where it is a reason: for the answer, and against it."""

    raises: Text = Field(
        description="where it raises the answer", examples=["you have never written to the sender"]
    )
    lowers: Text = Field(
        description="where it lowers the answer", examples=["you have written to the sender"]
    )


class Explain(Section):
    """How the reasons of an answer are told to people."""

    top: Annotated[Count, Field(ge=1, le=20)] = Field(
        default=3, description="how many reasons of an answer are named", examples=[3]
    )
    reasons: dict[Text, Annotated[Told, BeforeValidator(_in_both, json_schema_input_type=Text | Told)]] = (
        Field(
            default_factory=dict,
            description="what a column says for people, where it is a reason: one text, or one each for where it raises and lowers the answer",
            examples=[{"late_payments": "how often payments were late"}],
        )
    )

    @property
    def sentences(self) -> dict[str, tuple[str, str]]:
        """By column what is told where it raises the answer, and where it lowers it."""
        return {column: (told.raises, told.lowers) for column, told in self.reasons.items()}
