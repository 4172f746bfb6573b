"""Histograms of a log: the values of a column by bucket, label and slice, all in one statement."""

from __future__ import annotations

from collections.abc import Mapping
from math import prod
from typing import TYPE_CHECKING, Any

import ibis
import numpy as np

from shipworthy.query.engine import Engine
from shipworthy.query.parts import floats, found_by_part, keys_of, slices_of
from shipworthy.query.slicing import Slicing
from shipworthy.query.source import md5
from shipworthy.query.values import plain_value, product, underflows
from shipworthy.tally.cube import Floats, Key
from shipworthy.tally.histogram import Histogram
from shipworthy.tally.needs import Grouping, Needs, grouping

if TYPE_CHECKING:
    import pyarrow as pa

LOG_BUCKET = 0.005
"""Width of a value bucket on the logarithmic scale: neighbours differ by at most 0.5 %."""

LOGIT_BUCKETS = 64
"""Buckets of a probability per unit of its logit."""

TINY = 1e-150
"""Sizes under this count as none, and over its inverse as no greater."""

SMALLEST_REST = 1e-17
"""Less than what the greatest score below 1 leaves to 1."""

GROUPS = 32
"""Random groups of units, whose spread stands for that of units where a figure is no sum."""

MOST_SLICES = 30
"""Groupings that make no more slices than this together are counted together."""

SUMS = ("rows", "total", "squares")
UNKNOWN = 2
LABELS = {False: 0, True: 1, None: UNKNOWN}
"""Where the rows of a label stand in a histogram."""


def histograms(
    engine: Engine,
    table: ibis.Table,
    slicings: Mapping[str, Slicing],
    needs: Needs,
    *,
    clustered: bool,
    weighted: bool,
) -> dict[tuple[str, Grouping], dict[Key, Histogram]]:
    """Every histogram that is needed, by column and grouping, on every slice."""
    if not needs.histograms:
        return {}
    finer = _finer(needs, slicings)
    counted = sorted({*finer.values()})
    ranked = {finer["score", by] for by in needs.ranked} if clustered or weighted else set()
    group = _group(table.unit if clustered else table.id) if ranked else None
    parts = [
        (by, _buckets(table, column, by, group if (column, by) in ranked else None, weighted=weighted))
        for column, by in counted
    ]
    found = dict(
        zip(counted, found_by_part(engine, parts, needs.sliced_by, "counting values by bucket"), strict=True)
    )
    return {
        need: _by_slice(found[finer[need]], need[1], slicings, GROUPS if finer[need] in ranked else 0)
        for need in needs.histograms
    }


def _finer(needs: Needs, slicings: Mapping[str, Slicing]) -> dict[tuple[str, Grouping], tuple[str, Grouping]]:
    """What each histogram is counted by: groupings are joined while they make few slices, so that rows are read less often."""
    joined: dict[tuple[str, Grouping], tuple[str, Grouping]] = {}
    for column in sorted({column for column, _ in needs.histograms}):
        parts: list[Grouping] = []
        for by in sorted((by for each, by in needs.histograms if each == column), key=len, reverse=True):
            wider = [grouping((*part, *by)) for part in parts]
            fit = [at for at, each in enumerate(wider) if _slices(each, slicings) <= MOST_SLICES]
            if fit:
                parts[fit[0]] = wider[fit[0]]
            else:
                parts.append(by)
        for each, by in needs.histograms:
            if each == column:
                joined[column, by] = (column, next(part for part in parts if {*by} <= {*part}))
    return joined


def _slices(by: Grouping, slicings: Mapping[str, Slicing]) -> int:
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


def _group(whose: Any) -> Any:
    """The random group of a unit, by the first five bits of its MD5 digest."""
    digest = md5(whose.cast("string"))
    return (
        2 * ibis.literal("0123456789abcdef").find(digest.substr(0, 1))
        + ibis.cases((digest.substr(1, 1) >= "8", 1), else_=0)
    ).cast("int64")


def _bucket_of(value: Any, column: str) -> Any:
    """The bucket of a value: of items, which are numbered, one for each."""
    return (
        value.cast("int64") if column.startswith("=item@") else _bucket(value, probability=column == "score")
    )


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
    n, scores, by_group = (np.zeros((len(bucket), *shape)) for shape in ((3,), (3,), (groups, 2)))
    np.add.at(n, (at, label), parts[:, 3])
    labelled = label < UNKNOWN
    np.add.at(scores, (at[labelled], label[labelled]), parts[labelled, 4])
    np.add.at(scores, (at[labelled], 2), parts[labelled, 5])
    if groups:
        np.add.at(by_group, (at[labelled], group[labelled], label[labelled]), parts[labelled, 3])
    return Histogram(bucket, least, greatest, n, scores, by_group)
