"""Build or buy: every option's cost and value over the horizon, by simulation over the ranges of all inputs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from shipworthy.economics.drawing import Draws, assumed, draws, likely_ones, measured_value, quantiles
from shipworthy.economics.movers import movers, worth_of_all
from shipworthy.economics.options import Sheets, gain_of, sheets_of
from shipworthy.economics.perfect import perfect_value
from shipworthy.economics.turns import affordable_share, break_evens, price_flips
from shipworthy.evidence import (
    Assumed,
    Bill,
    Estimate,
    Outlay,
    Perfect,
)
from shipworthy.spec.inputs import Input
from shipworthy.spec.model import BASELINE, BuildOrBuy, Value
from shipworthy.spec.quantity import SECONDS
from shipworthy.stats.floats import Floats

DRAWS = 10_000
NOTHING = f"net_value({BASELINE})"
_DAYS_A_MONTH = float(SECONDS["month"] / SECONDS["day"])


def bill(
    section: BuildOrBuy,
    value: Value | None,
    measured: Mapping[str, Estimate],
    positives: tuple[int, int] = (0, 0),
    *,
    count: int = DRAWS,
    seed: int = 0,
) -> Bill:
    """The bill of all options.

    Args:
        section: what product.yaml says of them.
        value: money per outcome, and the volume where the section has none.
        measured: the net value per decision of candidates, by their names.
        positives: how many labelled rows are positive, and how many rows are labelled.
        count: how many draws.
        seed: the seed of the draws.
    """
    currency = value.currency if value else "USD"
    inputs = _inputs(section, value, measured, currency)
    drawn = draws(inputs, count, seed)
    names = tuple(section.options)
    found = sheets_of(section, drawn)
    left = found.left()
    leader, second = (int(each) for each in np.argsort(-np.mean(left, axis=1), kind="stable")[:2])
    usual = likely_ones(inputs)
    likely = sheets_of(section, usual)
    decisions = float(np.mean(found.sheets[0].units))
    ideal = perfect_value(value, *positives, decisions) if value is not None else None
    nothing = _nothing(drawn, found)
    outlays = tuple(_outlay(section, found, likely, at, left) for at in range(len(names)))
    return Bill(
        currency,
        section.months,
        count,
        seed,
        "net" if found.by_net else "cost",
        names[leader],
        names[second],
        quantiles(left[leader] - left[second]),
        worth_of_all(left),
        inputs,
        outlays,
        movers(inputs, drawn, lambda of: sheets_of(section, of).left(), (leader, second)),
        break_evens(found, likely, float(usual["discount"][0]) if "discount" in usual else 0.0),
        price_flips(section, found, leader, second),
        affordable_share(section, found),
        ideal,
        None if nothing is None else quantiles(nothing),
        None if nothing is None else float(np.mean(left[leader] > nothing)),
        _notes(found, inputs, ideal, outlays),
    )


def _inputs(
    section: BuildOrBuy, value: Value | None, measured: Mapping[str, Estimate], currency: str
) -> tuple[Assumed, ...]:
    found = []
    for name in ("volume", "growth", "person_month", "discount"):
        given = getattr(section, name)
        if given is not None:
            found.append(assumed(name, given, currency))
        elif name == "volume":
            found.append(_volume(value))
    for option, costs in section.options.items():
        for key in type(costs).model_fields:
            given = getattr(costs, key)
            if isinstance(given, Input):
                found.append(assumed(f"{option}.{key}", given, currency))
    return (*found, *_measured(section, measured, currency))


def _nothing(drawn: Draws, found: Sheets) -> Floats | None:
    """What the baseline leaves, at no cost, where its net value was measured and options are compared by theirs."""
    gain = drawn.get(NOTHING)
    return None if gain is None or not found.by_net else gain * found.sheets[0].units


def _measured(section: BuildOrBuy, measured: Mapping[str, Estimate], currency: str) -> Iterator[Assumed]:
    """The net value of each candidate that an option names, once, and that of the baseline."""
    named = {
        gain_of(name, costs): costs.candidate for name, costs in section.options.items() if costs.candidate
    }
    for name, candidate in {**named, NOTHING: BASELINE}.items():
        found = measured.get(candidate)
        if found and found.value is not None and found.low is not None and found.high is not None:
            source = f"{found.n:,} test rows of {candidate}"
            yield measured_value(name, found.value, found.low, found.high, f"{currency} / decision", source)


def _volume(value: Value | None) -> Assumed:
    if value is None or value.volume is None:
        raise ValueError("the options cost by the decision, and nobody said how many decisions there are")
    number = value.volume.per_day * _DAYS_A_MONTH
    return Assumed(
        "volume", "decisions / month", number, None, number, "uniform", "value.volume", "assumption"
    )


def _outlay(section: BuildOrBuy, found: Sheets, likely: Sheets, at: int, left: Floats) -> Outlay:
    name, each, usual = found.names[at], found.sheets[at], likely.sheets[at]
    costs = np.array([one.cost for one in found.sheets])
    value, net = each.value, each.net
    return Outlay(
        name,
        section.options[name].how,
        float(usual.once[0]),
        float(usual.monthly[0]),
        float(usual.per_decision[0]),
        quantiles(each.cost),
        quantiles(each.cost / each.units),
        float(np.mean(costs[at] <= np.min(costs, axis=0))),
        None if value is None else quantiles(value),
        None if net is None else quantiles(net),
        float(np.mean(left[at] >= np.max(left, axis=0))) if found.by_net else None,
    )


def _notes(
    found: Sheets, inputs: Sequence[Assumed], ideal: Perfect | None, outlays: Sequence[Outlay]
) -> tuple[str, ...]:
    guessed = sum(each.known == "assumption" for each in inputs)
    notes = [
        f"{guessed} of {len(inputs)} inputs are assumptions",
        f"{_discounting(inputs)}, every option serves from the first month, and inputs vary independently",
    ]
    unknown = [name for name, each in zip(found.names, found.sheets, strict=True) if each.gain is None]
    if unknown:
        notes.append(f"options are compared by cost alone, as nobody knows what {unknown[0]} brings")
    return (*notes, *_beyond(ideal, inputs, outlays))


def _discounting(inputs: Sequence[Assumed]) -> str:
    given = next((each for each in inputs if each.name == "discount"), None)
    if given is None or given.high == 0:
        return "money is not discounted (discount: 0 % / year)"
    return "money is its worth of today: that of later months is discounted"


def _beyond(ideal: Perfect | None, inputs: Sequence[Assumed], outlays: Sequence[Outlay]) -> Iterator[str]:
    """What no predictor can do: pay for options that cost more than never erring gains, and bring more than that brings."""
    if ideal is None:
        return
    if ideal.horizon < min(each.cost.low or 0.0 for each in outlays):
        yield "even a predictor that never errs would gain less than the cheapest option costs: nothing here can pay"
    hoped = [each for each in inputs if each.name.endswith(".value") and each.high > ideal.most]
    for each in hoped:
        yield (
            f"{each.name} goes up to {each.high:g}, and a decision that is never wrong brings {ideal.most:.2g} at most by "
            "value: lower the range, or correct value"
        )
