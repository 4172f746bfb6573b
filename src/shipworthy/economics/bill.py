"""Build or buy: every option's cost and value over the horizon, by simulation over the ranges of all inputs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from shipworthy.economics.drawing import Draws, draws, likely_ones, quantiles
from shipworthy.economics.given import NOTHING, inputs_of
from shipworthy.economics.movers import movers, worth_of_all
from shipworthy.economics.options import Sheets, sheets_of
from shipworthy.economics.perfect import perfect_value
from shipworthy.economics.turns import affordable_share, break_evens, price_flips
from shipworthy.evidence import Assumed, Bill, Estimate, Outlay, Perfect
from shipworthy.spec.model import BuildOrBuy, Value
from shipworthy.stats.floats import Floats

DRAWS = 10_000


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
    inputs = inputs_of(section, value, measured, currency)
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


def _nothing(drawn: Draws, found: Sheets) -> Floats | None:
    """What the baseline leaves, at no cost, where its net value was measured and options are compared by theirs."""
    gain = drawn.get(NOTHING)
    return None if gain is None or not found.by_net else gain * found.sheets[0].units


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
    return "money of later months is discounted to today"


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
