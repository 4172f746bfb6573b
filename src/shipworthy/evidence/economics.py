"""What building and buying cost and bring, and when the work will be done: both as distributions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from shipworthy.evidence.values import SPARSE


@dataclass(frozen=True)
class Quantiles:
    """The 5 %, 50 % and 95 % points of a simulated number; None is beyond every bound (it never comes)."""

    low: float | None
    middle: float | None
    high: float | None


@dataclass(frozen=True)
class Assumed:
    """One input as it was used: its range in `unit`, where it comes from, and whether it is evidence.

    `name` is `volume` or `OPTION.INPUT`. Of a `normal` shape, low and high are a two-sided 95 % interval.
    """

    name: str
    unit: str
    low: float
    likely: float | None
    high: float
    shape: Literal["triangular", "uniform", "lognormal", "normal"]
    source: str
    known: Literal["evidence", "assumption"]


@dataclass(frozen=True)
class Outlay:
    """What one option costs and brings over the horizon.

    `once`, `monthly` and `per_decision` are its likely costs at the start; `cheapest` is the chance that no option
    costs less, `best` that none leaves more. `value`, `net` and `best` are None where nobody knows what it brings.
    """

    option: str
    how: str
    once: float
    monthly: float
    per_decision: float
    cost: Quantiles
    cost_per_decision: Quantiles
    cheapest: float
    value: Quantiles | None
    net: Quantiles | None
    best: float | None


@dataclass(frozen=True)
class Mover:
    """One input, and what it does to the difference between the two leading options.

    `correlation` is Spearman's, over all draws. `at_low` and `at_high` are the difference with this input at its 5 %
    and 95 % point and all others at their median; `flips` says that the leader changes between them. `worth` is what
    knowing this input for certain would be worth at most: the value of partial perfect information.
    """

    input: str
    correlation: float
    at_low: float
    at_high: float
    flips: bool
    worth: float

    @property
    def swing(self) -> float:
        """How far the input moves the difference."""
        return abs(self.at_high - self.at_low)


@dataclass(frozen=True)
class BreakEven:
    """When an option that costs more once, and less by the month, has paid for itself against another.

    `months` follows from the likely numbers, at a volume and a price that stay (None: never). `simulated` has growth
    and price trends in it, None in it standing for later than the horizon; `within` is the share of draws that get
    there. `volume` is how many decisions a month make both cost the same over the horizon.
    """

    option: str
    against: str
    months: float | None
    simulated: Quantiles
    within: float
    volume: Quantiles


@dataclass(frozen=True)
class PriceFlip:
    """The factor on the price of a decision of `option` at which it costs what `against` costs; None: at none."""

    option: str
    against: str
    factor: Quantiles


@dataclass(frozen=True)
class CascadeShare:
    """The share of decisions that may go on to the dear option within a budget: (budget - cheap) / dear."""

    cheap: str
    dear: str
    budget: float
    share: Quantiles


@dataclass(frozen=True)
class Perfect:
    """What a predictor that never errs would gain per decision, with a 95 % interval, and over the horizon.

    Gains are against the better of always yes and always no. `most` is what a decision can bring at all, as net value
    counts it, at the end of that interval that is better.
    """

    per_decision: float
    low: float
    high: float
    horizon: float
    most: float


@dataclass(frozen=True)
class Bill:
    """Building and buying over a horizon: every input, every option, and what moves the answer.

    `leader` and `second` are the options that lead, by net value where `by` says so, else by cost. `worth_knowing` is
    what perfect knowledge of all inputs would be worth. `nothing` is what the baseline leaves, which costs nothing, and
    `beats_nothing` the chance that the leader leaves more; both are None where its net value was not measured, or
    options are compared by cost.
    """

    currency: str
    months: int
    draws: int
    seed: int
    by: Literal["net", "cost"]
    leader: str
    second: str
    ahead: Quantiles
    worth_knowing: float
    inputs: tuple[Assumed, ...]
    outlays: tuple[Outlay, ...]
    movers: tuple[Mover, ...]
    break_evens: tuple[BreakEven, ...]
    price_flips: tuple[PriceFlip, ...]
    cascade: CascadeShare | None = None
    perfect: Perfect | None = None
    nothing: Quantiles | None = None
    beats_nothing: float | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class StageForecast:
    """When a stage begins and ends. Dates are ISO dates; None is never, or later than anything that was drawn.

    `ever` is the chance that it ends at all, `by_kill` that it does by the kill date. `swing_days` is how far the
    roadmap's P85 moves between the 5 % and the 95 % point of this stage's length (None: it may never end). `fails` is the
    chance that the stage itself fails the last try of its gate (None: it has no gate, or is done).
    """

    stage: str
    begins: str | None
    p50: str | None
    p85: str | None
    p95: str | None
    ever: float
    by_kill: float | None
    swing_days: float | None
    done: str | None = None
    fails: float | None = field(default=None, metadata=SPARSE)


@dataclass(frozen=True)
class Ranked:
    """One item of the backlog, by its score: money a month for each month of work, or worth of an answer by it."""

    item: str
    order: Literal["cost of delay", "value of information"]
    worth: float
    months: float
    score: float


@dataclass(frozen=True)
class SprintStage:
    """One stage in the sprint: the chance that it is worked on, and that it ends in it."""

    stage: str
    worked_on: float
    ends: float


@dataclass(frozen=True)
class Sprint:
    """The days from `first` to `last`: what is worked on, and the backlog that fits beside it.

    `free_days` are the days of work, one person each, that the stages leave on average. `fits` are the items of the
    backlog that these days are enough for, the first first.
    """

    first: str
    last: str
    stages: tuple[SprintStage, ...]
    free_days: float
    fits: tuple[str, ...]


@dataclass(frozen=True)
class Scored:
    """The first forecast of a stage that is done: its dates, the day on which it was done, and how many days after each."""

    stage: str
    p50: str
    p85: str
    done: str
    after_p50: int
    after_p85: int


@dataclass(frozen=True)
class Hindsight:
    """Past forecasts against what happened: `within_p85` of `scored` stages ended by their P85, `within_p50` by their P50.

    `low` and `high` are the exact two-sided 95 % interval of `within_p85`, which should hold 0.85. `loss_days` is the mean
    pinball loss at 50 % and 85 %, in days.
    """

    scored: int
    within_p85: float | None
    loss_days: float | None
    within_p50: float | None = field(default=None, metadata=SPARSE)
    low: float | None = field(default=None, metadata=SPARSE)
    high: float | None = field(default=None, metadata=SPARSE)
    stages: tuple[Scored, ...] | None = field(default=None, metadata=SPARSE)


@dataclass(frozen=True)
class Forecast:
    """The roadmap as simulated on the day `as_of`: each stage, the whole, the sprint, and the order of the backlog.

    `soon` names the stages that are more likely than not worked on in the sprint.
    """

    starts: str
    kill_date: str | None
    proposed_kill: str | None
    draws: int
    seed: int
    stages: tuple[StageForecast, ...]
    whole: StageForecast
    critical: str | None
    soon: tuple[str, ...]
    backlog: tuple[Ranked, ...]
    currency: str
    hindsight: Hindsight | None = None
    notes: tuple[str, ...] = ()
    as_of: str | None = field(default=None, metadata=SPARSE)
    sprint: Sprint | None = field(default=None, metadata=SPARSE)


@dataclass(frozen=True)
class Economics:
    """What a record says of money and time; each part is None where product.yaml does not have it."""

    bill: Bill | None
    forecast: Forecast | None


def read_economics(found: Mapping[str, Any]) -> Economics:
    """The economics inside a record's JSON."""
    return Economics(
        _bill(found["bill"]) if found["bill"] else None,
        _forecast(found["forecast"]) if found["forecast"] else None,
    )


