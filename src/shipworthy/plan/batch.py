"""One batch of rows for all that is open: a labelled row serves every claim, so needs are not added up."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from math import ceil
from typing import Literal

from shipworthy.evidence import Batch, Effort, Need, Open, Span
from shipworthy.plan.effort import ROUNDING, Prices
from shipworthy.plan.rows import picked_by_answer

Chance = Literal["even", "likely"]
Verb = Literal["evaluate", "decide"]
End = Literal["value", "low", "high"]
ENDS: tuple[End, ...] = ("value", "low", "high")


def together(needs: Iterable[Need], chance: Chance, prices: Prices) -> Effort | None:
    """The effort that meets every need at once; None where no number of rows meets any.

    As many rows are collected as the greatest need asks for. Rows labelled at random serve all claims on all slices, so
    the greatest need counts of them too; rows that a slice or a candidate's answer picks out are labelled beyond
    those only where a random batch holds too few, and never more than were collected.
    """
    wanted = [each for need in needs if (each := _pick(need, chance)) is not None]
    if not wanted:
        return None
    counted = max(effort.counted for _, effort in wanted)
    collect = _span(lambda end: _most(getattr(effort.collect, end) for _, effort in wanted))
    labelled = [(target, effort) for target, effort in wanted if effort.label is not None]
    label = _span(lambda end: _labels(labelled, end)) if labelled else None
    return prices.of(counted, collect, label)


def batch(candidate: str, verb: Verb, level: float, claims: Sequence[Open], prices: Prices) -> Batch | None:
    """The batch that settles every claim of a candidate that rows can settle; None where there is none."""
    needs = [need for claim in claims for need in claim.needs]
    even, likely = (together(needs, chance, prices) for chance in ("even", "likely"))
    if even is None or likely is None:
        return None
    settled = [claim for claim in claims if claim.even is not None]
    left = [
        claim.requirement
        for claim in claims
        if claim.verdict == "missed" or (claim.verdict == "undecided" and not _settled(claim))
    ]
    return Batch(candidate, verb, level, even, likely, max(settled, key=order).requirement, tuple(left))


def order(claim: Open) -> tuple[float, float]:
    """Where a claim stands by its cost: rows to label, then rows to collect; what is decided or never will be, last."""
    effort = claim.even
    if effort is None:
        return float("inf"), float("inf")
    label = 0.0 if effort.label is None else _known(effort.label.value)
    return label, _known(effort.collect.value)


def _settled(claim: Open) -> bool:
    return bool(claim.needs) and all(need.even is not None for need in claim.needs)


def _known(value: float | None) -> float:
    return float("inf") if value is None else value


Target = tuple[tuple[tuple[str, str], ...], str]
"""The rows that are picked out to be labelled: a slice, and those that a candidate flags or leaves alone."""


def _pick(need: Need, chance: Chance) -> tuple[Target, Effort] | None:
    effort: Effort | None = getattr(need, chance)
    if effort is None:
        return None
    answer = need.rows if picked_by_answer(need.rows) else ""
    return (tuple(sorted(need.slice.items())), answer), effort


def _span(at: Callable[[End], float | None]) -> Span:
    return Span(*(at(end) for end in ENDS))


def _most(values: Iterable[float | None]) -> float | None:
    """The greatest; unknown where one is, or where there is none."""
    found = list(values)
    known = [value for value in found if value is not None]
    return max(known) if known and len(known) == len(found) else None


def _labels(wanted: Sequence[tuple[Target, Effort]], end: End) -> float | None:
    """Rows to label in the batch: at random for needs of the whole, and of each picked target what those lack."""
    picked: dict[Target, list[Effort]] = {}
    for target, effort in wanted:
        picked.setdefault(target, []).append(effort)
    whole = _most(getattr(effort.label, end) for effort in picked.pop(((), ""), []))
    collect = _most(getattr(effort.collect, end) for _, effort in wanted)
    at_random = whole or 0.0
    extra = [_lacking(efforts, at_random, end) for efforts in picked.values()]
    if collect is None or None in extra:
        return None
    return min(collect, at_random + sum(each for each in extra if each is not None))


def _lacking(efforts: Sequence[Effort], at_random: float, end: End) -> float | None:
    """The rows of a target that must be labelled beyond those that a random batch holds of it."""
    lacking: list[int] = []
    for effort in efforts:
        label, collect = getattr(effort.label, end), getattr(effort.collect, end)
        if label is None or collect is None:
            return None
        lacking.append(max(0, ceil(label - at_random * label / collect - ROUNDING)))
    return float(max(lacking))
