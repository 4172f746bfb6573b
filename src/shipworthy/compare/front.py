"""The Pareto front of quality, latency and cost: who is dominated by whom, and where that rests on noise."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from shipworthy.evidence import Comparison
from shipworthy.evidence.comparison import Contender


def with_front(
    found: Sequence[Contender], overall: Sequence[Comparison], quality: str, sign: int
) -> tuple[Contender, ...]:
    """The candidates, each with whether it is on the front, who dominates it, and from whom its quality is not separable.

    Latency and cost are taken as they were measured; candidates without either are compared in what is known of both.

    Args:
        found: everyone in the table; those that stand beside play no part.
        overall: the comparisons with the champion over all rows.
        quality: the table's metric.
        sign: 1 where more of it is better, -1 where less is.
    """
    playing = [each for each in found if each.role != "reference"]
    return tuple(
        _placed(each, [other for other in playing if other is not each], overall, quality, sign)
        if each.role != "reference"
        else each
        for each in found
    )


def _placed(
    one: Contender, others: Sequence[Contender], overall: Sequence[Comparison], quality: str, sign: int
) -> Contender:
    above = [other for other in others if _beats(other, one, sign)]
    near = [other for other in others if other in above or _cheaper(other, one)]
    alike = (other.name for other in near if not _separable(one, other, overall, quality))
    return replace(
        one,
        front=not above,
        dominated_by=tuple(other.name for other in above),
        not_separable_from=tuple(alike),
    )


def _beats(other: Contender, one: Contender, sign: int) -> bool:
    """Whether another one is at least as good in all that is known of both, and better in something."""
    gains = [*_gains(other, one)]
    if other.quality is not None and one.quality is not None:
        gains.append(sign * (other.quality - one.quality))
    return bool(gains) and all(gain >= 0 for gain in gains) and any(gain > 0 for gain in gains)


def _cheaper(other: Contender, one: Contender) -> bool:
    """Whether another one is at least as fast and as cheap, and better in one of them."""
    gains = _gains(other, one)
    return bool(gains) and all(gain >= 0 for gain in gains) and any(gain > 0 for gain in gains)


def _gains(other: Contender, one: Contender) -> list[float]:
    """What another one saves, in latency and in cost, where both are known."""
    pairs = ((other.p95_latency_ms, one.p95_latency_ms), (other.cost_per_1000, one.cost_per_1000))
    return [own - theirs for theirs, own in pairs if theirs is not None and own is not None]


def _separable(one: Contender, other: Contender, overall: Sequence[Comparison], quality: str) -> bool:
    """Whether the qualities differ beyond chance: on the same rows where one is champion, else by intervals apart."""
    names = {one.name, other.name}
    paired = next(
        (each for each in overall if each.metric == quality and names == {each.challenger, each.champion}),
        None,
    )
    if paired is not None and paired.low is not None and paired.high is not None:
        return not paired.low <= 0 <= paired.high
    if one.low is None or one.high is None or other.low is None or other.high is None:
        return False
    return one.low > other.high or other.low > one.high
