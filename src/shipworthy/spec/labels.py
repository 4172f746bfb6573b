"""The section of product.yaml on labelling: what people read, what they see, and how many label each row."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from shipworthy.spec.scalars import Count, Duration, Text
from shipworthy.spec.sections import Section

MOST_LABELLERS = 9
LEASE_S = 900.0


class Labels(Section):
    """How rows get their labels: guidelines, the columns that labellers see, how many label each row, and where labels are kept."""

    guidelines: Text | None = Field(
        default=None,
        description="a Markdown file that says how to label, from the product's folder",
        examples=["labelling.md"],
    )
    each: Annotated[Count, Field(ge=1, le=MOST_LABELLERS)] = Field(
        default=1, description="how many people label each row, without seeing each other", examples=[2]
    )
    show: tuple[Text, ...] = Field(
        default=(),
        description="the columns that labellers see, if not all but the label",
        examples=[["subject", "body"]],
    )
    lease: Duration | None = Field(
        default=None,
        description="how long a row is kept for the person who has it; 15 minutes, if not given",
        examples=["15 minutes"],
    )
    given: Literal["random", "chosen"] = Field(
        default="random",
        description="how the rows that the source has labels for came to be labelled: at random, or chosen by somebody",
        examples=["chosen"],
    )
    store: Text | None = Field(
        default=None,
        description="the URL of a PostgreSQL database that keeps the labels, where people work on several machines",
        examples=["postgresql://labels.example.org/team"],
    )
    queue: Text | None = Field(
        default=None, description="the name of the queue in that database", examples=["mail"]
    )

    @model_validator(mode="after")
    def _names_its_queue(self) -> Self:
        if (self.store is None) != (self.queue is None):
            raise ValueError(
                "store and queue go together: several products may share a database, and the queue is this one's; write queue: NAME"
            )
        return self

    @property
    def lease_s(self) -> float:
        """How long a row is kept for one person, in seconds."""
        return LEASE_S if self.lease is None else self.lease.seconds
