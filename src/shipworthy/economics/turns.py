"""Where the choice between options turns: in time, in volume, in price, and in the share that a cascade may pass on."""

from __future__ import annotations

import numpy as np

from shipworthy.economics.break_even import (
    break_even_volume,
    cascade_share,
    flipping_price,
    month_of_break_even,
    months_to_break_even,
)
from shipworthy.economics.drawing import quantiles
from shipworthy.economics.options import Sheets
from shipworthy.economics.sheet import Sheet
from shipworthy.evidence import BreakEven, CascadeShare, PriceFlip
from shipworthy.spec.model import BuildOrBuy


def break_evens(found: Sheets, likely: Sheets, discount: float = 0.0) -> tuple[BreakEven, ...]:
    """The break-even of each option that costs more once than another.

    Args:
        found: the sheets of all draws.
        likely: those of the likely numbers.
        discount: the likely discount of a year.
    """
    usual = likely.compared()
    pairs = [
        (one, other)
        for one in range(len(usual))
        for other in range(len(usual))
        if usual[one].once[0] > usual[other].once[0]
    ]
    drawn = found.compared()
    return tuple(
        _break_even(
            (found.names[one], found.names[other]),
            (drawn[one], drawn[other]),
            (usual[one], usual[other]),
            discount,
        )
        for one, other in pairs
    )


def _break_even(
    names: tuple[str, str], drawn: tuple[Sheet, Sheet], usual: tuple[Sheet, Sheet], discount: float
) -> BreakEven:
    option, against = usual
    months = float(
        months_to_break_even(
            option.once[0] - against.once[0],
            option.monthly[0] - against.monthly[0],
            _by_decision(against) - _by_decision(option),
            option.decisions[0, 0],
            discount,
        )
    )
    simulated = month_of_break_even(*drawn)
    return BreakEven(
        *names,
        months if np.isfinite(months) else None,
        quantiles(simulated),
        float(np.mean(np.isfinite(simulated))),
        quantiles(break_even_volume(*drawn)),
    )


def _by_decision(each: Sheet) -> float:
    """What a decision costs at the start, less what it brings where that is known."""
    return float(each.per_decision[0] - (each.gain[0] if each.gain is not None else 0.0))


def price_flips(section: BuildOrBuy, found: Sheets, leader: int, second: int) -> tuple[PriceFlip, ...]:
    """The flipping price of each bought option against the one that leads, and of a leader against the second."""
    sheets = found.compared()
    pairs = [
        (at, second if at == leader else leader)
        for at, name in enumerate(found.names)
        if section.options[name].how == "buy" and bool(np.any(sheets[at].usage > 0))
    ]
    return tuple(
        PriceFlip(found.names[at], found.names[other], quantiles(flipping_price(sheets[at], sheets[other])))
        for at, other in pairs
    )


def affordable_share(section: BuildOrBuy, found: Sheets) -> CascadeShare | None:
    """The share of decisions that a cascade may send to its dear option, at the prices of the start."""
    given = section.cascade
    if given is None:
        return None
    sheets = dict(zip(found.names, found.sheets, strict=True))
    budget = given.budget.range.middle
    share = cascade_share(budget, sheets[given.cheap].per_decision, sheets[given.dear].per_decision)
    return CascadeShare(given.cheap, given.dear, budget, quantiles(np.atleast_1d(share)))
