"""Histograms of a log: the values of a column by bucket, label and slice, all in one statement."""

from __future__ import annotations

from collections.abc import Mapping
from math import prod
from typing import TYPE_CHECKING, Any

import ibis
import numpy as np

from shipworthy.query.parts import floats, found_by_part, keys_of, slices_of
from shipworthy.query.random_groups import random_group
from shipworthy.query.sliced import Sliced
from shipworthy.query.slicing import Slicing
from shipworthy.query.values import plain_value, product, underflows
from shipworthy.tally.bucketing import LOG_BUCKET, LOGIT_BUCKETS, SMALLEST_REST, TINY, UNLABELLED
from shipworthy.tally.cube import Floats, Key
from shipworthy.tally.histogram import Histogram
from shipworthy.tally.needs import Grouping, Needs, grouping

if TYPE_CHECKING:
    import pyarrow as pa

GROUPS = 32
"""Random groups of units, whose spread stands for that of units where a figure is no sum."""

MOST_SLICES = 30
"""Groupings that make no more slices than this together are counted together."""

ITEMS = "=item@"
"""What the names of row values begin with that number the items of orders."""

HistogramNeed = tuple[str, Grouping]
"""A column, and what its histograms are counted by."""

Histograms = dict[HistogramNeed, dict[Key, Histogram]]
"""By column and grouping, and then by slice."""

SUMS = ("rows", "total", "squares")
LABELS = {False: 0, True: 1, None: UNLABELLED}
"""Where the rows of a label stand in a histogram."""


def histograms(log: Sliced, needs: Needs) -> Histograms:
    """Every histogram that is needed, by column and grouping, on every slice."""
    if not needs.histograms:
        return {}
    table, finer = log.table, joined(needs, log.slicings)
    counted, ranked = sorted({*finer.values()}), grouped(log, needs, finer)
    group = random_group(table.unit if log.clustered else table.id) if ranked else None
    parts = [
        (by, _buckets(table, column, by, group if (column, by) in ranked else None, weighted=log.weighted))
        for column, by in counted
    ]
    purpose = "counting values by bucket"
    found = dict(zip(counted, found_by_part(log.engine, parts, needs.sliced_by, purpose), strict=True))
    return {
        need: _by_slice(found[finer[need]], need[1], log.slicings, GROUPS if finer[need] in ranked else 0)
        for need in needs.histograms
    }


def grouped(
    log: Sliced, needs: Needs, finer: Mapping[HistogramNeed, HistogramNeed]
) -> frozenset[HistogramNeed]:
    """What is counted by random group of units too; where rows are independent, nothing."""
    if log.independent:
        return frozenset()
    return frozenset(finer[need] for need in needs.ranked if need in finer)


def joined(needs: Needs, slicings: Mapping[str, Slicing]) -> dict[HistogramNeed, HistogramNeed]:
    """What each histogram is counted by: groupings are joined while they make few slices, so that rows are read less often."""
    found: dict[HistogramNeed, HistogramNeed] = {}
    for column in sorted({column for column, _ in needs.histograms}):
        parts: list[Grouping] = []
        for by in sorted((by for each, by in needs.histograms if each == column), key=len, reverse=True):
            wider = [grouping((*part, *by)) for part in parts]
            fit = [at for at, each in enumerate(wider) if slices_of_all(each, slicings) <= MOST_SLICES]
            if fit:
                parts[fit[0]] = wider[fit[0]]
            else:
                parts.append(by)
        for each, by in needs.histograms:
            if each == column:
                found[column, by] = (column, next(part for part in parts if {*by} <= {*part}))
    return found


def slices_of_all(by: Grouping, slicings: Mapping[str, Slicing]) -> int:
    """How many slices these columns make together, as far as is known."""
    return prod(max(len(slicings[column].labels), 1) for column in by)


