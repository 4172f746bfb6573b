"""The section of product.yaml on what comes next: stages, gates that research may fail, and a backlog."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise
from typing import Annotated, Any, Self

from pydantic import AfterValidator, BeforeValidator, Field, PlainSerializer, model_validator

from shipworthy.spec.inputs import Chance, Days, MoneyAMonth
from shipworthy.spec.quantity import SECONDS, Quantity
from shipworthy.spec.scalars import Count, Duration, Text, at_most
from shipworthy.spec.sections import Section

MOST_TRIES = 20
MOST_AT_ONCE = 50
MOST_STAGES = 40


def _date(value: Any) -> Any:
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value).strip())
    except ValueError:
        raise ValueError(f"{value!r} is not a date; write it as 2027-01-31") from None


Date = Annotated[
    date, BeforeValidator(_date, json_schema_input_type=Text), PlainSerializer(str, return_type=str)
]


class Gate(Section):
    """What a stage must show before what follows may begin; research may fail it, and try again."""

    passes: Chance = Field(description="how likely one try passes", examples=["50 %..70 %"])
    tries: Annotated[Count, Field(ge=1, le=MOST_TRIES)] = Field(
        default=1, description="how many tries there are in all", examples=[3]
    )
    again: Days | None = Field(
        default=None,
        description="how long each further try takes; without it, as long as the first",
        examples=["1 / 2 / 4 weeks"],
    )


class RoadmapStage(Section):
    """One stretch of work: how long it takes, what must be done before, and the gate at its end."""

    takes: Days = Field(description="how long it takes", examples=["2 / 3 / 6 weeks"])
    after: tuple[Text, ...] = Field(
        default=(), description="the stages that must be done before", examples=[["labels"]]
    )
    gate: Gate | None = Field(
        default=None, description="what it must show", examples=[{"passes": "60 %", "tries": 3}]
    )
    done: Date | None = Field(
        default=None, description="the day on which it was done, once it is", examples=["2027-01-31"]
    )


class BacklogItem(Section):
    """Something that could be done: what it brings a month, or which question of `build_or_buy` it answers."""

    takes: Days = Field(description="how long it takes", examples=["1 / 2 / 4 weeks"])
    brings: MoneyAMonth | None = Field(
        default=None, description="what it brings once it is there", examples=["2_000..8_000 USD / month"]
    )
    chance: Chance | None = Field(
        default=None, description="how likely it works; without it, it does", examples=["50 %..80 %"]
    )
    answers: Text | None = Field(
        default=None,
        description="the input of build_or_buy that it would make certain",
        examples=["build.effort"],
    )

    @model_validator(mode="after")
    def _brings_or_answers(self) -> Self:
        if (self.brings is None) == (self.answers is None):
            raise ValueError(
                "an item either brings money or answers a question; write brings: 2_000..8_000 USD / month, or answers: OPTION.INPUT"
            )
        return self


_TWO_WEEKS = Quantity(Decimal(2), "week")
LONGEST_SPRINT = 60


def _sprint(given: Quantity) -> Quantity:
    if not 1 <= given.seconds / float(SECONDS["day"]) <= LONGEST_SPRINT:
        raise ValueError(f"{given} is not a sprint of 1 to {LONGEST_SPRINT} days; write for example 2 weeks")
    return given


_FEW = f"stages are more than a forecast can say anything about; put them together into at most {MOST_STAGES}"


class Roadmap(Section):
    """Stages with uncertain lengths and gates, how many run at once, and what else could be done."""

    starts: Date = Field(description="the day on which the work begins", examples=["2027-01-04"])
    stages: Annotated[dict[Text, RoadmapStage], at_most(MOST_STAGES, _FEW)] = Field(
        min_length=1,
        description="what has to be done",
        examples=[{"labels": {"takes": "2 / 3 / 6 weeks"}}],
    )
    at_once: Annotated[Count, Field(ge=1, le=MOST_AT_ONCE)] = Field(
        default=1, description="how many stages the team can work on at once", examples=[2]
    )
    sprint: Annotated[Duration, AfterValidator(_sprint)] = Field(
        default=_TWO_WEEKS, description="how long a sprint is: 1 to 60 days", examples=["2 weeks"]
    )
    kill_date: Date | None = Field(
        default=None, description="the day after which the work is given up", examples=["2027-06-30"]
    )
    backlog: dict[Text, BacklogItem] = Field(
        default_factory=dict,
        description="what else could be done",
        examples=[{"attachments": {"takes": "2..4 weeks", "brings": "2_000..8_000 USD / month"}}],
    )

    @property
    def sprint_days(self) -> int:
        """A sprint in whole days of the calendar."""
        return round(self.sprint.seconds / float(SECONDS["day"]))

    @model_validator(mode="after")
    def _begins_before_it_is_given_up(self) -> Self:
        if self.kill_date is not None and self.kill_date <= self.starts:
            raise ValueError(
                f"the work is given up on {self.kill_date}, before it begins on {self.starts}; write a later kill_date"
            )
        return self


def order_of(needs: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """The stages in an order in which each comes after what it needs, otherwise as they are written.

    Raises:
        ValueError: stages need each other in a circle, which is named.
    """
    sorter = TopologicalSorter(
        {name: tuple(each for each in before if each in needs) for name, before in needs.items()}
    )
    try:
        return tuple(sorter.static_order())
    except CycleError as error:
        circle = list(reversed(error.args[1]))
        told = ", ".join(f"{name} needs {before}" for name, before in pairwise(circle))
        raise ValueError(f"stages need each other in a circle: {told}") from None
