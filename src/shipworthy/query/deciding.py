"""Scores -> answers: by a threshold, by one for each group, or with a band between two that is left to a person."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import ibis

from shipworthy.evidence import OperatingPoint
from shipworthy.query.slicing import MISSING, Slicing


def decided(table: ibis.Table, point: OperatingPoint, slicings: Mapping[str, Slicing]) -> Any:
    """Yes, no, or null where a person decides or there is no score."""
    yes = table.score >= _threshold(table, point, slicings)
    if point.review_from is None:
        return yes
    return ibis.cases((yes, True), (table.score < point.review_from, False), else_=ibis.null("boolean"))


def _threshold(table: ibis.Table, point: OperatingPoint, slicings: Mapping[str, Slicing]) -> Any:
    """The threshold of each row: that of its group, or the overall one where the group has none of its own."""
    if not point.by:
        return point.threshold
    slicing = slicings[point.by]
    group = slicing.expression(table)
    own = [
        (_is(group, value, slicing), point.thresholds[slicing.label(value)])
        for value in slicing.values
        if slicing.label(value) in point.thresholds
    ]
    return ibis.cases(*own, else_=ibis.literal(point.threshold, "float64")) if own else point.threshold


def _is(group: Any, value: Any, slicing: Slicing) -> Any:
    """Whether the row is in the slice of a value; NaN counts as no value."""
    if slicing.label(value) != MISSING:
        return group == value
    return group.isnull() | group.isnan() if group.type().is_floating() else group.isnull()
