"""How answers are explained: how many reasons are named, and in which words."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from shipworthy.spec.scalars import Count, Text
from shipworthy.spec.sections import Section


class Explain(Section):
    """How the reasons of an answer are told to people."""

    top: Annotated[Count, Field(ge=1, le=20)] = Field(
        default=3, description="how many reasons of an answer are named", examples=[3]
    )
    reasons: dict[Text, Text] = Field(
        default_factory=dict,
        description="what a column says for people, where it is a reason",
        examples=[{"late_payments": "payments were late in the last year"}],
    )
