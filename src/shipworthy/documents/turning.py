"""Where the answer between building and buying turns: in time, in volume, in price, and which inputs move it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from shipworthy.documents.figure import Scale, Sentence, figure, sentence
from shipworthy.documents.simulated import decimals, spread, whole_percent
from shipworthy.spec.quantity import SECONDS

if TYPE_CHECKING:
    from shipworthy.evidence import Bill, BreakEven, Mover, PriceFlip

MOST_MOVERS = 3
PATH = "/economics/bill"
_DAYS_A_MONTH = float(SECONDS["month"] / SECONDS["day"])


def turns(bill: Bill, decided: str) -> list[Sentence]:
    """Where the answer turns: in time, volume and price.

    Args:
        bill: of all options.
        decided: the day of the decision, as an ISO date.
    """
    found = [
        told
        for at, each in enumerate(bill.break_evens)
        for told in _break_even(each, f"{PATH}/break_evens/{at}", bill.months, decided)
    ]
    return [*found, *(_flip(each, f"{PATH}/price_flips/{at}") for at, each in enumerate(bill.price_flips))]


def _break_even(each: BreakEven, path: str, horizon: int, decided: str) -> list[Sentence]:
    start = f"{each.option} costs more once than {each.against}"
    if each.within == 0:
        told: Sentence = (f"{start}, and has not paid for itself within the horizon.",)
    else:
        within = whole_percent(each.within, f"{path}/within")
        told = sentence(f"{start}, and has paid for itself within the horizon with a chance of ", within)
        if each.months is not None and each.months <= horizon:
            months = figure(each.months, f"{path}/months", Scale(), 1)
            told = sentence(
                told,
                ": after ",
                months,
                f" months at the likely numbers, if volume and prices stay; in {_month(decided, each.months)}, if it serves from today",
            )
        told = sentence(told, ".")
    if each.volume.middle is None:
        return [told]
    volume = spread(each.volume, f"{path}/volume", Scale())
    return [
        told,
        sentence("At a volume of ", volume, f" decisions a month {each.option} and {each.against} are even."),
    ]


def _flip(each: PriceFlip, path: str) -> Sentence:
    if each.factor.middle is None:
        return (f"At no price of its decisions are {each.option} and {each.against} even.",)
    factor = spread(each.factor, f"{path}/factor", Scale())
    return sentence(
        "At ", factor, f" times its present price per decision {each.option} and {each.against} are even."
    )


def moved(bill: Bill) -> list[Sentence]:
    """The inputs that move the answer most."""
    scale = Scale(unit=bill.currency)
    return [
        _mover(bill, each, f"{PATH}/movers/{at}", scale) for at, each in enumerate(bill.movers[:MOST_MOVERS])
    ]


def _mover(bill: Bill, each: Mover, path: str, scale: Scale) -> Sentence:
    low = figure(each.at_low, f"{path}/at_low", scale, decimals(each.at_low, None, None))
    high = figure(each.at_high, f"{path}/at_high", scale, decimals(each.at_high, None, None))
    told = sentence(
        f"Between its 5 % and its 95 % point {each.input} moves the lead of {bill.leader} from ",
        low,
        " to ",
        high,
    )
    told = sentence(told, ": the answer turns" if each.flips else "")
    if each.worth > 0:
        worth = figure(each.worth, f"{path}/worth", scale, decimals(each.worth, None, None))
        told = sentence(told, "; to know it for certain is worth at most ", worth)
    return sentence(told, ".")


def _month(decided: str, months: float) -> str:
    """The month that so many months after a day lie in."""
    return f"{date.fromisoformat(decided) + timedelta(days=months * _DAYS_A_MONTH):%B %Y}"
