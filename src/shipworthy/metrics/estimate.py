"""Tallies -> values with bounds, on every slice of a grouping at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import reduce

import numpy as np

from shipworthy.metrics.definition import Definition
from shipworthy.stats.difference import gap_lower, gap_upper, studentised_level
from shipworthy.stats.proportion import (
    FEW_EVENTS,
    clopper_pearson_lower,
    clopper_pearson_upper,
    displayed,
    effective_trials,
)
from shipworthy.stats.quantile import rank_lower, rank_upper, ranks
from shipworthy.stats.ratio import (
    cells_bound,
    dice_from_jaccard,
    linearised_variance,
    t_interval,
    t_lower,
    t_upper,
)
from shipworthy.tally.cube import Cube, Floats, Key
from shipworthy.tally.histogram import Histogram
from shipworthy.tally.needs import Grouping, grouping
from shipworthy.tally.scan import Tallies

CONFIDENCE = 0.95
"""Of the two-sided intervals that people see."""

PRICE = "cost_usd"
TINY = 1e-12
"""Stands for a share of 0 where the ratio of two shares is taken on the logarithmic scale."""

UNANSWERED = ("xp", "xn")
COMPLETIONS = tuple(
    {"xp": positive, "xn": negative} for positive in ("tp", "fn") for negative in ("fp", "tn")
)
"""The four extreme ways in which the labelled rows without an answer could have been answered."""


@dataclass(frozen=True, eq=False)
class Measured:
    """A metric on S slices: all arrays (S,). A value that does not exist is NaN, a bound that does not exist infinite."""

    keys: tuple[Key, ...]
    value: Floats
    low: Floats
    high: Floats
    lower: Floats
    upper: Floats
    n: Floats
    units: Floats
    method: tuple[str, ...]
    notes: tuple[str, ...] = ()

    def position(self, key: Key) -> int | None:
        """Where a slice stands, or None where no row is in it."""
        return self.keys.index(key) if key in self.keys else None


def measure(definition: Definition, tallies: Tallies, by: Grouping, level: float) -> Measured:
    """The metric on every slice of a grouping, with one-sided bounds at `level` each."""
    if definition.inner is not None:
        return _between_groups(definition, definition.inner, tallies, by, level)
    if definition.kind == "quantile":
        return _quantile(definition, tallies.histograms[definition.column, by], level)
    cube = tallies.cubes[by]
    estimators: Mapping[str, Callable[[Definition, Cube, float], Measured]] = {
        "share": _share, "rate": _rate, "dice": _dice, "cells": _cells, "mean": _mean,
    }  # fmt: skip
    estimator = estimators[definition.kind]
    measured = estimator(definition, cube, level)
    if definition.kind in ("rate", "mean") or not cube.total(dict.fromkeys(UNANSWERED, 1.0)).any():
        return measured
    return _widened(measured, [estimator(definition, cube.mapped(moves), level) for moves in COMPLETIONS])


def _widened(measured: Measured, completed: Sequence[Measured]) -> Measured:
    """Bounds that hold however the unanswered rows would have been answered."""
    least = {
        name: reduce(np.minimum, (getattr(each, name) for each in completed)) for name in ("low", "lower")
    }
    greatest = {
        name: reduce(np.maximum, (getattr(each, name) for each in completed)) for name in ("high", "upper")
    }
    return replace(
        measured, **least, **greatest, method=tuple(f"{method}+worst_case" for method in measured.method)
    )


def _ratio(definition: Definition, cube: Cube) -> tuple[Floats, Floats, Floats]:
    """The value, the denominator and the linearised variance on each slice."""
    a, b = definition.numerator, definition.denominator
    sum_a, sum_b = cube.total(a), cube.total(b)
    with np.errstate(invalid="ignore", divide="ignore"):
        value = np.where(sum_b > 0, sum_a / sum_b, np.nan)
    variance = linearised_variance(
        cube.units, sum_a, sum_b, cube.product(a, a), cube.product(a, b), cube.product(b, b)
    )
    return value, sum_b, np.asarray(variance)


def _share(definition: Definition, cube: Cube, level: float) -> Measured:
    """Clopper-Pearson bounds on the effective number of rows; Wilson for people."""
    value, n, variance = _ratio(definition, cube)
    clustered = _clustered(cube)
    rate = np.where(n > 0, value, 0.0)
    trials = effective_trials(n, rate, variance, cube.units, level) if clustered else n
    events = rate * trials if clustered else cube.total(definition.numerator)
    low, high, exact = displayed(events, trials, CONFIDENCE)
    method = tuple(np.where(exact, "clopper_pearson", "wilson"))
    return Measured(
        cube.keys, value, low, high,
        clopper_pearson_lower(events, trials, level), clopper_pearson_upper(events, trials, level), n, cube.units, method,
    )  # fmt: skip


def _rate(definition: Definition, cube: Cube, level: float) -> Measured:
    """A share where the column holds only 0 and 1 (its squares then add up to its sum), else no value."""
    column = {definition.column: 1.0}
    binary = (
        np.isclose(cube.product(column, column), cube.total(column))
        if len(cube.keys)
        else np.zeros(0, dtype=bool)
    )
    if binary.all() or _clustered(cube):
        return _share(definition, cube, level)
    return _nothing(
        cube, f"{definition.column} holds other values than 0 and 1; use mean({definition.column})"
    )


def _clustered(cube: Cube) -> bool:
    """Whether some unit holds several rows."""
    return bool((cube.units < cube.rows).any())


def _nothing(cube: Cube, note: str) -> Measured:
    """No value anywhere, with the reason."""
    unknown, slices = np.full(len(cube), np.nan), len(cube)
    return Measured(
        cube.keys,
        unknown,
        -unknown,
        unknown,
        np.full(slices, -np.inf),
        np.full(slices, np.inf),
        np.zeros(slices),
        cube.units,
        ("none",) * slices,
        (note,),
    )


def _dice(definition: Definition, cube: Cube, level: float) -> Measured:
    """F1 = 2J / (1 + J), with J = TP / (TP + FP + FN) bounded as a share."""
    jaccard = _share(definition, cube, level)
    return replace(
        jaccard,
        value=dice_from_jaccard(jaccard.value),
        low=dice_from_jaccard(jaccard.low),
        high=dice_from_jaccard(jaccard.high),
        lower=dice_from_jaccard(jaccard.lower),
        upper=dice_from_jaccard(jaccard.upper),
    )


def _cells(definition: Definition, cube: Cube, level: float) -> Measured:
    """A mean of money over the four outcomes: Student t, exact where an outcome has few rows."""
    value, n, variance = _ratio(definition, cube)
    names = tuple(definition.numerator)
    counts = np.stack([cube.total({name: 1.0}) for name in names], axis=1)
    money = np.array([definition.numerator[name] for name in names])
    low, high = t_interval(value, variance, cube.units, CONFIDENCE)
    lower, upper = t_lower(value, variance, cube.units, level), t_upper(value, variance, cube.units, level)
    few = ((counts < FEW_EVENTS) & (money != money[np.newaxis, :].max())).any(axis=1) | (
        counts.max(axis=1, initial=0) > n - FEW_EVENTS
    )
    if few.any():
        scale = np.minimum(1.0, cube.units / np.maximum(cube.rows, 1))[:, np.newaxis]
        kept, two_sided = counts * scale, (1 + CONFIDENCE) / 2
        low = np.where(few, np.minimum(low, cells_bound(kept, money, two_sided, "lower")), low)
        high = np.where(few, np.maximum(high, cells_bound(kept, money, two_sided, "upper")), high)
        lower = np.where(few, np.minimum(lower, cells_bound(kept, money, level, "lower")), lower)
        upper = np.where(few, np.maximum(upper, cells_bound(kept, money, level, "upper")), upper)
    return Measured(
        cube.keys,
        value,
        low,
        high,
        lower,
        upper,
        n,
        cube.units,
        tuple(np.where(few, "cells_exact", "delta_t")),
    )


def _mean(definition: Definition, cube: Cube, level: float) -> Measured:
    """Student t on the units. Where all values are equal there is no bound, but for a price: it is a fact, not a sample."""
    value, n, variance = _ratio(definition, cube)
    low, high = t_interval(value, variance, cube.units, CONFIDENCE)
    lower, upper = t_lower(value, variance, cube.units, level), t_upper(value, variance, cube.units, level)
    price = definition.column == PRICE
    constant = (n > 0) & ((variance == 0) | (price & (cube.units < 2)))
    ends = (
        (value,) * 4
        if price
        else tuple(np.full(len(cube), end) for end in (-np.inf, np.inf, -np.inf, np.inf))
    )
    low, high, lower, upper = (
        np.where(constant, end, bound) for end, bound in zip(ends, (low, high, lower, upper), strict=True)
    )
    method = np.where(constant, "declared" if price else "constant", "delta_t")
    note = f"every value of {definition.column} is the same, so the sample shows no spread to judge by"
    notes = (note,) if constant.any() and not price else ()
    return Measured(cube.keys, value, low, high, lower, upper, n, cube.units, tuple(method), notes)


def _quantile(definition: Definition, slices: Mapping[Key, Histogram], level: float) -> Measured:
    """Order statistics, rounded outward to the ends of their buckets."""
    keys = tuple(sorted(slices))
    rows = [_quantile_row(slices[key], definition.p, level) for key in keys]
    value, low, high, lower, upper, n = np.array(rows, dtype=float).reshape(-1, 6).T
    return Measured(keys, value, low, high, lower, upper, n, n, ("order_statistic",) * len(keys))


def _quantile_row(histogram: Histogram, p: float, level: float) -> tuple[float, ...]:
    n = histogram.rows
    low_rank, high_rank = ranks(n, p, CONFIDENCE)
    return (
        histogram.quantile(p),
        _at_rank(histogram, int(low_rank))[0],
        _at_rank(histogram, int(high_rank))[1],
        _at_rank(histogram, int(rank_lower(n, p, level)))[0],
        _at_rank(histogram, int(rank_upper(n, p, level)))[1],
        n,
    )


def _at_rank(histogram: Histogram, rank: int) -> tuple[float, float]:
    if rank < 1:
        return -np.inf, -np.inf
    return (np.inf, np.inf) if rank > histogram.rows else histogram.at_rank(rank)


def _between_groups(
    definition: Definition, inner: Definition, tallies: Tallies, by: Grouping, level: float
) -> Measured:
    """Greatest difference (or smallest ratio) between the groups of a column, on every slice of `by`."""
    finer = grouping((*by, definition.column))
    at = finer.index(definition.column)
    keep = [i for i, column in enumerate(finer) if column in by]
    keys = tuple(sorted({tuple(key[i] for i in keep) for key in tallies.cubes[finer].keys}))
    groups = max(
        (sum(tuple(k[i] for i in keep) == key for k in tallies.cubes[finer].keys) for key in keys), default=1
    )
    levels = {
        "claim": level,
        "low": studentised_level(groups, (1 + CONFIDENCE) / 2),
        "lower": studentised_level(groups, level),
        "high": (1 + CONFIDENCE) / 2,
    }
    found = {name: measure(inner, tallies, finer, each) for name, each in levels.items()}
    rows = []
    for key in keys:
        own = np.array([tuple(k[i] for i in keep) == key for k in found["claim"].keys])
        rows.append(_gap_row(definition.kind == "ratio", found, own))
    names = tuple(sorted({key[at] for key in tallies.cubes[finer].keys}))
    value, low, high, lower, upper, n, units = np.array(rows, dtype=float).reshape(-1, 7).T
    note = (
        ()
        if len(names) > 1
        else (
            f"{definition.column} has only the group {names[0] if names else '(none)'}: there is nothing to compare",
        )
    )
    return Measured(keys, value, low, high, lower, upper, n, units, ("simultaneous",) * len(keys), note)


def _gap_row(
    as_ratio: bool, found: Mapping[str, Measured], own: np.ndarray[tuple[int], np.dtype[np.bool_]]
) -> tuple[float, ...]:
    """One slice: the gap with its bounds, rows and units. A group without rows counts with the widest limits."""

    def part(name: str, which: str) -> Floats:
        values: Floats = getattr(found[name], which)[own]
        return np.log(np.maximum(values, TINY)) if as_ratio else values

    values = part("claim", "value")
    n, units = found["claim"].n[own].sum(), found["claim"].units[own].sum()
    known = ~np.isnan(values)
    if known.sum() < 2:
        blank = (np.nan, 0.0, 1.0, 0.0, 1.0) if as_ratio else (np.nan, 0.0, np.inf, 0.0, np.inf)
        return (*blank, n, units)
    spread = float(values[known].max() - values[known].min())
    low, lower = (
        float(gap_lower(*(part(at, which)[known] for which in ("value", "lower", "upper"))))
        for at in ("low", "lower")
    )
    high, upper = (
        float(gap_upper(*(part(at, which) for which in ("value", "lower", "upper"))))
        for at in ("high", "claim")
    )
    if as_ratio:
        return (
            float(np.exp(-spread)),
            float(np.exp(-high)),
            float(np.exp(-low)),
            float(np.exp(-upper)),
            float(np.exp(-lower)),
            n,
            units,
        )
    return spread, low, high, lower, upper, n, units
