"""A judge: a model that passes answers or fails them, by a rubric, and the people whose labels say what it is worth."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from shipworthy.spec.endpoint import Endpoint
from shipworthy.spec.kinds import Drawing
from shipworthy.spec.scalars import Switch, Text


class Judge(Endpoint):
    """A model that reads an answer and says whether it passes. It counts only as far as people's labels show it right."""

    rubric: Text = Field(
        description="the file that says what passes, in the product's folder", examples=["rubrics/helpful.md"]
    )
    columns: tuple[Text, ...] = Field(
        default=(),
        description="columns of the examples that the judge sees beside the answer",
        examples=[["question"]],
    )
    reference: Text | None = Field(
        default=None, description="the column of the reference, if not the target", examples=["answer"]
    )
    swap: Switch = Field(
        default=False,
        description="whether it is asked twice, with answer and reference exchanged; two verdicts are none",
        examples=["yes"],
    )
    people: Annotated[Text, Field(pattern=r"\.csv$")] | None = Field(
        default=None,
        description="a CSV file of the product with what people said: id, candidate, verdict, labeller",
        examples=["people.csv"],
    )
    drawn: Drawing = Field(
        default="otherwise",
        description="how the answers that people labelled were drawn from the judged ones",
        examples=["at random"],
    )
