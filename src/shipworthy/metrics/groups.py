"""A metric compared between groups: the greatest difference, the smallest ratio, or the worst group's own value."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import lru_cache, reduce

import numpy as np

from shipworthy.metrics.conditional import conditional_row, note_within
from shipworthy.metrics.definition import Definition
from shipworthy.metrics.measured import CONFIDENCE, Measured
from shipworthy.metrics.support import NOTHING, Extremes, Part, Row, note_of
from shipworthy.stats.difference import gap_lower, gap_upper, studentised_level
from shipworthy.tally.cube import Floats, Key
from shipworthy.tally.needs import Grouping, grouping

Inner = Callable[[Definition, float], Measured]
"""Measures a compared metric at a level, on every group of every slice."""


def between_groups(definition: Definition, by: Grouping, inner: Inner, level: float) -> Measured:
    """The groups of `definition.groups` compared, on every slice of `by`.

    Of several compared metrics (equalised odds) the less favourable comparison counts. Its bound on the side of the
    claim needs no correction, as both must hold (intersection-union); the opposite one has half the error for each.
    """
    found = [_compared(definition, each, by, inner, level) for each in definition.inners]
    return reduce(_least if definition.kind == "ratio" else _greatest, found)


def _compared(
    definition: Definition, compared: Definition, by: Grouping, inner: Inner, level: float
) -> Measured:
    """One metric between the groups, on every slice."""
    at_level = lru_cache(lambda each: inner(compared, each))
    finer, found = grouping((*by, *definition.grouped)), at_level(level)
    slices: dict[Key, list[int]] = {}
    for position, key in enumerate(found.keys):
        own = tuple(value for column, value in zip(finer, key, strict=True) if column in by)
        slices.setdefault(own, []).append(position)
    columns = definition.groups, definition.control
    share = 1 / len(definition.inners)
    parts = [Part(at_level, tuple(slices[key]), finer, *columns, share) for key in sorted(slices)]
    rows = [_row(definition, compared, part, level) for part in parts]
    value, low, high, lower, upper = np.array(rows, dtype=float).reshape(-1, 5).T
    n, units = (
        np.array([each[slices[key]].sum() for key in sorted(slices)]) for each in (found.n, found.units)
    )
    notes = tuple(_note(definition, part, found, level) for part in parts)
    method = ("simultaneous",) * len(slices)
    left = (
        None
        if found.unscored is None
        else np.array([found.unscored[slices[key]].sum() for key in sorted(slices)])
    )
    return Measured(tuple(sorted(slices)), value, low, high, lower, upper, n, units, method, notes, left)


def _row(definition: Definition, compared: Definition, part: Part, level: float) -> Row:
    if definition.kind == "conditional":
        return conditional_row(part, level)
    if definition.kind == "worst":
        return _worst_row(part, level, higher=compared.entry.direction == "higher")
    return _ratio_row(part, level) if definition.kind == "ratio" else _gap_row(part, level)


def _note(definition: Definition, part: Part, found: Measured, level: float) -> str:
    if definition.kind == "conditional":
        return note_within(part, level)
    return note_of(part, found, alone=definition.kind == "worst")


def _greatest(one: Measured, other: Measured) -> Measured:
    """The greater of two gaps; where one has no value, the other's is the least that it can be."""
    ends = {
        end: np.maximum(getattr(one, end), getattr(other, end)) for end in ("low", "high", "lower", "upper")
    }
    return replace(one, value=np.fmax(one.value, other.value), notes=_notes(one, other), **ends)


def _least(one: Measured, other: Measured) -> Measured:
    """The lesser of two ratios."""
    ends = {
        end: np.minimum(getattr(one, end), getattr(other, end)) for end in ("low", "high", "lower", "upper")
    }
    return replace(one, value=np.fmin(one.value, other.value), notes=_notes(one, other), **ends)


def _notes(one: Measured, other: Measured) -> tuple[str, ...]:
    return tuple(mine or theirs for mine, theirs in zip(one.notes, other.notes, strict=True))


def _gap_row(part: Part, level: float) -> Row:
    """One slice: the greatest difference and its bounds. A group with few rows counts with its limits alone."""
    values = part.limits(level)[0]
    if (~np.isnan(values)).sum() < 2:
        return NOTHING
    return float(np.nanmax(values) - np.nanmin(values)), *_bounds(part.extremes, part, level)


def _ratio_row(part: Part, level: float) -> Row:
    """One slice: the smallest ratio and its bounds, from the gap on the logarithmic scale.

    A group with a share of 0 has no logarithm and counts with its limits alone.
    """

    def extremes(each: float) -> Extremes:
        with np.errstate(divide="ignore", invalid="ignore"):
            least, greatest, lower, upper = (np.log(end) for end in part.extremes(each))
        none = np.isinf(least) | np.isinf(greatest)
        return np.where(none, np.nan, least), np.where(none, np.nan, greatest), lower, upper

    values = part.limits(level)[0]
    if (~np.isnan(values)).sum() < 2:
        return np.nan, 0.0, 1.0, 0.0, 1.0
    greatest = np.nanmax(values)
    low, high, lower, upper = (float(np.exp(-each)) for each in _bounds(extremes, part, level))
    return float(np.nanmin(values) / greatest) if greatest > 0 else 1.0, high, low, upper, lower


def _bounds(
    extremes: Callable[[float], Extremes], part: Part, level: float
) -> tuple[float, float, float, float]:
    """Low, high, lower and upper of the gap: lower ends by studentised range, upper ends by intersection-union.

    Of each pair, rows without an answer or a grade count against the one group and for the other, whichever is worse.
    """
    known = ~np.isnan(part.limits(level)[0])
    two_sided, groups = (1 + CONFIDENCE) / 2, int(known.sum())
    strict = [studentised_level(groups, 1 - part.share * (1 - each)) for each in (two_sided, level)]
    low, lower = (_gap(gap_lower, [end[known] for end in extremes(each)]) for each in strict)
    high, upper = (_gap(gap_upper, extremes(each)) for each in (two_sided, level))
    return low, high, lower, upper


def _gap(bound: Callable[..., Floats], extremes: Sequence[Floats]) -> float:
    least, greatest, lower, upper = extremes
    return float(bound(least, lower, upper, greatest=greatest))


def _worst_row(part: Part, level: float, *, higher: bool) -> Row:
    """One slice: the least favourable of the groups with rows enough, and bounds for all groups.

    "Every group is at least b" needs each group's own bound to clear b (intersection-union; Berger 1982), a group with
    few rows too. That some group is below b was found by picking one, so each has its part of the error (Holm's first step).
    """
    sign = 1.0 if higher else -1.0
    values = part.limits(level)[0]
    known = ~np.isnan(values)
    if not known.any():
        return np.nan, -np.inf, np.inf, -np.inf, np.inf
    ends = []
    for each in ((1 + CONFIDENCE) / 2, level):
        strict = 1 - (1 - each) / int(known.sum())
        near, far = part.limits(each)[1 if higher else 2], part.limits(strict)[2 if higher else 1]
        ends.append((sign * float((sign * near).min()), sign * float((sign * far)[known].min())))
    (low, high), (lower, upper) = ends if higher else [each[::-1] for each in ends]
    return sign * float((sign * values[known]).min()), low, high, lower, upper
