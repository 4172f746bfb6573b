"""Whether so many labels and judged rows would prove a claim about a pass rate, if they showed what is to be expected."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from shipworthy.stats import prediction_powered
from shipworthy.stats.floats import Bools, Floats, floats
from shipworthy.stats.judge_errors import JudgeTable
from shipworthy.stats.judged import judged_counts

ENDLESS = 1e9
"""Judged rows beyond which more say nothing new."""

HALVINGS = 30
"""Halvings of the ratio of two numbers of rows that leave less than one row."""


@dataclass(frozen=True)
class Proof:
    """A claim, and a judge whose errors a pilot showed.

    What labels beside a judge are worth is a matter of variances. Where the judge is hardly ever wrong, few labels show no
    error at all, which is no proof that there are none: so the bound itself is asked. Half a row is added to each kind
    of the pilot.

    Attributes:
        rate: the present rate, by people's labels.
        bound: the claimed one.
        pilot: rows that both people and the judge answered.
        level: one-sided.
    """

    rate: float
    bound: float
    pilot: JudgeTable
    level: float

    def holds(self, labels: ArrayLike, judged: ArrayLike) -> Bools:
        """Whether the bound of the rate clears the claimed one, at the counts that are to be expected.

        Args:
            labels: labelled rows; an array asks for many plans at once.
            judged: judged rows, labelled ones included.
        """
        known, all_rows = floats(labels, judged)
        cells, others = self._shares, np.maximum(all_rows - known, 0)
        both, human_only, judge_only, neither = (known * each for each in cells)
        passed = others * (cells[0] + cells[2])
        found = prediction_powered.prediction_powered(
            judged_counts(both, human_only, judge_only, neither, passed, others)
        )
        if self.rate > self.bound:
            return np.asarray(prediction_powered.lower(found, self.level) > self.bound)
        return np.asarray(prediction_powered.upper(found, self.level) < self.bound)

    def judged(self, labels: Floats, share: float) -> Floats:
        """The least judged rows with which each number of labels proves the claim; infinite where none do.

        Args:
            labels: numbers of labels.
            share: what part of labels and judged rows must prove it, so that all do with a greater chance.
        """
        low, high = labels, np.full(labels.shape, ENDLESS)
        possible = self.holds(labels * share, high * share)
        for _ in range(HALVINGS):
            middle = np.sqrt(low * high)
            proved = self.holds(labels * share, middle * share)
            low, high = np.where(proved, low, middle), np.where(proved, middle, high)
        return np.where(possible, np.ceil(high), np.inf)

    @property
    def _shares(self) -> tuple[float, float, float, float]:
        """Of rows that both let pass, people alone, the judge alone, nobody."""
        hits = (self.pilot.both + 0.5) / (self.pilot.passed + 1)
        alarms = (self.pilot.judge_only + 0.5) / (self.pilot.failed + 1)
        passes, fails = self.rate, 1 - self.rate
        return passes * hits, passes * (1 - hits), fails * alarms, fails * (1 - alarms)
