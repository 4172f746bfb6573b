"""Histograms of a log: the values of a column by bucket, label and slice, all in one statement."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import ibis
import numpy as np

from shipworthy.query.engine import Engine
from shipworthy.query.parts import floats, found_by_part, keys_of, slices_of
from shipworthy.query.slicing import Slicing
from shipworthy.query.source import md5
from shipworthy.query.values import row_value
from shipworthy.tally.cube import Floats, Key
from shipworthy.tally.histogram import Histogram
from shipworthy.tally.needs import Grouping, Needs

if TYPE_CHECKING:
    import pyarrow as pa

LOG_BUCKET = 0.005
"""Width of a value bucket on the logarithmic scale: neighbours differ by at most 0.5 %."""

LOGIT_BUCKETS = 64
"""Buckets of a probability per unit of its logit."""

GROUPS = 32
"""Random groups of units, whose spread stands for that of units where a figure is no sum."""

COUNTS = ("rows", "negative", "positive")
SUMS = ("negatives", "positives", "squares")


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
    wanted = sorted(needs.histograms)
    if not wanted:
        return {}
    grouped = (clustered or weighted) and any(column == "score" for column, _ in wanted)
    whose = (table.unit if clustered else table.id) if grouped else None
    parts = [(by, _buckets(table, column, by, whose, weighted=weighted)) for column, by in wanted]
    found = found_by_part(engine, parts, needs.sliced_by, "counting values by bucket")
    return {
        need: _by_slice(rows, need[1], slicings, GROUPS if grouped and need[0] == "score" else 0)
        for need, rows in zip(wanted, found, strict=True)
    }


def _buckets(table: ibis.Table, column: str, by: Grouping, whose: Any, *, weighted: bool) -> ibis.Table:
    score = column == "score"
    group = _group(whose) if whose is not None and score else ibis.literal(0, "int64")
    valued = table.mutate(value=row_value(table, column), group=group)
    valued = valued.filter(valued.value.notnull())
    valued = valued.mutate(bucket=_bucket(valued.value, probability=score))
    weight = valued.weight if weighted else ibis.literal(1.0)
    label, binary = valued.label, valued.label.type().is_boolean()
    sums = {"rows": weight.sum() if weighted else valued.count()}
    if binary:
        sums |= {
            "negative": weight.sum(where=~label) if weighted else (~label).sum(),
            "positive": weight.sum(where=label) if weighted else label.sum(),
        }
    else:
        sums |= dict.fromkeys(("negative", "positive"), ibis.literal(0.0))
    if score and binary:
        value = valued.value * weight if weighted else valued.value
        sums |= {
            "negatives": value.sum(where=~label),
            "positives": value.sum(where=label),
            "squares": (value * valued.value).sum(where=label.notnull()),
        }
    else:
        sums |= dict.fromkeys(SUMS, ibis.null("float64"))
    keys = [*slices_of(by), "bucket", *(["group"] if whose is not None else [])]
    counted = valued.group_by(keys).aggregate(least=valued.value.min(), greatest=valued.value.max(), **sums)
    numbers = {name: counted[name].cast("float64") for name in (*COUNTS, *SUMS)}
    own = {"group": counted.group} if whose is not None else {}
    return counted.select(*slices_of(by), "bucket", "least", "greatest", **own, **numbers)


def _group(whose: Any) -> Any:
    """The random group of a unit, by the first five bits of its MD5 digest."""
    digest = md5(whose.cast("string"))
    return (
        2 * ibis.literal("0123456789abcdef").find(digest.substr(0, 1))
        + ibis.cases((digest.substr(1, 1) >= "8", 1), else_=0)
    ).cast("int64")


def _bucket(value: Any, *, probability: bool) -> Any:
    """A bucket number that rises with the value: logarithmic in size with a bucket for zero; on the logit inside (0, 1) for scores."""
    size = (
        200_000 + ibis.least(value.abs().ln() / LOG_BUCKET, 190_000.0).floor()
    )  # the least keeps infinity inside
    signed = ibis.cases((value == 0.0, 0.0), (value > 0.0, size), else_=-size)
    if not probability:
        return signed.cast("int64")
    inside = ((value / (1.0 - value)).ln() * LOGIT_BUCKETS).floor()
    outside = ibis.cases((value <= 0.0, signed - 1_000_000), else_=signed + 1_000_000)
    return ibis.cases(((value > 0.0) & (value < 1.0), inside), else_=outside).cast("int64")


def _by_slice(
    found: pa.Table, by: Grouping, slicings: Mapping[str, Slicing], groups: int
) -> dict[Key, Histogram]:
    rows: dict[Key, list[int]] = {}
    for position, key in enumerate(keys_of(found, by, slicings)):
        rows.setdefault(key, []).append(position)
    parts = np.column_stack([floats(found[name]) for name in ("bucket", "least", "greatest", *COUNTS, *SUMS)])
    group = np.asarray(found["group"].to_numpy(), dtype=int) if groups else np.zeros(len(parts), dtype=int)
    return {key: _histogram(parts[at], group[at], groups) for key, at in rows.items()}


def _histogram(parts: Floats, group: Any, groups: int) -> Histogram:
    """One histogram from rows that may name a bucket more than once."""
    bucket, at = np.unique(parts[:, 0], return_inverse=True)
    least, greatest = np.full(len(bucket), np.inf), np.full(len(bucket), -np.inf)
    np.minimum.at(least, at, parts[:, 1])
    np.maximum.at(greatest, at, parts[:, 2])
    rows, negative, positive = parts[:, 3:6].T
    n, scores, by_group = (np.zeros((len(bucket), *shape)) for shape in ((3,), (3,), (groups, 2)))
    np.add.at(n, at, np.column_stack([negative, positive, rows - negative - positive]))
    np.add.at(scores, at, parts[:, 6:9])
    if groups:
        np.add.at(by_group, (at, group), parts[:, 4:6])
    return Histogram(bucket, least, greatest, n, scores, by_group)
