"""One uncertain input of product.yaml: its range, where it comes from, and whether it is evidence."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BeforeValidator, Field, PlainSerializer, model_validator

from shipworthy.spec import measures
from shipworthy.spec.measures import Measure, measured
from shipworthy.spec.range import Range, range_of
from shipworthy.spec.scalars import Switch, Text
from shipworthy.spec.sections import Section

Known = Literal["evidence", "assumption"]
Shape = Literal["triangular", "uniform", "lognormal"]


class Input(Section):
    """An uncertain number: its range, where it comes from, and how it spreads.

    `low..high` is spread evenly, `low / likely / high` as a triangle. With `shape: lognormal` the chance is 5 % that
    it lies below `low`, and 5 % that it lies above `high`. A range without a source is an assumption.
    """

    range: Annotated[
        Range,
        BeforeValidator(range_of, json_schema_input_type=Text | float),
        PlainSerializer(str, return_type=str),
    ] = Field(
        description="LOW..HIGH or LOW / LIKELY / HIGH, with the unit", examples=["4 / 6 / 10 person-months"]
    )
    source: Text | None = Field(
        default=None, description="where the numbers come from", examples=["offer of 3 November"]
    )
    known: Known | None = Field(
        default=None,
        description="evidence, or an assumption; without it, what has a source is evidence",
        examples=["assumption"],
    )
    shape: Shape | None = Field(
        default=None, description="how the number spreads between its ends", examples=["lognormal"]
    )
    sure: Switch = Field(
        default=False, description="that an unusual price is meant as it is written", examples=["yes"]
    )

    @property
    def basis(self) -> Known:
        """Whether the range is evidence or an assumption."""
        return self.known or ("evidence" if self.source else "assumption")

    @property
    def spread(self) -> Shape:
        """How the number spreads: as said, else evenly without a likely one, else as a triangle."""
        return self.shape or ("uniform" if self.range.likely is None else "triangular")

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        if self.known == "evidence" and not self.source:
            raise ValueError("evidence has a source; write source: WHERE IT COMES FROM, or known: assumption")
        if self.shape == "lognormal" and (self.range.low <= 0 or self.range.likely is not None):
            raise ValueError(
                "a lognormal range has two ends above zero; write LOW..HIGH, the 5 % and the 95 % point"
            )
        if self.shape == "triangular" and self.range.likely is None:
            raise ValueError("a triangular range has a likely number; write LOW / LIKELY / HIGH")
        return self


def _short(value: Any) -> Any:
    return {"range": range_of(value)} if isinstance(value, str | int | float) else value


def _of(measure: Measure) -> Callable[[Input], Input]:
    def checked(given: Input) -> Input:
        return given.model_copy(update={"range": measured(given.range, measure, sure=given.sure)})

    return checked


_SHORT = BeforeValidator(_short, json_schema_input_type=Input | Text | float)

Money = Annotated[Input, _SHORT, AfterValidator(_of(measures.MONEY))]
MoneyAMonth = Annotated[Input, _SHORT, AfterValidator(_of(measures.MONEY_A_MONTH))]
MoneyADecision = Annotated[Input, _SHORT, AfterValidator(_of(measures.MONEY_A_DECISION))]
GainADecision = Annotated[Input, _SHORT, AfterValidator(_of(measures.GAIN_A_DECISION))]
MoneyAToken = Annotated[Input, _SHORT, AfterValidator(_of(measures.MONEY_A_TOKEN))]
MoneyAnHour = Annotated[Input, _SHORT, AfterValidator(_of(measures.MONEY_AN_HOUR))]
MoneyAPersonMonth = Annotated[Input, _SHORT, AfterValidator(_of(measures.MONEY_A_PERSON_MONTH))]
TokensADecision = Annotated[Input, _SHORT, AfterValidator(_of(measures.TOKENS_A_DECISION))]
Decisions = Annotated[Input, _SHORT, AfterValidator(_of(measures.DECISIONS))]
Chance = Annotated[Input, _SHORT, AfterValidator(_of(measures.SHARE))]
Discount = Annotated[Input, _SHORT, AfterValidator(_of(measures.DISCOUNT))]
YearlyChange = Annotated[Input, _SHORT, AfterValidator(_of(measures.SHARE_A_YEAR))]
People = Annotated[Input, _SHORT, AfterValidator(_of(measures.PEOPLE))]
PersonMonths = Annotated[Input, _SHORT, AfterValidator(_of(measures.PERSON_MONTHS))]
HoursAMonth = Annotated[Input, _SHORT, AfterValidator(_of(measures.HOURS_A_MONTH))]
Days = Annotated[Input, _SHORT, AfterValidator(_of(measures.DAYS))]

MEASURES = {
    "volume": measures.DECISIONS, "growth": measures.SHARE_A_YEAR, "person_month": measures.MONEY_A_PERSON_MONTH,
    "discount": measures.DISCOUNT,
    "effort": measures.PERSON_MONTHS, "labelling": measures.MONEY, "setup": measures.MONEY,
    "staff": measures.PEOPLE, "on_call": measures.MONEY_A_MONTH, "evaluation": measures.MONEY_A_MONTH,
    "subscription": measures.MONEY_A_MONTH, "gpu_hours": measures.HOURS_A_MONTH, "gpu_price": measures.MONEY_AN_HOUR,
    "per_decision": measures.MONEY_A_DECISION, "input_price": measures.MONEY_A_TOKEN,
    "output_price": measures.MONEY_A_TOKEN, "input_tokens": measures.TOKENS_A_DECISION,
    "output_tokens": measures.TOKENS_A_DECISION, "price_trend": measures.SHARE_A_YEAR,
    "exit_cost": measures.MONEY, "exit_chance": measures.SHARE, "value": measures.GAIN_A_DECISION,
}  # fmt: skip
"""What each input of `build_or_buy` measures."""
