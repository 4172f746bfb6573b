"""What a predictor that never errs would bring: the cheapest test of whether a feature can pay at all."""

from __future__ import annotations

from collections.abc import Iterable

from shipworthy.evidence import Perfect
from shipworthy.spec.model import Value
from shipworthy.stats.proportion import wilson


def perfect_value(value: Value, positives: int, labelled: int, decisions: float) -> Perfect | None:
    """What never erring gains per decision over the better of always yes and always no, and over all decisions.

    The interval is that of the share of positives (Wilson, 95 %). None where no row is labelled.
    """
    if labelled == 0:
        return None
    low, high = (float(end) for end in wilson(positives, labelled))
    best = _gain(value, positives / labelled)
    ends = [*_gains(value, (low, high)), best]
    turn = _turn(value)
    peak = [_gain(value, turn)] if low < turn < high else []
    return Perfect(
        best,
        min(ends),
        max([*ends, *peak]),
        best * decisions,
        max(_brought(value, low), _brought(value, high)),
    )


def _gains(value: Value, shares: Iterable[float]) -> list[float]:
    return [_gain(value, share) for share in shares]


def _gain(value: Value, share: float) -> float:
    """Against always no it finds each positive, against always yes it spares each negative."""
    return min(share * _find(value), (1 - share) * _spare(value))


def _brought(value: Value, share: float) -> float:
    """The net value of a decision where none is wrong."""
    return share * value.true_positive + (1 - share) * value.true_negative


def _find(value: Value) -> float:
    return value.true_positive - value.false_negative


def _spare(value: Value) -> float:
    return value.true_negative - value.false_positive


def _turn(value: Value) -> float:
    """The share of positives at which always yes is as good as always no."""
    both = _find(value) + _spare(value)
    return _spare(value) / both if both else 0.0
