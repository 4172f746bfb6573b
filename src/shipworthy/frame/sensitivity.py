"""For each input the smallest change that flips the answer: bisection for numbers, the other values for words."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace

from shipworthy.evidence.framing import Flip, FrameInput
from shipworthy.frame.answer import Answer, answer
from shipworthy.frame.inputs import SORTS, Inputs

STEPS = tuple(10 ** (exponent / 8) for exponent in range(-24, 49))
"""How far a number is moved, in parts of itself: from a thousandth of it to a million times it, a third further each time.

An answer that changes and changes back between two steps is not seen.
"""

HALVINGS = 48


def flips(given: Inputs) -> tuple[Flip, ...]:
    """One for each input that is known, in the order of the catalogue. What is not known flips nothing that is decided."""
    now = answer(given)
    return tuple(_flip(given, each, now) for each in given.all if each.value is not None)


def _flip(given: Inputs, each: FrameInput, now: Answer) -> Flip:
    numeric = not isinstance(each.value, str)
    changed = _moved(given, each, now) if numeric else _replaced(given, each, now)
    if changed is None:
        return Flip(each.name, None, None, None)
    then = answer(given.having(changed))
    return Flip(each.name, changed.value, then.route, then.rule.id if then.rule else None)


def _replaced(given: Inputs, each: FrameInput, now: Answer) -> FrameInput | None:
    """The nearest other word with which the answer is another one."""
    words = SORTS[each.name].words
    at = words.index(str(each.value))
    others = sorted(
        (word for word in words if word != each.value), key=lambda word: abs(words.index(word) - at)
    )
    tried = (replace(each, value=word) for word in others)
    return next((changed for changed in tried if _differs(given, changed, now)), None)


def _moved(given: Inputs, each: FrameInput, now: Answer) -> FrameInput | None:
    """The number moved, up or down, as little as flips the answer; both of its ends move along."""
    found = [way for way in (_one_way(given, each, now, sign) for sign in (1.0, -1.0)) if way is not None]
    if not found:
        return None
    return moved(each, min(found, key=abs))


def _one_way(given: Inputs, each: FrameInput, now: Answer, sign: float) -> float | None:
    """The least change in one direction after which the answer is another one; None where there is none."""
    if now.route != "open" and answer(given.having(_anywhere(each, sign))).route == now.route:
        return None
    before = 0.0
    for step in _steps(each, sign):
        if _differs(given, moved(each, step), now):
            return _bisected(given, each, now, before, step)
        before = step
    return None


def _anywhere(each: FrameInput, sign: float) -> FrameInput:
    """The input as a range over all values in one direction: what is decided for the range is decided for each of them."""
    far = moved(each, sign * (abs(float(each.value or 0)) or 1.0) * STEPS[-1])
    lows, highs = zip(*((one.low or 0.0, one.high or 0.0) for one in (each, far)), strict=True)
    return replace(each, low=min(lows), high=max(highs))


def _steps(each: FrameInput, sign: float) -> Iterator[float]:
    """Changes that grow, up to the end of what the input can be."""
    size = abs(float(each.value or 0)) or 1.0
    end = _end(each, sign)
    for step in STEPS:
        if size * step >= end:
            break
        yield sign * size * step
    if math.isfinite(end) and end > 0:
        yield sign * end


def _end(each: FrameInput, sign: float) -> float:
    """How far the input can be moved in a direction before it is at the end of what it can be."""
    sort, value = SORTS[each.name], float(each.value or 0)
    return sort.high - value if sign > 0 else value - sort.low


def _bisected(given: Inputs, each: FrameInput, now: Answer, same: float, other: float) -> float:
    """The change nearest to `same` that still flips the answer."""
    for _ in range(HALVINGS):
        middle = (same + other) / 2
        if _differs(given, moved(each, middle), now):
            other = middle
        else:
            same = middle
    return other


def moved(each: FrameInput, change: float) -> FrameInput:
    """The input with its number and both ends moved alike, as far as the input can be."""
    sort = SORTS[each.name]

    def at(end: float | str | None) -> float:
        return min(max(float(end or 0) + change, sort.low), sort.high)

    ends = (each.value if end is None else end for end in (each.low, each.high))
    low, high = (at(end) for end in ends)
    return replace(each, value=at(each.value), low=low, high=high)


def _differs(given: Inputs, changed: FrameInput, now: Answer) -> bool:
    return answer(given.having(changed)).route != now.route
