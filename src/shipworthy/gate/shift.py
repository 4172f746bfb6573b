"""By how much a candidate differs from what it was when it was signed, metric by metric, and whether that is worse."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from shipworthy.evidence import Estimate, Evaluation
from shipworthy.judge import Claim
from shipworthy.stats.difference import mover_lower, mover_p_value, mover_upper
from shipworthy.stats.level import one_sided
from shipworthy.stats.multiplicity import holm

SHARES = ""
"""The name under which the margin of every share stands."""

ERROR = 0.05
"""The chance that any metric is called worse although none is worse by more than its margin."""

Standing = Literal["same", "no_worse", "worse", "undecided"]
Key = tuple[str, tuple[tuple[str, str], ...]]


@dataclass(frozen=True)
class Watched:
    """A metric of a claim: which way is better, and how much worse is still no worse (None: only shown)."""

    requirement: str
    metric: str
    higher: bool
    margin: float | None


@dataclass(frozen=True)
class Shift:
    """One metric on one slice, then and now. `difference` is now - then, `low`/`high` its two-sided 95 % interval.

    `p` is one-sided against "no worse than then by more than the margin", adjusted for all metrics by Holm's method.
    The two are taken as independent: where both were measured on the same rows, the interval is wider than it need be.
    """

    requirement: str
    metric: str
    slice: Mapping[str, str]
    higher: bool
    then: Estimate
    now: Estimate
    difference: float
    low: float | None
    high: float | None
    margin: float | None
    p: float
    standing: Standing


def watched(claims: Iterable[Claim], margins: Mapping[str, float]) -> tuple[Watched, ...]:
    """The metrics of the claims, each once. A share without a margin of its own has the one under SHARES.

    A metric that is to stay between two bounds has no better side, and is left out.
    """
    found: dict[str, Watched] = {}
    between: set[str] = set()
    for claim in claims:
        for definition, bound in claim.comparisons:
            name = str(definition.metric)
            general = margins.get(SHARES) if definition.unit == "share" else None
            own = Watched(claim.requirement.text, name, bound.at_least, margins.get(name, general))
            if found.setdefault(name, own).higher != bound.at_least:
                between.add(name)
    return tuple(each for name, each in found.items() if name not in between)


def shifts(
    then: Evaluation, now: Evaluation, candidates: tuple[str, str], metrics: Sequence[Watched]
) -> tuple[Shift, ...]:
    """Every watched metric that was estimated both times.

    Args:
        then: what was signed.
        now: the same claims on what is there today.
        candidates: the one that was signed, and the one that is held against it.
        metrics: what is looked at.
    """
    before, after = (_estimates(each, name) for each, name in zip((then, now), candidates, strict=True))
    pairs = [
        (item, before[key], after[key])
        for item in metrics
        for key in after
        if key[0] == item.metric and key in before
    ]
    raw = [_shift(*pair) for pair in pairs if pair[1].value is not None and pair[2].value is not None]
    judged = [each for each in raw if each.margin is not None]
    adjusted = iter(holm([each.p for each in judged])) if judged else iter(())
    return tuple(
        _stood(replace(each, p=float(next(adjusted)))) if each.margin is not None else each for each in raw
    )


def _estimates(evaluation: Evaluation, candidate: str) -> dict[Key, Estimate]:
    """The estimates behind the candidate's verdicts, each once."""
    return {
        (each.metric, tuple(sorted(each.slice.items()))): each
        for verdict in evaluation.verdicts
        if verdict.candidate == candidate
        for each in (verdict.estimate, verdict.at)
        if each is not None
    }


def _shift(item: Watched, then: Estimate, now: Estimate) -> Shift:
    """The difference, its interval and a p-value that is not adjusted yet."""
    difference = (now.value or 0.0) - (then.value or 0.0)
    low, high = (
        _known(each)
        for each in (mover_lower(*_limits(now), *_limits(then)), mover_upper(*_limits(now), *_limits(then)))
    )
    first, second = (_limits(now), _limits(then)) if item.higher else (_limits(then), _limits(now))
    level = float(one_sided(now.confidence))
    p = float(mover_p_value(first, second, -(item.margin or 0.0), level))
    shown = Shift(
        item.requirement,
        item.metric,
        now.slice,
        item.higher,
        then,
        now,
        difference,
        low,
        high,
        item.margin,
        p,
        "undecided",
    )
    return replace(shown, standing="same") if _alike(then, now) else shown


def _limits(each: Estimate) -> tuple[float, float, float]:
    """The value with its two-sided limits; NaN for one that does not exist."""
    value, low, high = (float("nan") if end is None else end for end in (each.value, each.low, each.high))
    return value, low, high


def _known(bound: object) -> float | None:
    found = float(bound)  # type: ignore[arg-type] # a NumPy scalar
    return found if abs(found) < float("inf") else None  # NaN compares as false


def _alike(then: Estimate, now: Estimate) -> bool:
    """Whether every number is the same."""
    return (then.value, then.low, then.high, then.n) == (now.value, now.low, now.high, now.n)


def _stood(shift: Shift) -> Shift:
    """The shift with what can be said of it: worse beyond the margin, no worse, or undecided."""
    if shift.standing == "same":
        return replace(shift, p=1.0)
    if shift.p <= ERROR:
        return replace(shift, standing="worse")
    margin, nearest = shift.margin or 0.0, shift.low if shift.higher else shift.high
    kept = nearest is not None and (nearest >= -margin if shift.higher else nearest <= margin)
    return replace(shift, standing="no_worse" if kept else "undecided")
