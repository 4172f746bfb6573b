"""The page of a framing: the answer, every rule, what it rests on, and what would flip it."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from shipworthy.documents.figure import Scale, Sentence, figure, plain_text, sentence
from shipworthy.documents.wording import is_currency, listed, rounded, supported_decimals
from shipworthy.errors import InputError
from shipworthy.frame import SORTS

if TYPE_CHECKING:
    from shipworthy.documents.wording import Towards
    from shipworthy.evidence import FrameInput, FrameRule, Framing, Record
    from shipworthy.evidence.framing import Level, Route
    from shipworthy.spec.model import Product

ANSWERS: dict[Route, str] = {
    "stop": "Stop",
    "dont": "Do not automate it",
    "rule": "A rule",
    "define_first": "Define it first",
    "collect_first": "Collect data first",
    "predictive": "A predictive model",
    "generative": "A generative model",
    "cascade": "A cascade: a cheap model, and a dear one for what it is unsure of",
    "augment": "A person decides, with help",
    "buy": "Buy it",
    "build": "Build it",
    "people": "Leave it to people",
    "open": "Cannot say yet",
}
LEVELS: dict[Level, str] = {
    "none": "nothing acts",
    "suggest": "it suggests, a person acts",
    "act_with_undo": "it acts, and what it does can be undone",
    "act": "it acts",
}
STANDING = {True: "fires", False: "does not fire", None: "cannot say"}


@dataclass(frozen=True)
class Page:
    """The page as Markdown and as a self-contained HTML page."""

    markdown: str
    html: str


def framing_page(product: Product, record: Record) -> Page:
    """The page of a framing.

    Raises:
        InputError: the record holds no framing.
    """
    from shipworthy.documents.rendering import html_page, markdown_page

    found = record.framing
    if found is None:
        message = f"the record {record.id} holds no framing, so there is nothing to make a page of"
        raise InputError("card.no_framing", message, remedy="Run shipworthy frame first.")
    values = _values(product, record, found)
    html = html_page("frame.html.j2", values, record.id)
    return Page(markdown_page("frame.md.j2", values, record.id), html)


def _values(product: Product, record: Record, found: Framing) -> dict[str, Any]:
    """Everything that both templates show."""
    return {
        "product": product,
        "record": record,
        "framing": found,
        "date": record.time[:10],
        "headline": headline(found),
        "level": LEVELS[found.level],
        "rules": [(each, STANDING[each.fired]) for each in found.rules],
        "inputs": [(each, shown) for each, shown in shown_inputs(found) if each.known != "unknown"],
        "flips": [(each, shown_flip(found, at)) for at, each in enumerate(found.flips) if each.becomes],
        "steady": listed([each.input for each in found.flips if not each.becomes]),
        "answers": ANSWERS,
    }


def headline(found: Framing) -> str:
    """The answer in a few words."""
    if found.answer == "generative" and found.drafts:
        return "A generative model, for drafts only"
    return ANSWERS[found.answer]


def shown_inputs(found: Framing) -> tuple[tuple[FrameInput, Sentence], ...]:
    """Every input with its value as people read it, unknown ones included."""
    return tuple((each, _value(found, each, at)) for at, each in enumerate(found.inputs))


def _value(found: Framing, each: FrameInput, at: int) -> Sentence:
    if each.value is None:
        return ("not known",)
    if isinstance(each.value, str):
        return (each.value,)
    low, high = each.low, each.high
    scale, behind = scale_of(each.unit, found.currency)
    path = f"/framing/inputs/{at}"
    if low is None or high is None or low == high:
        return sentence(figure(each.value, f"{path}/value", scale, _digits(scale.shown(each.value))), behind)
    shown = [scale.shown(end) for end in (each.value, low, high)]
    decimals = max(supported_decimals(shown[0], *shown[1:]), 2 - _magnitude(max(map(abs, shown))))
    bare = scale if is_currency(scale.unit) else replace(scale, unit="")
    if each.known != "evidence":
        least = figure(low, f"{path}/low", bare, _digits(shown[1]))
        return sentence(least, " to ", figure(high, f"{path}/high", scale, _digits(shown[2])), behind)
    value = figure(each.value, f"{path}/value", scale, decimals)
    least = figure(low, f"{path}/low", bare, decimals, "down")
    greatest = figure(high, f"{path}/high", bare, decimals, "up")
    return sentence(value, behind, " (", least, " to ", greatest, ")")


def _digits(value: float) -> int:
    """As many decimals as the number has, at most three digits of it where it is no whole one."""
    most = max(2 - _magnitude(value), 0)
    return next((places for places in range(most) if round(value, places) == round(value, 12)), most)


def _magnitude(value: float) -> int:
    return math.floor(math.log10(abs(value))) if value else 2


def scale_of(unit: str, currency: str) -> tuple[Scale, str]:
    """How numbers of a unit are shown, and what stands behind them."""
    if unit == "share":
        return Scale(100.0, 0.0, "%"), ""
    if unit.startswith("money"):
        return Scale(1.0, 0.0, currency), unit.removeprefix("money")
    if unit in ("", "kappa"):
        return Scale(), ""
    return Scale(), f" {unit}"


def shown_flip(found: Framing, at: int) -> Sentence:
    """The value of an input beyond which the answer is another one, rounded so that it still is; of a range, its middle."""
    flip = found.flips[at]
    now = found.given(flip.input)
    if isinstance(flip.to, str) or flip.to is None or not isinstance(now.value, float | int):
        return (str(flip.to),)
    scale, behind = scale_of(now.unit, found.currency)
    middle = "a middle " if now.low != now.high and now.known != "evidence" else ""
    if flip.to in (SORTS[flip.input].low, SORTS[flip.input].high):
        return sentence(middle, figure(flip.to, f"/framing/flips/{at}/to", scale, 0), behind)
    to, change = scale.shown(flip.to), scale.shown(flip.to) - scale.shown(now.value)
    most = max(2 - _magnitude(to), 1 - _magnitude(change))
    towards: Towards = "up" if change > 0 else "down"
    exact = -int(rounded(to, most, towards).normalize().as_tuple().exponent)
    places = min(most, max(exact, 0))
    beyond = "above " if change > 0 else "below "
    return sentence(
        middle, beyond, figure(flip.to, f"/framing/flips/{at}/to", scale, places, towards), behind
    )


def told_flip(found: Framing, at: int) -> str:
    """One flip in a line of text: from what, to what, and the answer then."""
    flip = found.flips[at]
    now = next(shown for each, shown in shown_inputs(found) if each.name == flip.input)
    becomes = ANSWERS[flip.becomes] if flip.becomes else ""
    by = f" ({flip.rule})" if flip.rule else ""
    return f"{plain_text(now)} → {plain_text(shown_flip(found, at))}: {becomes[:1].lower()}{becomes[1:]}{by}"


def rule_line(each: FrameRule) -> str:
    """A rule's standing and its reason, as one text."""
    return f"{STANDING[each.fired]}: {each.why}"
