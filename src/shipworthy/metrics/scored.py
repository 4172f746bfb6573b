"""What metrics of a score share: the histogram of a slice, the rows that have a score, and what clustered rows are worth."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from shipworthy.metrics.sums import ratio_of
from shipworthy.stats import jackknife
from shipworthy.tally.cube import CELLS, Cube, Floats, Key
from shipworthy.tally.histogram import Histogram

POSITIVE, NEGATIVE = (dict.fromkeys(CELLS[at : at + 3], 1.0) for at in (0, 3))
LABELLED = {**POSITIVE, **NEGATIVE}


@dataclass(frozen=True, eq=False)
class Class:
    """The labelled rows of one class on a slice: how many rows, and what they are worth as units of equal weight."""

    rows: float
    units: float


@dataclass(frozen=True, eq=False)
class Scores:
    """The scores of one slice.

    Attributes:
        histogram: as counted, weighted where the log has weights.
        positives: the class of rows with a positive label, in the same unit as `counts`.
        negatives: that with a negative label.
        labelled: how many labelled rows there are.
        seen: the share of them (of their weight) that has a score.
        scale: rows by weight: what the counts of the histogram are multiplied by to be rows.
    """

    histogram: Histogram
    positives: Class
    negatives: Class
    labelled: float
    seen: float
    scale: float

    @property
    def counts(self) -> tuple[Floats, Floats]:
        """Positives and negatives by bucket, as rows."""
        return self.histogram.n[:, 1] * self.scale, self.histogram.n[:, 0] * self.scale

    @property
    def n(self) -> float:
        """How many labelled rows have a score."""
        return float(np.round(self.labelled * self.seen))

    @property
    def units(self) -> float:
        """What they are worth as units."""
        return min(self.n, self.positives.units + self.negatives.units)

    @property
    def groups(self) -> Floats:
        """Negatives and positives by bucket and random group of units (B, G, 2), as rows; groups without any are left out."""
        filled = self._labelled_groups.sum(axis=(0, 2)) > 0
        return np.asarray(self._labelled_groups[:, filled] * self.scale)

    @property
    def _labelled_groups(self) -> Floats:
        return self.histogram.groups[..., :2]

    @property
    def clustered(self) -> bool:
        """Whether rows depend on each other or differ in weight."""
        return bool(self.histogram.groups.shape[1])

    @property
    def left_out(self) -> tuple[Floats, Floats]:
        """Positives and negatives by bucket without each group of units in turn (G, B)."""
        positives, negatives = self.counts
        groups = np.moveaxis(self.groups, 1, 0)
        return np.maximum(positives - groups[..., 1], 0), np.maximum(negatives - groups[..., 0], 0)

    @property
    def note(self) -> str:
        """Why there are no bounds, or no value."""
        return note_on(self.labelled, self.n)

    def worth(self, figure: Floats, independent: float, level: float) -> float:
        """What share of the counts is independent, by a figure with each group of units left out (G,)."""
        if not self.clustered:
            return 1.0
        fewer = min((self.positives, self.negatives), key=lambda each: each.units)
        variance = jackknife.variance(figure)
        groups = float(len(figure))
        return float(jackknife.effective_share(variance, independent, groups, fewer.rows, fewer.units, level))

    def worth_of_share(self, events: Floats, rows: Floats, own: Class, level: float) -> float:
        """What share of the rows of one class is independent, by the events and the rows of each group of units (G,)."""
        if not self.clustered or not own.rows:
            return 1.0
        return jackknife.trials(events, rows, own.rows, own.units, level) / own.rows


def note_on(labelled: float, scored: float) -> str:
    """Why a slice with so many labelled rows, and scores of so many of them, has no value or no bounds."""
    if not scored:
        return "no labelled row has a score"
    missing = round(labelled - scored)
    return f"{missing:,} labelled rows have no score, and it could be anything" if missing else ""


def scores_of(slices: Mapping[Key, Histogram], cube: Cube) -> tuple[Scores, ...]:
    """The scores of every slice of a cube."""
    positives, negatives = (ratio_of(cube, own, own) for own in (POSITIVE, NEGATIVE))
    rows, weight = cube.count(LABELLED), cube.total(LABELLED)
    found = []
    for at, key in enumerate(cube.keys):
        histogram = slices.get(key, Histogram.empty())
        weighed = float(histogram.n[:, :2].sum())
        whole = float(weight[at])
        found.append(
            Scores(
                histogram,
                Class(float(positives.n[at]), float(positives.units[at])),
                Class(float(negatives.n[at]), float(negatives.units[at])),
                float(rows[at]),
                min(weighed / whole, 1.0) if whole else 0.0,
                float(rows[at]) / whole if whole else 1.0,
            )
        )
    return tuple(found)
