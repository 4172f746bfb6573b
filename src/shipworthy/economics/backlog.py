"""The order of a backlog: what waits at the greatest cost, and which questions are worth most, by the work they take."""

from __future__ import annotations

from collections.abc import Mapping

from shipworthy.evidence import Ranked
from shipworthy.spec.quantity import SECONDS
from shipworthy.spec.range import Range
from shipworthy.spec.roadmap import BacklogItem

DAYS_A_MONTH = float(SECONDS["month"] / SECONDS["day"])


def mean_of(found: Range) -> float:
    """The mean of a range: of a triangle a third of its three corners, else the middle of its ends."""
    return (found.low + found.middle + found.high) / 3 if found.likely is not None else found.middle


def backlog_order(items: Mapping[str, BacklogItem], worth: Mapping[str, float]) -> tuple[Ranked, ...]:
    """Items that bring money first, then those that answer questions, each kind by its score.

    Cost of delay divided by duration (Reinertsen 2009): chance * money a month / months of work. It orders work that
    is done one after the other so that the least money is lost by waiting. A question scores value of information /
    months of work: what knowing the answer for certain is worth at most, in the choice between the options.

    Args:
        items: the backlog.
        worth: what each input of `build_or_buy` would be worth to know.
    """
    ranked = [_ranked(name, item, worth) for name, item in items.items()]
    return tuple(sorted(ranked, key=lambda each: (each.order, -each.score, each.item)))


def _ranked(name: str, item: BacklogItem, worth: Mapping[str, float]) -> Ranked:
    months = mean_of(item.takes.range) / DAYS_A_MONTH
    if item.answers is not None:
        gain = worth.get(item.answers, 0.0)
        return Ranked(name, "value of information", gain, months, gain / months)
    chance = 1.0 if item.chance is None else mean_of(item.chance.range)
    gain = chance * (mean_of(item.brings.range) if item.brings else 0.0)
    return Ranked(name, "cost of delay", gain, months, gain / months)
