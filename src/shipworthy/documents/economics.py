"""What building and buying cost and bring, as a manager reads it: each number bound to the record."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from shipworthy.documents.charts.tornado import tornado
from shipworthy.documents.figure import Figure, Scale, Sentence, counted, figure, sentence
from shipworthy.documents.wording import supported_decimals

if TYPE_CHECKING:
    from shipworthy.documents.charts.drawing import Chart
    from shipworthy.evidence import Assumed, Bill, BreakEven, Economics, Mover, Outlay, PriceFlip, Quantiles

MOST_MOVERS = 3
_PATH = "/economics/bill"
_PERCENT = Scale(100.0, 0.0, "%")
_HOW = {"buy": "bought", "build": "built", "fine_tune": "a bought model, tuned"}


@dataclass(frozen=True)
class OptionRow:
    """One option: what it costs and leaves over the horizon, and how likely it is the cheapest and the best."""

    name: str
    how: str
    cost: Sentence
    cheapest: Sentence
    net: Sentence
    best: Sentence


@dataclass(frozen=True)
class InputRow:
    """One input as it was used, and where it comes from."""

    name: str
    range: Sentence
    unit: str
    source: str
    known: str


@dataclass(frozen=True)
class Money:
    """The section of the memo on building and buying."""

    lead: Sentence
    rows: tuple[OptionRow, ...]
    by_net: bool
    sentences: tuple[Sentence, ...]
    inputs: tuple[InputRow, ...]
    notes: tuple[str, ...]
    chart: Chart | None


def money(economics: Economics | None) -> Money | None:
    """What the record says of building and buying; None where it says nothing."""
    bill = economics.bill if economics else None
    if bill is None:
        return None
    return Money(
        _lead(bill),
        tuple(_row(bill, each, f"{_PATH}/outlays/{at}") for at, each in enumerate(bill.outlays)),
        bill.by == "net",
        (*_turns(bill), *_moved(bill), *_rest(bill)),
        tuple(_input(each, f"{_PATH}/inputs/{at}") for at, each in enumerate(bill.inputs)),
        bill.notes,
        tornado(bill),
    )


def _lead(bill: Bill) -> Sentence:
    at = next(at for at, each in enumerate(bill.outlays) if each.option == bill.leader)
    found, path = bill.outlays[at], f"{_PATH}/outlays/{at}"
    months = counted(bill.months, f"{_PATH}/months")
    does = "leaves most" if bill.by == "net" else "costs least"
    chance = found.best if bill.by == "net" else found.cheapest
    key = "best" if bill.by == "net" else "cheapest"
    ahead = _spread(bill.ahead, f"{_PATH}/ahead", Scale(unit=bill.currency))
    return sentence(
        "Over ", months, f" months {bill.leader} {does}, with a chance of ", _share(chance or 0.0, f"{path}/{key}"),
        f". It is ahead of {bill.second} by ", ahead, ".",
    )  # fmt: skip


def _row(bill: Bill, each: Outlay, path: str) -> OptionRow:
    scale = Scale(unit=bill.currency)
    return OptionRow(
        each.option,
        _HOW[each.how],
        _spread(each.cost, f"{path}/cost", scale),
        (_share(each.cheapest, f"{path}/cheapest"),),
        _spread(each.net, f"{path}/net", scale) if each.net else ("–",),
        (_share(each.best, f"{path}/best"),) if each.best is not None else ("–",),
    )


def _turns(bill: Bill) -> list[Sentence]:
    """Where the answer turns: in time, volume and price."""
    found = [
        told
        for at, each in enumerate(bill.break_evens)
        for told in _break_even(each, f"{_PATH}/break_evens/{at}", bill.months)
    ]
    return [*found, *(_flip(each, f"{_PATH}/price_flips/{at}") for at, each in enumerate(bill.price_flips))]


def _break_even(each: BreakEven, path: str, horizon: int) -> list[Sentence]:
    start = f"{each.option} costs more once than {each.against}"
    if each.within == 0:
        told: Sentence = (f"{start}, and has not paid for itself within the horizon.",)
    else:
        within = _share(each.within, f"{path}/within")
        told = sentence(f"{start}, and has paid for itself within the horizon with a chance of ", within)
        if each.months is not None and each.months <= horizon:
            months = figure(each.months, f"{path}/months", Scale(), 1)
            told = sentence(
                told, ": after ", months, " months at the likely numbers, if volume and prices stay"
            )
        told = sentence(told, ".")
    if each.volume.middle is None:
        return [told]
    volume = _spread(each.volume, f"{path}/volume", Scale())
    return [
        told,
        sentence("At a volume of ", volume, f" decisions a month {each.option} and {each.against} are even."),
    ]


def _flip(each: PriceFlip, path: str) -> Sentence:
    if each.factor.middle is None:
        return (f"At no price of its decisions are {each.option} and {each.against} even.",)
    factor = _spread(each.factor, f"{path}/factor", Scale())
    return sentence(
        "At ", factor, f" times its present price per decision {each.option} and {each.against} are even."
    )


def _moved(bill: Bill) -> list[Sentence]:
    """The inputs that move the answer most."""
    scale = Scale(unit=bill.currency)
    return [
        _mover(bill, each, f"{_PATH}/movers/{at}", scale) for at, each in enumerate(bill.movers[:MOST_MOVERS])
    ]


def _mover(bill: Bill, each: Mover, path: str, scale: Scale) -> Sentence:
    low = figure(each.at_low, f"{path}/at_low", scale, _decimals(each.at_low, None, None))
    high = figure(each.at_high, f"{path}/at_high", scale, _decimals(each.at_high, None, None))
    told = sentence(
        f"Between its 5 % and its 95 % point {each.input} moves the lead of {bill.leader} from ",
        low,
        " to ",
        high,
    )
    told = sentence(told, ": the answer turns" if each.flips else "")
    if each.worth > 0:
        worth = figure(each.worth, f"{path}/worth", scale, _decimals(each.worth, None, None))
        told = sentence(told, "; to know it for certain is worth at most ", worth)
    return sentence(told, ".")


def _rest(bill: Bill) -> list[Sentence]:
    found: list[Sentence] = []
    scale = Scale(unit=bill.currency)
    if bill.cascade:
        share = _spread(bill.cascade.share, f"{_PATH}/cascade/share", _PERCENT)
        budget = figure(bill.cascade.budget, f"{_PATH}/cascade/budget", scale, _exact(bill.cascade.budget))
        found.append(
            sentence(f"{bill.cascade.cheap} may pass on ", share, f" of decisions to {bill.cascade.dear} within ", budget, " a decision.")
        )  # fmt: skip
    if bill.nothing and bill.beats_nothing is not None:
        left = _spread(bill.nothing, f"{_PATH}/nothing", scale)
        chance = _share(bill.beats_nothing, f"{_PATH}/beats_nothing")
        told = sentence(
            "To do nothing, as the baseline does, leaves ",
            left,
            f"; {bill.leader} leaves more with a chance of ",
            chance,
        )
        found.append(sentence(told, "."))
    if bill.perfect:
        gain = figure(
            bill.perfect.horizon,
            f"{_PATH}/perfect/horizon",
            scale,
            _decimals(bill.perfect.horizon, None, None),
        )
        found.append(
            sentence("A predictor that never errs would gain ", gain, " over the horizon, before costs.")
        )
    return found


def _input(each: Assumed, path: str) -> InputRow:
    share = each.unit in ("", "/ year")
    scale = _PERCENT if share else Scale()
    ends = [("low", each.low), ("likely", each.likely), ("high", each.high)]
    if each.low == each.high:
        ends = ends[:1]
    measured = _decimals(each.likely, each.low, each.high) if each.shape == "normal" else None
    shown = [
        figure(value, f"{path}/{key}", scale, _exact(scale.shown(value)) if measured is None else measured)
        for key, value in ends
        if value is not None
    ]
    words: list[str | Figure] = []
    for each_figure in shown:
        words += [" / " if len(shown) == 3 else " to ", each_figure] if words else [each_figure]
    return InputRow(each.name, tuple(words), each.unit, each.source or "–", each.known)


def _share(value: float, path: str) -> Figure:
    return figure(value, path, _PERCENT, 0)


def _spread(found: Quantiles, path: str, scale: Scale) -> Sentence:
    """A simulated number as `middle (low to high)`, its 5 % and 95 % points; what is beyond all is "never"."""
    decimals = _decimals(
        *(None if each is None else scale.shown(each) for each in (found.middle, found.low, found.high))
    )

    def shown(key: str, value: float | None) -> Sentence:
        return ("no end",) if value is None else (figure(value, f"{path}/{key}", scale, decimals),)

    if found.low == found.high:
        return shown("middle", found.middle)
    return sentence(
        shown("middle", found.middle), " (", shown("low", found.low), " to ", shown("high", found.high), ")"
    )


def _exact(value: float) -> int:
    """The decimals of a number that a person wrote."""
    return max(-int(Decimal(f"{value:.6g}").normalize().as_tuple().exponent), 0)


def _decimals(value: float | None, low: float | None, high: float | None) -> int:
    """Two digits of the spread, or three of a single number; money by the cent at most, unless it is less than that."""
    found = supported_decimals(value or 0.0, low, high)
    return min(found, 2) if abs(value or 0.0) >= 0.1 else found
