"""A threshold for each group: of greatest value in it, or bringing one rate as near as it can in all groups."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from shipworthy.evaluate.options import (
    Options,
    Weights,
    at_bounds,
    best,
    goal,
    money_of,
    options_of,
    shortfall,
)
from shipworthy.evaluate.threshold import Frozen, freeze, reason
from shipworthy.evidence import OperatingPoint
from shipworthy.judge import Claim
from shipworthy.metrics import define
from shipworthy.spec.claim import Metric
from shipworthy.stats.proportion import FEW_EVENTS
from shipworthy.tally.cube import Floats
from shipworthy.tally.histogram import Histogram

if TYPE_CHECKING:
    from shipworthy.spec.model import Value

MOST_TARGETS = 400
"""Common rates that are tried, spread evenly over the ranks of those that some group can have."""


@dataclass(frozen=True)
class Groups:
    """The column whose groups get a threshold each, the rate to equalise ("" for none), and the groups' scores.

    `weights` are given where rows differ in weight.
    """

    by: str
    equalise: str
    histograms: Mapping[str, Histogram]
    weights: Mapping[str, Weights] = field(default_factory=dict)


def freeze_groups(
    histogram: Histogram,
    groups: Groups,
    claims: Sequence[Claim],
    value: Value | None,
    test: tuple[int, int],
    *,
    clustered: bool = False,
    weights: Weights | None = None,
) -> Frozen:
    """One threshold per group; a group with fewer than ten positives or negatives has the one of all rows.

    Without `equalise` each group has the threshold that would be frozen for it alone, which must meet the `at` bounds
    in the group: so they are met overall. With it, each common rate is tried: every group takes the threshold whose
    rate is nearest to it (of equals, the one worth most), and the common rate of greatest value in total is taken among
    those that meet the `at` bounds overall.

    Args:
        histogram: the scores of the labelled validation rows.
        groups: how to divide them.
        claims: the product's claims, whose `at` clauses bind the thresholds.
        value: the money of each outcome.
        test: how many positive and negative test rows there are.
        clustered: whether several rows come from one unit.
        weights: the rows and squared weights of the histogram, where rows differ in weight.
    """
    whole = freeze(histogram, claims, value, test, None, clustered=clustered, weights=weights)
    found = {
        name: options_of(each, groups.weights.get(name)) for name, each in sorted(groups.histograms.items())
    }
    own = {name: each for name, each in found.items() if _enough(each)}
    if not own:
        why = f"{whole.why}; no group of {groups.by} has {FEW_EVENTS} positives and negatives to set one by"
        return replace(whole, why=why, regret=None, notes=())
    if groups.equalise:
        rest = _cells_at(groups.histograms, [name for name in found if name not in own], whole.threshold)
        thresholds, why = _equalised(own, rest, groups.equalise, claims, value, test)
    else:
        thresholds, why = _separate(own, claims, value, test)
    point = OperatingPoint(whole.threshold, by=groups.by, thresholds=thresholds)
    few = [name for name in found if name not in own]
    return Frozen(point, f"one for each group of {groups.by}: {why}", whole.curve, notes=_few(groups.by, few))


def _enough(options: Options) -> bool:
    """Whether a group has as many positives and negatives as a choice needs."""
    return bool(len(options)) and min(options.rows["tp"][0], options.rows["fp"][0]) >= FEW_EVENTS


def _few(by: str, names: Sequence[str]) -> tuple[str, ...]:
    if not names:
        return ()
    listed = ", ".join(f"{by} = {name}" for name in names)
    less = f"fewer than {FEW_EVENTS} positives or negatives among the validation rows"
    return (f"{listed} with {less}: the threshold of all rows is kept there",)


def _separate(
    own: Mapping[str, Options], claims: Sequence[Claim], value: Value | None, test: tuple[int, int]
) -> tuple[dict[str, float], str]:
    """Each group's own choice."""
    bounds, money = at_bounds(claims), money_of(value) if value else None
    thresholds, met = {}, True
    for name, options in own.items():
        missing = shortfall(options, bounds, test)
        thresholds[name] = float(options.thresholds[best(goal(options, money), missing)])
        met = met and bool((missing <= 0).any())
    return thresholds, reason(bounds, value, met=met)


def _equalised(
    own: Mapping[str, Options],
    rest: Mapping[str, float],
    rate: str,
    claims: Sequence[Claim],
    value: Value | None,
    test: tuple[int, int],
) -> tuple[dict[str, float], str]:
    """The common rate of greatest value, and the threshold of each group that is nearest to it."""
    bounds, money = at_bounds(claims), money_of(value) if value else None
    reached = {name: _reached(options, rate, money) for name, options in own.items()}
    targets = np.unique(np.concatenate([rates for rates, _ in reached.values()]))
    if len(targets) > MOST_TARGETS:
        targets = targets[np.round(np.linspace(0, len(targets) - 1, MOST_TARGETS)).astype(int)]
    picks = {name: options.select(_nearest(rates, targets)) for name, (rates, options) in reached.items()}
    cells = {
        name: sum((each.cells[name] for each in picks.values()), np.full(len(targets), rest.get(name, 0.0)))
        for name in ("tp", "fn", "fp", "tn", "up", "un")
    }
    total = Options(targets, cells)
    missing = shortfall(total, bounds, test)
    chosen = best(goal(total, money), missing)
    why = reason(bounds, value, met=bool((missing <= 0).any()))
    thresholds = {name: float(each.thresholds[chosen]) for name, each in picks.items()}
    return thresholds, f"a {rate} next to {targets[chosen]:.3g} in all of them, the common rate of {why}"


def _reached(options: Options, rate: str, money: Mapping[str, float] | None) -> tuple[Floats, Options]:
    """The rates that a group can have, rising, and for each the choice that is worth most."""
    rates = options.share(define(Metric(rate), None))
    order = np.lexsort((-goal(options, money), rates))
    kept = order[np.unique(rates[order], return_index=True)[1]]
    return rates[kept], options.select(kept)


def _nearest(rates: Floats, targets: Floats) -> np.ndarray[tuple[int], np.dtype[np.intp]]:
    """The position of the rate that is nearest to each target; of two as near, the lower."""
    above = np.clip(np.searchsorted(rates, targets), 0, len(rates) - 1)
    below = np.maximum(above - 1, 0)
    return np.where(targets - rates[below] <= rates[above] - targets, below, above)


def _cells_at(
    histograms: Mapping[str, Histogram], names: Sequence[str], threshold: float
) -> dict[str, float]:
    """The cells of some groups together at one threshold."""
    total = dict.fromkeys(("tp", "fn", "fp", "tn", "up", "un"), 0.0)
    for name in names:
        flagged = histograms[name].least >= threshold
        for at, (yes, no) in enumerate((("fp", "tn"), ("tp", "fn"), ("up", "un"))):
            total[yes] += float(histograms[name].n[flagged, at].sum())
            total[no] += float(histograms[name].n[~flagged, at].sum())
    return total
