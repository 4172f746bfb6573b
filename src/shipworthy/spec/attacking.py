"""Which attacks are tried on candidates, where recorded answers to them lie, and when two samples are the same."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from shipworthy.spec.scalars import Count, Share, Text
from shipworthy.spec.sections import Section
from shipworthy.spec.varying import Variants


class Stability(Section):
    """When two answers to one input are the same, and which variants of inputs should not change them."""

    same: Literal["text", "meaning"] = Field(
        default="text",
        description="equal texts but for case, punctuation and spaces, or near embeddings (the extra embed)",
        examples=["meaning"],
    )
    at_least: Share = Field(
        default=0.95, description="the least cosine of two texts that mean the same", examples=[0.95]
    )
    variants: Variants | None = Field(
        default=None,
        description="variants of inputs that mean the same, claimed as variant_flip(NAME) and variant_drop(NAME)",
        examples=[{"columns": "question", "typo": {"edits": 2}}],
    )


class Misuse(Section):
    """A suite of attacks, which of them are tried, and how a candidate is asked."""

    suite: Text = Field(
        default="core",
        description="a suite of the package, or a YAML file of the product's folder",
        examples=["core", "attacks.yaml"],
    )
    hazards: tuple[Text, ...] = Field(
        default=(), description="only attacks of these hazards; else all", examples=[["privacy", "hijacking"]]
    )
    samples: Annotated[Count, Field(ge=1, le=100)] = Field(
        default=1, description="how often a chat candidate is asked each question", examples=[5]
    )
    into: Text = Field(
        default="question",
        description="the name in the prompt where the attack stands",
        examples=["question"],
    )
    inject: Text = Field(
        default="context",
        description="the name in the prompt where the documents of the attack stand, with what is injected there",
        examples=["context"],
    )
    canary: Text | None = Field(
        default=None,
        description="the word that stood in the instructions when answers were recorded",
        examples=["HWVDSKRXHF"],
    )
    answers: dict[Text, Text] = Field(
        default_factory=dict,
        description="of recorded candidates, the file with their answers to the attacks: id, output",
        examples=[{"vendor": "data/vendor_attacks.parquet"}],
    )
