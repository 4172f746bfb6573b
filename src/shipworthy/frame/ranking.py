"""Several opportunities in one list: by what they are worth beyond their cost, and whether the order stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from shipworthy.evidence.framing import FrameInput, Framing, Route
from shipworthy.frame.answer import answer
from shipworthy.frame.inputs import Inputs
from shipworthy.frame.sensitivity import moved
from shipworthy.frame.worth import cost, worth

DECIDING = (
    "volume", "base_rate", "true_positive", "true_negative", "false_negative", "value_perfect", "value_today", "build_cost", "run_cost",
)  # fmt: skip
"""The inputs that the order rests on."""

REFUSED: tuple[Route, ...] = ("stop", "dont")


@dataclass(frozen=True)
class Opportunity:
    """One opportunity: money over the months of the convention (None where an input is missing), and how much of it is evidence.

    `left` is worth without cost, at the middle of their ranges; None where one of them is not known.
    """

    name: str
    answer: Route
    worth: float | None
    cost: float | None
    left: float | None
    measured: int
    stated: int
    questions: tuple[str, ...]


@dataclass(frozen=True)
class Change:
    """What becomes of the order when one input of one opportunity is another one: `share` is +0.3 or -0.3."""

    name: str
    input: str
    share: float
    order: tuple[str, ...]


@dataclass(frozen=True)
class Portfolio:
    """Opportunities, the best first, and every change of one input that puts them into another order.

    `given` has their names in the order in which they were given; money is in `currency`.
    """

    given: tuple[str, ...]
    opportunities: tuple[Opportunity, ...]
    changes: tuple[Change, ...]
    share: float
    currency: str


def portfolio(framed: Sequence[tuple[str, Inputs, Framing]], share: float = 0.3) -> Portfolio:
    """The opportunities in order: what may go on first, then by what is left of their worth, by evidence, by cost.

    Args:
        framed: each with its name, its inputs and its framing.
        share: how far each number is moved to see whether the order stands.
    """
    found = [_opportunity(name, given, whole) for name, given, whole in framed]
    order = tuple(each.name for each in ranked(found))
    changes = tuple(each for each in _changes(framed, found, share) if each.order != order)
    given = tuple(name for name, _, _ in framed)
    return Portfolio(given, tuple(ranked(found)), changes, share, framed[0][1].currency)


def ranked(found: Sequence[Opportunity]) -> list[Opportunity]:
    """What is not refused first, then what is left, then evidence, then what costs less."""
    return sorted(
        found,
        key=lambda each: (
            each.answer in REFUSED,
            each.left is None,
            -(each.left or 0.0),
            -each.measured,
            each.cost or 0.0,
        ),
    )


def _opportunity(name: str, given: Inputs, whole: Framing) -> Opportunity:
    gain, price = _middle(whole.worth), _middle(whole.cost)
    left = None if gain is None or price is None else gain - price
    return Opportunity(
        name, whole.answer, gain, price, left, whole.measured, whole.stated, _questions(given, whole)
    )


def _questions(given: Inputs, whole: Framing) -> tuple[str, ...]:
    missing = worth(given).missing | cost(given).missing
    return tuple(dict.fromkeys((*sorted(missing), *whole.questions)))


def _middle(ends: tuple[float, float] | None) -> float | None:
    return None if ends is None else sum(ends) / 2


def _changes(
    framed: Sequence[tuple[str, Inputs, Framing]], found: Sequence[Opportunity], share: float
) -> Iterator[Change]:
    """Every opportunity with each of its numbers moved, and the order that follows."""
    for at, (name, given, _) in enumerate(framed):
        for each in (given.of(key) for key in DECIDING):
            if not each.value:
                continue
            for sign in (share, -share):
                other = [*found]
                other[at] = _again(found[at], given.having(scaled(each, sign)))
                yield Change(name, each.name, sign, tuple(one.name for one in ranked(other)))


def scaled(each: FrameInput, share: float) -> FrameInput:
    """The input moved by a share of itself, as far as it can be."""
    return moved(each, share * float(each.value or 0))


def _again(before: Opportunity, given: Inputs) -> Opportunity:
    """The same opportunity with other inputs."""
    gain, price = worth(given), cost(given)
    left = None
    if not gain.missing | price.missing:
        left = (gain.low + gain.high - price.low - price.high) / 2
    return Opportunity(
        before.name,
        answer(given).route,
        None if gain.missing else (gain.low + gain.high) / 2,
        None if price.missing else (price.low + price.high) / 2,
        left,
        before.measured,
        before.stated,
        before.questions,
    )
