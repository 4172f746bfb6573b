"""Variants of inputs that mean the same: typing errors, other capitals, blanks, another order, other words."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from shipworthy.spec.grading import Texts
from shipworthy.spec.kinds import VARIANTS
from shipworthy.spec.scalars import Count, Share, Text
from shipworthy.spec.sections import Section


class Typo(Section):
    """Slips of the finger: a neighbouring key, two letters swapped, or one left out."""

    edits: Annotated[Count, Field(ge=1, le=20)] = Field(
        default=2, description="how many slips each text gets, each in another word", examples=[3]
    )


class Case(Section):
    """The same text in other capitals."""

    to: Literal["upper", "lower"] = Field(default="upper", description="which letters", examples=["lower"])


class Whitespace(Section):
    """The same text with needless blanks, and one before and after it."""

    doubled: Share = Field(
        default=0.5, description="about which share of the blanks is doubled", examples=["30 %"]
    )


class Order(Section):
    """The same parts in another order."""

    of: Literal["sentences", "lines", "paragraphs"] = Field(
        default="sentences",
        description="what changes places; write options and items one a line, and examples as paragraphs",
        examples=["lines"],
    )


class Paraphrase(Section):
    """The same question in words that somebody wrote."""

    column: Text = Field(
        description="the column of the examples that holds the other words", examples=["reworded"]
    )


class Variants(Section):
    """What is varied, on how many rows, and how."""

    columns: Texts = Field(
        description="the column that is varied, or several that are varied together", examples=["question"]
    )
    rows: Annotated[Count, Field(ge=1, le=10_000)] = Field(
        default=500, description="how many test rows at most, drawn at random", examples=[200]
    )
    seed: Count = Field(default=0, description="another one makes other variants", examples=[1])
    typo: Typo | None = Field(
        default=None, description="slips of the finger; digits stay", examples=[{"edits": 2}]
    )
    case: Case | None = Field(default=None, description="other capitals", examples=[{"to": "upper"}])
    whitespace: Whitespace | None = Field(default=None, description="needless blanks", examples=[{}])
    order: Order | None = Field(default=None, description="another order", examples=[{"of": "lines"}])
    paraphrase: Paraphrase | None = Field(
        default=None, description="other words, written by people", examples=[{"column": "reworded"}]
    )

    @property
    def names(self) -> tuple[str, ...]:
        """The variants that are made."""
        return tuple(name for name in VARIANTS if getattr(self, name) is not None)

    @model_validator(mode="after")
    def _some(self) -> Self:
        if not self.names:
            raise ValueError("no variant is named; write for example typo: {edits: 2}, or case: {to: upper}")
        if self.paraphrase is not None and len(self.columns) > 1:
            raise ValueError("paraphrase stands for one column; name one under columns:")
        return self
