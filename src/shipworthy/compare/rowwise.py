"""The difference of two ratios as the mean of one value per row, with bounds that count what was never seen."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike, NDArray

from shipworthy.compare.contrast import Contrast, Fraction
from shipworthy.metrics.sums import Ratio, Sums
from shipworthy.stats.floats import quotient
from shipworthy.stats.paired_ratio import Parts, cells_difference
from shipworthy.stats.proportion import FEW_EVENTS
from shipworthy.stats.ratio import t_interval, t_lower, t_upper
from shipworthy.tally.cube import Cube, Floats

PARTS = [field.name for field in fields(Ratio)]


@dataclass(frozen=True, eq=False)
class RowWise:
    """The difference of a contrast's two ratios on S slices, each joint outcome worth a value (S, C).

    A row is worth (a1 - R1 b1) n / B1 - (a2 - R2 b2) n / B2 + (R1 - R2), whose mean over the n rows (by weight) is
    R1 - R2 and whose variance is the linearised one. Where both divide by the same rows, that is (a1 - a2) / b.
    """

    contrast: Contrast
    cube: Cube

    @cached_property
    def ratios(self) -> tuple[Floats, Floats]:
        """Both ratios (S,), NaN without a denominator."""
        first, second = (self._ratio(each) for each in (self.contrast.first, self.contrast.second))
        return first, second

    @property
    def value(self) -> Floats:
        """The difference (S,); NaN where either ratio has no denominator."""
        return self.ratios[0] - self.ratios[1]

    @property
    def known(self) -> NDArray[np.bool_]:
        """Where there is a difference."""
        return ~np.isnan(self.value)

    @cached_property
    def counts(self) -> Floats:
        """Rows of each joint outcome that counts (S, C)."""
        return np.stack([self.cube.count({cell: 1.0}) for cell in self.contrast.rows], axis=-1)

    @cached_property
    def weights(self) -> Floats:
        """The weight of each joint outcome that counts (S, C); the rows themselves where each weighs 1."""
        return np.stack([self.cube.total({cell: 1.0}) for cell in self.contrast.rows], axis=-1)

    @cached_property
    def weighed(self) -> Floats:
        """The rows, dealt to the joint outcomes by their share of the weight (S, C)."""
        return quotient(self.weights, self.weights.sum(axis=-1, keepdims=True), empty=0.0) * self.n[:, None]

    @property
    def n(self) -> Floats:
        """The rows that count for either (S,)."""
        return np.asarray(self.counts.sum(axis=-1))

    @cached_property
    def worth(self) -> Floats:
        """What a row of each joint outcome is worth (S, C); 0 where there is no difference."""
        parts = [self._residuals(each) for each in (self.contrast.first, self.contrast.second)]
        found = parts[0] - parts[1] + self.value[:, None]
        return np.where(self.known[:, None], found, 0.0)

    def _ratio(self, fraction: Fraction) -> Floats:
        return quotient(self.cube.total(fraction.numerator), self.cube.total(fraction.denominator))

    def _parts(self, fraction: Fraction) -> Parts:
        """What a row of each joint outcome adds to a ratio's numerator and denominator, each (C,)."""
        numerator, denominator = (
            np.array([part.get(cell, 0.0) for cell in self.contrast.rows])
            for part in (fraction.numerator, fraction.denominator)
        )
        return numerator, denominator

    def _residuals(self, fraction: Fraction) -> Floats:
        """(a - R b) n / B of each joint outcome."""
        a, b = (np.asarray(part) for part in self._parts(fraction))
        per_row = quotient(self.weights.sum(axis=-1), self.cube.total(fraction.denominator), empty=0.0)[
            :, None
        ]
        ratio = np.nan_to_num(self._ratio(fraction))[:, None]
        return np.asarray((a - ratio * b) * per_row)

    @cached_property
    def mean(self) -> Ratio:
        """The difference as a ratio over units: its variance, and what its rows are worth as units (all (S,))."""
        return self._mean_of(self.worth)

    @cached_property
    def _products(self) -> Floats:
        """The sums over units of the products of every two joint outcomes that count (S, C, C)."""
        rows = self.contrast.rows
        found = [self.cube.product({one: 1.0}, {other: 1.0}) for one in rows for other in rows]
        return np.stack(found, axis=-1).reshape(len(self.cube), len(rows), len(rows))

    def _mean_of(self, worth: Floats) -> Ratio:
        """The mean over all rows of what each is worth by its joint outcome (S, C)."""
        weighed = (worth[:, None, :] @ self._products)[:, 0]
        return Sums(
            (self.weights * worth).sum(axis=-1),
            self.weights.sum(axis=-1),
            (weighed * worth).sum(axis=-1),
            weighed.sum(axis=-1),
            self._products.sum(axis=(1, 2)),
            self.n,
        ).ratio

    @cached_property
    def _cuts(self) -> Ratio:
        """The share of rows worth more than each value but the greatest, as ratios over units (S, C - 1)."""
        cuts = np.sort(self.worth, axis=-1)[:, :-1]
        found = [self._mean_of((self.worth > cut[:, None]) * 1.0) for cut in cuts.T]
        return Ratio(*(np.stack([getattr(each, name) for each in found], axis=-1) for name in PARTS))

    def _independent(self, level: Floats) -> Floats:
        """What share of the rows is independent (S,): that of the cut by worth that is most clustered."""
        if not self.mean.clustered.any() or len(self.contrast.rows) < 2:
            return np.ones(len(self.cube))
        return quotient(self._cuts.trials(level[:, None]).min(axis=-1), self.n, empty=1.0)

    def bounds(self, level: ArrayLike) -> tuple[Floats, Floats]:
        """One-sided lower and upper bound at a level (S,): exact bounds of the outcomes' shares, combined (MOVER).

        Where units hold several rows, no tighter than Student's t over units.
        """
        levels = np.broadcast_to(np.asarray(level, dtype=np.float64), (len(self.cube),))
        counts = self.weighed * self._independent(levels)[:, None]
        ratios = (self._parts(self.contrast.first), self._parts(self.contrast.second))
        lower, upper = (cells_difference(counts, *ratios, levels, side) for side in ("lower", "upper"))
        mean = self.mean
        if mean.clustered.any():
            least, greatest = (
                bound(mean.value, mean.variance, mean.units, levels) for bound in (t_lower, t_upper)
            )
            lower = np.where(mean.clustered, np.minimum(lower, least), lower)
            upper = np.where(mean.clustered, np.maximum(upper, greatest), upper)
        return np.where(self.known, lower, -np.inf), np.where(self.known, upper, np.inf)

    def interval(self, confidence: float) -> tuple[Floats, Floats, tuple[str, ...]]:
        """The two-sided interval that people see, and its method: Student's t, unless rows of some worth are few."""
        low, high = t_interval(self.mean.value, self.mean.variance, self.mean.units, confidence)
        exact = self.bounds((1 + confidence) / 2)
        few = self._few()
        method = tuple("cells_exact" if each else "delta_t" for each in few)
        shown = [np.where(few | ~self.known, end, t) for end, t in zip(exact, (low, high), strict=True)]
        return shown[0], shown[1], method

    def _few(self) -> NDArray[np.bool_]:
        """Where fewer than FEW_EVENTS rows are worth more, or fewer are worth less, than the rest."""
        up = np.where(self.worth > 1e-12, self.counts, 0).sum(axis=-1)
        down = np.where(self.worth < -1e-12, self.counts, 0).sum(axis=-1)
        return np.asarray((up < FEW_EVENTS) | (down < FEW_EVENTS))
