"""A metric that a product brings along: a ratio of two expressions over the columns of its log."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from shipworthy.spec.scalars import NAME, Text
from shipworthy.spec.sections import Section

MetricName = Annotated[str, Field(pattern=NAME)]


class OwnMetric(Section):
    """The sum of one expression over all rows, divided by the sum of another.

    Expressions follow the language of rules. A row where either is unknown is in neither sum.
    """

    numerator: Text = Field(
        description="what is summed above the line, for each row",
        examples=["CASE WHEN refunded THEN 1 ELSE 0 END"],
    )
    denominator: Text = Field(
        default="1", description="what is summed below it; 1 gives the mean", examples=["orders"]
    )
    direction: Literal["higher", "lower", "either"] = Field(
        default="either", description="which way is better", examples=["lower"]
    )
    unit: Literal["share", "money", "column"] = Field(
        default="column",
        description="a share (above the line never more than below), money, or a number of its own",
        examples=["share"],
    )