def _buckets(table: ibis.Table, column: str, by: Grouping, group: Any, *, weighted: bool) -> ibis.Table:
    """One part: rows by slice, bucket and label. A key costs an engine less than sums with a condition each."""
    value, binary = plain_value(table, column), table.label.type().is_boolean()
    own = {} if group is None else {"group": group}
    truth = table.label if binary else ibis.null("boolean")
    valued = table.filter(value.notnull() & ~value.isnan()).mutate(value=value, truth=truth, **own)
    valued = valued.mutate(bucket=_bucket_of(valued.value, column))
    sums: dict[str, Any] = {"rows": valued.weight.sum() if weighted else valued.count()}
    if column == "score" and binary:
        weighed = valued.value * valued.weight if weighted else valued.value
        sums |= {
            "total": weighed.sum(),
            "squares": product(weighed, valued.value, careful=underflows(table)).sum(),
        }
    else:
        sums |= dict.fromkeys(("total", "squares"), ibis.null("float64"))
    keys = [*slices_of(by), "bucket", "truth", *own]
    counted = valued.group_by(keys).aggregate(least=valued.value.min(), greatest=valued.value.max(), **sums)
    numbers = {name: counted[name].cast("float64") for name in SUMS}
    grouped = counted.group if own else ibis.literal(0, "int64")
    return counted.select(*slices_of(by), "bucket", "truth", "least", "greatest", group=grouped, **numbers)


def _bucket_of(value: Any, column: str) -> Any:
    """The bucket of a value: of items, which are numbered, one for each."""
    return value.cast("int64") if column.startswith(ITEMS) else _bucket(value, probability=column == "score")


def _bucket(value: Any, *, probability: bool) -> Any:
    """A bucket number that rises with the value: of a score on the logit, of any other number on the logarithm of its size.

    log(s / (1 - s)), where what is not positive counts as tiny, goes on past 0 and 1; log(x / -x) is the signed
    logarithm, 0 for 0. One logarithm without cases costs an engine a fifth of one with cases.
    """
    first, second, least = (value, 1.0 - value, SMALLEST_REST) if probability else (value, -value, TINY)
    size = _clipped(first, TINY) / _clipped(second, least)
    return (size.ln() * (LOGIT_BUCKETS if probability else 1 / LOG_BUCKET)).floor().cast("int64")


def _clipped(value: Any, least: float) -> Any:
    return ibis.greatest(ibis.least(value, 1 / TINY), least)


def _by_slice(
    found: pa.Table, by: Grouping, slicings: Mapping[str, Slicing], groups: int
) -> dict[Key, Histogram]:
    rows: dict[Key, list[int]] = {}
    for position, key in enumerate(keys_of(found, by, slicings)):
        rows.setdefault(key, []).append(position)
    parts = np.column_stack([floats(found[name]) for name in ("bucket", "least", "greatest", *SUMS)])
    label = np.array([LABELS[truth] for truth in found["truth"].to_pylist()], dtype=int)
    group = np.array(found["group"].to_pylist(), dtype=int)
    return {key: _histogram(parts[at], label[at], group[at], groups) for key, at in rows.items()}


def _histogram(parts: Floats, label: Any, group: Any, groups: int) -> Histogram:
    """One histogram from rows that may name a bucket more than once."""
    bucket, at = np.unique(parts[:, 0], return_inverse=True)
    least, greatest = np.full(len(bucket), np.inf), np.full(len(bucket), -np.inf)
    np.minimum.at(least, at, parts[:, 1])
    np.maximum.at(greatest, at, parts[:, 2])
    n, scores, by_group = (np.zeros((len(bucket), *shape)) for shape in ((3,), (3,), (groups, 3)))
    np.add.at(n, (at, label), parts[:, 3])
    labelled = label < UNLABELLED
    np.add.at(scores, (at[labelled], label[labelled]), parts[labelled, 4])
    np.add.at(scores, (at[labelled], 2), parts[labelled, 5])
    if groups:
        np.add.at(by_group, (at, group, label), parts[:, 3])
    return Histogram(bucket, least, greatest, n, scores, by_group)
