"""Labels and a judge's answers that are worth so many labels alone, at the least cost."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

import numpy as np

from shipworthy.stats.floats import Floats

LEAST_LABELS = 30
"""Fewer do not show whether a judge errs: a judge that was right in 30 may still be wrong in 9.5 %."""

WINDOW = 2_000
"""So many numbers of labels on each side of a calculated one are tried; whole numbers move the best by less."""

ROUNDING = 1e-9


@dataclass(frozen=True)
class JudgingPrices:
    """What one person's label and one answer of the judge cost, in one currency."""

    label: float
    call: float


@dataclass(frozen=True)
class Mix:
    """Labels and judged rows in all, labelled ones included, and what the further ones cost.

    `worth` is how many labels alone would be as sure.
    """

    labels: int
    judged: int
    cost: float
    worth: float


@dataclass(frozen=True)
class Present:
    """What there is already: labelled rows, judged rows (labelled ones included), and the rows that could be judged."""

    labels: int = 0
    judged: int = 0
    rows: int | None = None


def worth(labels: float, judged: float, correlation: float) -> float:
    """How many labels alone are as sure as so many labels beside a judge: n M / ((1 - r^2) M + r^2 n).

    The effective sample size of prediction-powered inference (PPI++), M being the judged rows with the labelled ones: as
    n (n + N) / (n + (1 - r^2) N) with N rows that the judge alone answers.
    """
    part = correlation**2
    return labels * judged / ((1 - part) * judged + part * labels) if labels else 0.0


def cheapest(
    needed: int,
    correlation: float,
    prices: JudgingPrices,
    present: Present | None = None,
) -> Mix | None:
    """The cheapest labels and judged rows that are worth `needed` labels; None where the rows do not suffice.

    Without whole numbers n = k sqrt((1 - r^2) / label price) and M = k r / sqrt(call price) would be best; the whole numbers
    near it are tried, from LEAST_LABELS on.
    """
    have = present or Present()
    labels = _near(needed, correlation, prices, have)
    return cheapest_of(labels, judged_rows(labels, needed, correlation), correlation, prices, have)


def cheapest_of(
    labels: Floats, judged: Floats, correlation: float, prices: JudgingPrices, have: Present
) -> Mix | None:
    """The cheapest of numbers of labels with the judged rows that each needs (infinite: none do); None where all lack rows."""
    labels, judged = np.maximum(labels, have.labels), np.maximum(judged, have.judged)
    judged = np.maximum(judged, labels)
    possible = np.isfinite(judged) & (judged <= (np.inf if have.rows is None else have.rows))
    if not possible.any():
        return None
    labels, judged = labels[possible], judged[possible]
    costs = (labels - have.labels) * prices.label + (judged - have.judged) * prices.call
    at = int(np.argmin(costs))
    many, more = float(labels[at]), float(judged[at])
    return Mix(int(many), int(more), float(costs[at]), worth(many, more, correlation))


def _near(needed: int, correlation: float, prices: JudgingPrices, have: Present) -> Floats:
    """The numbers of labels to try: near the calculated best, near those that go with all there is to judge, and the ends."""
    part = min(correlation**2, 1.0)
    least, most = max(have.labels, min(LEAST_LABELS, needed)), max(have.labels, needed)
    dearness = sqrt(prices.call / prices.label) if prices.label else 1.0
    centres = [float(least), float(most), needed * ((1 - part) + sqrt(part * (1 - part)) * dearness)]
    centres += [
        (1 - part) / (1 / needed - part / judged)
        for judged in (have.judged, have.rows or 0)
        if judged > part * needed * (1 + ROUNDING)
    ]
    tried = [np.arange(int(each) - WINDOW, int(each) + WINDOW, dtype=np.float64) for each in centres]
    return np.unique(np.clip(np.concatenate(tried), least, most))


def judged_rows(labels: Floats, needed: int, correlation: float) -> Floats:
    """The least whole number M of judged rows with 1 / needed >= r^2 / M + (1 - r^2) / n; infinite where the labels are too few."""
    part = min(correlation**2, 1.0)
    left = 1 / needed - (1 - part) / labels
    enough = left > ROUNDING / needed
    judged = np.ceil(part / np.where(enough, left, 1.0) - ROUNDING * needed)
    return np.where(labels >= needed, labels, np.where(enough, judged, np.inf))
