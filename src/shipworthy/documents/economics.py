"""What building and buying cost and bring, as a manager reads it: each number bound to the record."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from shipworthy.documents.charts.tornado import tornado
from shipworthy.documents.figure import Figure, Scale, Sentence, counted, figure, sentence
from shipworthy.documents.simulated import PERCENT, decimals, exact, spread, whole_percent
from shipworthy.documents.turning import PATH, moved, turns

if TYPE_CHECKING:
    from shipworthy.documents.charts.drawing import Chart
    from shipworthy.evidence import Assumed, Bill, Economics, Outlay

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


def money(economics: Economics | None, decided: str) -> Money | None:
    """What the record says of building and buying; None where it says nothing. `decided` is the day of the decision."""
    bill = economics.bill if economics else None
    if bill is None:
        return None
    return Money(
        _lead(bill),
        tuple(_row(bill, each, f"{PATH}/outlays/{at}") for at, each in enumerate(bill.outlays)),
        bill.by == "net",
        (*turns(bill, decided), *moved(bill), *_rest(bill)),
        tuple(_input(each, f"{PATH}/inputs/{at}") for at, each in enumerate(bill.inputs)),
        bill.notes,
        tornado(bill),
    )


def _lead(bill: Bill) -> Sentence:
    at = next(at for at, each in enumerate(bill.outlays) if each.option == bill.leader)
    found, path = bill.outlays[at], f"{PATH}/outlays/{at}"
    months = counted(bill.months, f"{PATH}/months")
    does = "leaves most" if bill.by == "net" else "costs least"
    chance = found.best if bill.by == "net" else found.cheapest
    key = "best" if bill.by == "net" else "cheapest"
    ahead = spread(bill.ahead, f"{PATH}/ahead", Scale(unit=bill.currency))
    return sentence(
        "Over ", months, f" months {bill.leader} {does}, with a chance of ", whole_percent(chance or 0.0, f"{path}/{key}"),
        f". It is ahead of {bill.second} by ", ahead, ".",
    )  # fmt: skip


def _row(bill: Bill, each: Outlay, path: str) -> OptionRow:
    scale = Scale(unit=bill.currency)
    return OptionRow(
        each.option,
        _HOW[each.how],
        spread(each.cost, f"{path}/cost", scale),
        (whole_percent(each.cheapest, f"{path}/cheapest"),),
        spread(each.net, f"{path}/net", scale) if each.net else ("–",),
        (whole_percent(each.best, f"{path}/best"),) if each.best is not None else ("–",),
    )


def _rest(bill: Bill) -> list[Sentence]:
    found: list[Sentence] = []
    scale = Scale(unit=bill.currency)
    if bill.cascade:
        share = spread(bill.cascade.share, f"{PATH}/cascade/share", PERCENT)
        budget = figure(bill.cascade.budget, f"{PATH}/cascade/budget", scale, exact(bill.cascade.budget))
        found.append(
            sentence(f"{bill.cascade.cheap} may pass on ", share, f" of decisions to {bill.cascade.dear} within ", budget, " a decision.")
        )  # fmt: skip
    if bill.nothing and bill.beats_nothing is not None:
        left = spread(bill.nothing, f"{PATH}/nothing", scale)
        chance = whole_percent(bill.beats_nothing, f"{PATH}/beats_nothing")
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
            f"{PATH}/perfect/horizon",
            scale,
            decimals(bill.perfect.horizon, None, None),
        )
        found.append(
            sentence("A predictor that never errs would gain ", gain, " over the horizon, before costs.")
        )
    return found


def _input(each: Assumed, path: str) -> InputRow:
    share = each.unit in ("", "/ year")
    scale = PERCENT if share else Scale()
    ends = [("low", each.low), ("likely", each.likely), ("high", each.high)]
    if each.low == each.high:
        ends = ends[:1]
    measured = decimals(each.likely, each.low, each.high) if each.shape == "normal" else None
    shown = [
        figure(value, f"{path}/{key}", scale, exact(scale.shown(value)) if measured is None else measured)
        for key, value in ends
        if value is not None
    ]
    words: list[str | Figure] = []
    for each_figure in shown:
        words += [" / " if len(shown) == 3 else " to ", each_figure] if words else [each_figure]
    return InputRow(each.name, tuple(words), each.unit, each.source or "–", each.known)