def _quantiles(item: Mapping[str, Any], *names: str) -> dict[str, Any]:
    """The item with these keys as quantiles."""
    return {**item, **{name: Quantiles(**item[name]) if item[name] else None for name in names}}


def _bill(item: Mapping[str, Any]) -> Bill:
    cascade, perfect = item["cascade"], item["perfect"]
    spread = ("cost", "cost_per_decision", "value", "net")
    return Bill(
        **{
            **_quantiles(item, "ahead", "nothing"),
            "inputs": tuple(Assumed(**each) for each in item["inputs"]),
            "outlays": tuple(Outlay(**_quantiles(each, *spread)) for each in item["outlays"]),
            "movers": tuple(Mover(**each) for each in item["movers"]),
            "break_evens": tuple(
                BreakEven(**_quantiles(each, "simulated", "volume")) for each in item["break_evens"]
            ),
            "price_flips": tuple(PriceFlip(**_quantiles(each, "factor")) for each in item["price_flips"]),
            "cascade": CascadeShare(**_quantiles(cascade, "share")) if cascade else None,
            "perfect": Perfect(**perfect) if perfect else None,
            "notes": tuple(item["notes"]),
        }
    )


def _forecast(item: Mapping[str, Any]) -> Forecast:
    return Forecast(
        **{
            **item,
            "stages": tuple(StageForecast(**each) for each in item["stages"]),
            "whole": StageForecast(**item["whole"]),
            "soon": tuple(item["soon"]),
            "backlog": tuple(Ranked(**each) for each in item["backlog"]),
            "hindsight": _hindsight(item["hindsight"]) if item["hindsight"] else None,
            "notes": tuple(item["notes"]),
            "sprint": _sprint(item["sprint"]) if item.get("sprint") else None,
        }
    )


def _hindsight(item: Mapping[str, Any]) -> Hindsight:
    stages = item.get("stages")
    return Hindsight(
        **{**item, "stages": None if stages is None else tuple(Scored(**each) for each in stages)}
    )


def _sprint(item: Mapping[str, Any]) -> Sprint:
    stages = tuple(SprintStage(**each) for each in item["stages"])
    return Sprint(**{**item, "stages": stages, "fits": tuple(item["fits"])})
