"""The section of product.yaml on building and buying: each option's costs, as ranges with their sources."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from shipworthy.spec.inputs import (
    Chance,
    Decisions,
    Discount,
    GainADecision,
    HoursAMonth,
    Money,
    MoneyADecision,
    MoneyAMonth,
    MoneyAnHour,
    MoneyAPersonMonth,
    MoneyAToken,
    People,
    PersonMonths,
    TokensADecision,
    YearlyChange,
)
from shipworthy.spec.quantity import SECONDS, Quantity
from shipworthy.spec.scalars import Duration, Text, at_most
from shipworthy.spec.sections import Section

MOST_OPTIONS = 12
SHORTEST_MONTHS, LONGEST_MONTHS = 12, 36
_TWO_YEARS = Quantity(Decimal(24), "month")
_PAIRS = (
    ("input_price", "input_tokens"),
    ("output_price", "output_tokens"),
    ("gpu_hours", "gpu_price"),
    ("exit_cost", "exit_chance"),
)


class Option(Section):
    """One way to get the feature, and all that it costs; what is left out costs nothing."""

    how: Literal["buy", "build", "fine_tune"] = Field(
        description="whether it is bought, built, or a bought model that is tuned", examples=["buy"]
    )
    candidate: Text | None = Field(
        default=None,
        description="the candidate whose measured net value per decision is the option's",
        examples=["vendor"],
    )
    value: GainADecision | None = Field(
        default=None,
        description="what a decision brings, where no candidate measures it",
        examples=["0.01..0.03 USD / decision"],
    )
    effort: PersonMonths | None = Field(
        default=None, description="work before it serves", examples=["4 / 6 / 10 person-months"]
    )
    labelling: Money | None = Field(
        default=None, description="labels before it serves", examples=["5_000..8_000 USD"]
    )
    setup: Money | None = Field(
        default=None, description="other costs that come once", examples=["2_000..3_000 USD"]
    )
    staff: People | None = Field(
        default=None, description="people who keep it running", examples=["0.2..0.5 people"]
    )
    on_call: MoneyAMonth | None = Field(
        default=None, description="being on call", examples=["500..1_000 USD / month"]
    )
    evaluation: MoneyAMonth | None = Field(
        default=None, description="evaluating it again and again", examples=["300..600 USD / month"]
    )
    subscription: MoneyAMonth | None = Field(
        default=None, description="other fixed costs", examples=["200 USD / month"]
    )
    gpu_hours: HoursAMonth | None = Field(
        default=None, description="hours of serving on rented machines", examples=["730..1_460 hours / month"]
    )
    gpu_price: MoneyAnHour | None = Field(
        default=None, description="what such an hour costs", examples=["1.5..3 USD / hour"]
    )
    per_decision: MoneyADecision | None = Field(
        default=None, description="what each decision costs", examples=["0.002..0.004 USD / decision"]
    )
    input_price: MoneyAToken | None = Field(
        default=None, description="the price of tokens that are read", examples=["0.15 USD / 1M tokens"]
    )
    output_price: MoneyAToken | None = Field(
        default=None, description="the price of tokens that are written", examples=["0.60 USD / 1M tokens"]
    )
    input_tokens: TokensADecision | None = Field(
        default=None, description="tokens that a decision reads", examples=["400..900 tokens / decision"]
    )
    output_tokens: TokensADecision | None = Field(
        default=None, description="tokens that a decision writes", examples=["5..30 tokens / decision"]
    )
    price_trend: YearlyChange | None = Field(
        default=None,
        description="how the costs of a decision change in a year",
        examples=["-40 %..0 % / year"],
    )
    exit_cost: Money | None = Field(
        default=None, description="what leaving it would cost", examples=["20_000..40_000 USD"]
    )
    exit_chance: Chance | None = Field(
        default=None, description="how likely it has to be left", examples=["10 %..30 %"]
    )

    @model_validator(mode="after")
    def _has_both_of_each_pair(self) -> Self:
        for one, other in _PAIRS:
            if (getattr(self, one) is None) != (getattr(self, other) is None):
                given, missing = (one, other) if getattr(self, one) is not None else (other, one)
                raise ValueError(f"{given} says nothing without {missing}; write both or none")
        if self.candidate and self.value:
            raise ValueError(
                "the value is given twice, by candidate and by value; keep one: what was measured beats what is stated"
            )
        return self


class CheapFirst(Section):
    """A cheap option first, and a dear one for the decisions that it is unsure of."""

    cheap: Text = Field(description="the option that answers first", examples=["rule"])
    dear: Text = Field(description="the option that answers the unsure share", examples=["api"])
    budget: MoneyADecision = Field(
        description="what a decision may cost on average", examples=["0.001 USD / decision"]
    )


def _horizon(given: Quantity) -> Quantity:
    months = given.seconds / float(SECONDS["month"])
    if not SHORTEST_MONTHS <= round(months, 6) <= LONGEST_MONTHS:
        raise ValueError(
            f"{given} is not a horizon of {SHORTEST_MONTHS} to {LONGEST_MONTHS} months; under a year hides the upkeep, "
            "over three years nobody knows the prices: write for example 24 months"
        )
    return given


_FEW = f"options are too many to compare; keep the {MOST_OPTIONS} that anybody would choose"


class BuildOrBuy(Section):
    """What each way to get the feature costs and brings over a horizon, with the uncertainty of every number."""

    options: Annotated[dict[Text, Option], at_most(MOST_OPTIONS, _FEW)] = Field(
        min_length=2,
        description="the ways to get the feature",
        examples=[{"api": {"how": "buy", "per_decision": "0.002..0.004 USD / decision"}}],
    )
    volume: Decisions | None = Field(
        default=None,
        description="how many decisions there are; without it, value.volume",
        examples=["1_500_000 / 2_000_000 / 2_500_000 / month"],
    )
    growth: YearlyChange | None = Field(
        default=None, description="how the volume changes in a year", examples=["0 %..20 % / year"]
    )
    person_month: MoneyAPersonMonth | None = Field(
        default=None,
        description="what a month of a person costs, all in",
        examples=["9_000..12_000 USD / person-month"],
    )
    discount: Discount | None = Field(
        default=None,
        description="by how much money that comes a year later counts less; without it, 0 % / year",
        examples=["5 %..10 % / year"],
    )
    horizon: Annotated[Duration, AfterValidator(_horizon)] = Field(
        default=_TWO_YEARS,
        description="the time that is reckoned with: 12 to 36 months",
        examples=["24 months"],
    )
    cascade: CheapFirst | None = Field(
        default=None,
        description="a cheap option before a dear one, within a budget",
        examples=[{"cheap": "rule", "dear": "api", "budget": "0.001 USD / decision"}],
    )

    @property
    def months(self) -> int:
        """The horizon in whole months."""
        return round(self.horizon.seconds / float(SECONDS["month"]))

    @model_validator(mode="after")
    def _knows_what_people_cost(self) -> Self:
        needy = [name for name, option in self.options.items() if option.effort or option.staff]
        if needy and self.person_month is None:
            raise ValueError(
                f"{needy[0]} takes people, and nobody said what they cost; add person_month: 9_000..12_000 USD / person-month"
            )
        return self
