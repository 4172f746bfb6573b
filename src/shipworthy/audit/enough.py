"""Whether there are labels enough: the law of a learning curve, and what more labels would buy."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

from shipworthy.evidence import Finding, LearningCurve, Outlook
from shipworthy.evidence.audit import Colour
from shipworthy.stats import powerlaw
from shipworthy.stats.floats import Floats
from shipworthy.stats.powerlaw import FARTHEST, PowerLaw

Answer = Literal["reached", "reachable", "unclear", "out_of_reach"]

COLOURS: dict[Answer, Colour] = {
    "reached": "green",
    "reachable": "amber",
    "unclear": "amber",
    "out_of_reach": "red",
}


@dataclass(frozen=True)
class Asked:
    """A claim as its curve is held against it: who learned, the claim as written, its metric and target, and whether more is better.

    `share` says that the metric lies from 0 to 1.
    """

    candidate: str
    requirement: str
    metric: str
    target: float
    at_least: bool
    share: bool


def learning_curve(asked: Asked, sizes: tuple[int, ...], values: Floats, rows: int) -> LearningCurve:
    """What the values at growing sizes say of more labels.

    Args:
        asked: the claim.
        sizes: of the subsets (K,).
        values: of each repeat at each size (R, K).
        rows: the labelled rows that the candidate is trained on now.
    """
    law = powerlaw.fit(sizes, values)
    now, twice, fourfold, endless = (_outlook(law, each * rows, asked) for each in (1, 2, 4, math.inf))
    found = powerlaw.rows_to_reach(law, asked.target, rising=asked.at_least)
    needed = Outlook(
        *(each if math.isfinite(each) else None for each in (found.value, found.low, found.high))
    )
    return LearningCurve(
        asked.candidate,
        asked.requirement,
        asked.metric,
        asked.target,
        rows,
        sizes,
        tuple(float(each) for each in values.mean(axis=0)),
        len(values),
        now,
        twice,
        fourfold,
        endless,
        needed,
        _answer(asked, rows, endless, needed),
    )


def _outlook(law: PowerLaw, rows: float, asked: Asked) -> Outlook:
    """The value with that many rows; a share stays between 0 and 1."""
    low, high = powerlaw.value_interval(law, rows)
    value = law.asymptote if math.isinf(rows) else powerlaw.value_at(law, rows)
    ends = (value, float(low), float(high))
    return Outlook(*(min(1.0, max(0.0, each)) if asked.share else each for each in ends))


def _answer(asked: Asked, rows: int, endless: Outlook, needed: Outlook) -> Answer:
    """Out of reach: neither endless labels nor a thousand times those tried would do, as far as the interval goes."""
    best = endless.high if asked.at_least else endless.low
    if best is not None and (best < asked.target if asked.at_least else best > asked.target):
        return "out_of_reach"
    if needed.low is None:
        return "out_of_reach"
    if needed.high is not None and needed.high <= rows:
        return "reached"
    return "reachable" if needed.high is not None else "unclear"


def enough(curve: LearningCurve, price: float | None = None, currency: str = "USD") -> Finding:
    """The curve as a line of the readiness card.

    Args:
        curve: of one candidate and claim.
        price: of one label, where it is known.
        currency: of the price.
    """
    return Finding(
        "enough",
        f"{curve.candidate}: {curve.requirement}",
        COLOURS[curve.answer],
        f"{_told(curve)}; {_bought(curve)}",
        cost=_cost(curve, price, currency),
        next_step=_step(curve),
    )


def _told(curve: LearningCurve) -> str:
    """Whether more labels help, in a sentence."""
    needed, goal = curve.needed, f"{curve.metric} to {curve.target:g}"
    if curve.answer == "reached":
        return f"{curve.rows:,} training labels are enough to bring {goal}"
    if curve.answer == "out_of_reach" or needed.low is None:
        return f"more labels will not help: no number of them, not even {FARTHEST:,.0f} times as many, is likely to bring {goal}"
    if curve.answer == "reachable" and needed.high is not None:
        likely = f"about {needed.value:,.0f}" if needed.value is not None else "some number of"
        return f"{likely} training labels ({needed.low:,.0f} to {needed.high:,.0f}) would bring {goal}; there are {curve.rows:,}"
    if needed.low <= curve.rows:
        return f"the {curve.rows:,} training labels may bring {goal} already, or never: the curve cannot tell yet"
    return f"at least {needed.low:,.0f} training labels would be needed to bring {goal}, and perhaps no number is enough; there are {curve.rows:,}"


def _bought(curve: LearningCurve) -> str:
    """What more labels would bring."""
    return f"{_range(curve.now)} now, {_range(curve.twice)} with twice as many, {_range(curve.fourfold)} with four times"


def _range(look: Outlook) -> str:
    ends = (look.value, look.low, look.high)
    value, low, high = ("?" if each is None else f"{each:.3g}" for each in ends)
    return f"{value} ({low} to {high})"


def _cost(curve: LearningCurve, price: float | None, currency: str) -> str:
    """The price of the labels that are missing, where both are known."""
    if price is None or curve.answer != "reachable" or curve.needed.value is None:
        return ""
    more = max(0, round(curve.needed.value - curve.rows))
    return f"{more * price:,.2f} {currency} for {more:,} labels"


def _step(curve: LearningCurve) -> str:
    return {
        "reached": "",
        "reachable": "Label that many more rows, or compare what they cost with another candidate.",
        "unclear": "Label twice as many rows and look again; try other features or another algorithm beside it.",
        "out_of_reach": "Do not buy labels for this: change the features, the algorithm or the claim.",
    }[curve.answer]
