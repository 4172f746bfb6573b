"""Metrics of ranked items: means over requests of how good their order is, and what the orders show in all."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from shipworthy.errors import InputError
from shipworthy.metrics.definition import Definition, Kind, of_column, wrong_arguments
from shipworthy.metrics.measured import Measured
from shipworthy.metrics.table import entry_of
from shipworthy.spec.claim import Metric
from shipworthy.spec.task import Task
from shipworthy.tally.cube import Cube, Key, present
from shipworthy.tally.histogram import Histogram

MOST_PLACES = 1_000

MEANS: Mapping[str, Kind] = {
    "ndcg": "bounded", "recall": "bounded", "precision": "bounded", "map": "bounded", "mrr": "bounded", "novelty": "mean",
}  # fmt: skip
"""Means over requests of a row value of the same name."""


def define_ranking(metric: Metric, task: Task) -> Definition:
    """The definition of a metric of ranked items.

    Raises:
        InputError: it takes other arguments, or looks at no place or at too many.
    """
    del task
    entry = entry_of(metric.name, "ranking")
    if entry.takes == ("column",):
        if len(metric.args) != 1 or not isinstance(metric.args[0], Metric):
            raise wrong_arguments(metric, entry, "ranking")
        return of_column(metric, entry, metric.args[0].name)
    if metric.args:
        raise wrong_arguments(metric, entry, "ranking")
    name, _, places = metric.name.partition("@")
    if places and not 1 <= int(places) <= MOST_PLACES:
        raise InputError(
            "metric.arguments",
            f"{metric} looks at {places} places; 1 to {MOST_PLACES:,} can be looked at",
            remedy=f"Write for example {name}@10.",
        )
    if name == "coverage":
        return Definition(metric, entry, "coverage", column=f"=item@{places}", answers={})
    value = f"={metric.name}"
    if name == "popularity_bias":
        shown, offered = f"=shown_popularity@{places}", "=offered_popularity"
        return Definition(metric, entry, "own", {shown: 1.0}, {offered: 1.0}, shown, answers={})
    return Definition(metric, entry, MEANS[name], {value: 1.0}, {present(value): 1.0}, value, answers={})


def coverage(slices: Mapping[Key, Histogram], cube: Cube) -> Measured:
    """The share of the offered items that stand among the first places of some request.

    More requests can only show more items, so that the share seen is itself the lower bound, and nothing is the upper.
    """
    value = np.array([_covered(slices.get(key, Histogram.empty())) for key in cube.keys], dtype=float)
    least = np.where(np.isnan(value), 0.0, value)
    most = np.ones(len(cube))
    counted = np.where(np.isnan(value), 0.0, cube.rows)
    method, notes = ("observed",) * len(cube), ("",) * len(cube)
    return Measured(
        cube.keys, value, least, most, least, most, counted, np.minimum(counted, cube.units), method, notes
    )


def _covered(histogram: Histogram) -> float:
    items = len(histogram.bucket)
    return float(np.sum(histogram.n[:, 1] > 0) / items) if items else np.nan
