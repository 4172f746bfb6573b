"""A band of scores that goes to a person: by what a review costs against an error, or with a proved error of the rest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from shipworthy.errors import InputError
from shipworthy.evaluate.curve import curve
from shipworthy.evaluate.options import (
    Options,
    Weights,
    at_bounds,
    best,
    goal,
    money_of,
    options_of,
    shortfall,
)
from shipworthy.evaluate.threshold import PROVABLE, Frozen
from shipworthy.evidence import OperatingPoint
from shipworthy.judge import Claim
from shipworthy.stats.conformal import controlled
from shipworthy.tally.cube import Floats
from shipworthy.tally.histogram import Histogram

if TYPE_CHECKING:
    from shipworthy.spec.candidate import Abstain
    from shipworthy.spec.model import Value

MOST_ENDS = 300
"""Thresholds that are tried as an end of the band, spread evenly over their ranks."""

LEVEL = 0.95
"""How sure it is that the error among automated answers is at most the stated one."""


@dataclass(frozen=True, eq=False)
class Bands:
    """Choices of a band: from `low` (O,) up to the thresholds of `options`, whose cells xp and xn go to a person."""

    low: Floats
    options: Options

    def point(self, at: int) -> OperatingPoint:
        """The operating point of one choice."""
        return OperatingPoint(float(self.options.thresholds[at]), review_from=float(self.low[at]))


EVERYTHING = OperatingPoint(float(np.nextafter(1.0, 2.0)), review_from=0.0)
"""The band that no probability lies outside of."""


def review_money(value: Value | None, abstain: Abstain) -> dict[str, float]:
    """The money of a row that a person decides, by its label; empty where no money is stated.

    The price of the review, and what the person's answer brings: a right one with the reviewer's accuracy.
    """
    if value is None:
        return {}
    price = value.review if abstain.review is None else abstain.review
    right = abstain.reviewer_accuracy
    return {
        "xp": price + right * value.true_positive + (1 - right) * value.false_negative,
        "xn": price + right * value.true_negative + (1 - right) * value.false_positive,
    }


def freeze_band(
    histogram: Histogram,
    abstain: Abstain,
    claims: Sequence[Claim],
    value: Value | None,
    test: tuple[int, int],
    *,
    clustered: bool = False,
    weights: Weights | None = None,
) -> Frozen:
    """The band of greatest expected value on validation rows, or of those whose automated error is proved.

    Args:
        histogram: the scores of the labelled validation rows.
        abstain: what a review costs, how often the person is right, and the error that automated answers may have.
        claims: the product's claims, whose `at` clauses bind the automated answers.
        value: the money of each outcome; without it `abstain.error` must be given.
        test: how many positive and negative test rows there are.
        clustered: whether several rows come from one unit.
        weights: the rows and squared weights of the histogram, where rows differ in weight.

    Raises:
        InputError: an error is to be proved, and scores are no probabilities, or rows not independent or not alike in
            weight.
    """
    options = options_of(histogram, weights)
    if not len(options):
        return Frozen(
            EVERYTHING,
            "every row goes to a person, as no validation row has a label and a score to choose by",
        )
    money = {**money_of(value), **review_money(value, abstain)} if value else None
    if abstain.error is not None:
        rows = _provable(histogram, weights, clustered=clustered)
        point, why = _proved(confident_bands(options_of(rows), rows), abstain.error, money, claims, test)
    else:
        point, why = _worth_most(options, money, claims, test)
    return Frozen(point, why, curve(options, value, point.threshold, clustered=clustered))


def _worth_most(
    options: Options, money: Mapping[str, float] | None, claims: Sequence[Claim], test: tuple[int, int]
) -> tuple[OperatingPoint, str]:
    """The band of greatest expected value among all, or among those that meet the `at` bounds."""
    ends = options
    if len(options) > MOST_ENDS:
        ends = options.select(np.round(np.linspace(0, len(options) - 1, MOST_ENDS)).astype(int))
    found = bands(ends, *np.triu_indices(len(ends)))
    bounds = at_bounds(claims)
    missing = shortfall(found.options, bounds, test)
    named = " and ".join(str(bound) for bound, _, _ in bounds)
    under = f" among those that meet {named} {PROVABLE}" if bounds else ""
    why = f"the band of scores for a person with the greatest expected value on validation{under}"
    if not (missing <= 0).any():
        why = f"the band of scores for a person that is nearest to {named}, which none meets on validation {PROVABLE}"
    return found.point(best(goal(found.options, money), missing)), why


def bands(options: Options, low: np.ndarray, high: np.ndarray) -> Bands:
    """The bands between these choices of a threshold, by position: `low` is never above `high`."""
    cells = options.cells
    tp, fp, fn, tn = cells["tp"][high], cells["fp"][high], cells["fn"][low], cells["tn"][low]
    left = {"xp": cells["tp"][low] - tp, "xn": cells["fp"][low] - fp}
    given = Options(options.thresholds[high], {"tp": tp, "fp": fp, "fn": fn, "tn": tn, **left})
    return Bands(options.thresholds[low], given)


def _proved(
    found: Bands,
    error: float,
    money: Mapping[str, float] | None,
    claims: Sequence[Claim],
    test: tuple[int, int],
) -> tuple[OperatingPoint, str]:
    """Of the bands whose automated error is proved, the one worth most, or that automates most without money."""
    cells = found.options.cells
    wrong, answered = cells["fp"] + cells["fn"], cells["tp"] + cells["fp"] + cells["fn"] + cells["tn"]
    safe = controlled(wrong, answered, error, LEVEL)
    sure = f"an error of at most {100 * error:.4g} % among automated answers, {100 * LEVEL:.4g} % sure"
    if not safe.any():
        return (
            EVERYTHING,
            f"every row goes to a person: {round(answered[-1]):,} validation rows prove no band with {sure}",
        )
    missing = shortfall(found.options, at_bounds(claims), test)
    worth = answered if money is None else goal(found.options, money)
    chosen = best(worth, missing, safe)
    most = "the greatest expected value" if money else "the most automated answers"
    seen = f"{round(wrong[chosen]):,} of {round(answered[chosen]):,} wrong on validation"
    return found.point(chosen), f"the band for a person with {most} of those that prove {sure} ({seen})"


def confident_bands(options: Options, histogram: Histogram) -> Bands:
    """Nested bands, the widest first: rows are automated whose score is at least as far from a half as some distance.

    The distances are those of the scores, whatever their labels, as the tests of `controlled` need it (the rule of
    Chow 1970: right for calibrated scores; for others some automation is lost, and never the guarantee).
    """
    ends = options.thresholds
    apart = np.unique(np.append(np.abs(ends - 0.5), 0.0))[::-1]
    high = np.minimum(np.searchsorted(ends, 0.5 + apart), len(ends) - 1)
    low = np.minimum(np.searchsorted(ends, 0.5 - apart, side="right"), high)
    found = bands(options, low, high)
    # Scores that nobody has seen between two buckets, or beyond the outermost, go to a person.
    below = np.where(
        low > 0, np.nextafter(histogram.greatest[low - 1], np.inf), np.minimum(ends[0], 0.5 - apart)
    )
    outer = replace(found.options, thresholds=np.maximum(found.options.thresholds, 0.5 + apart))
    return Bands(below, outer)


def _provable(histogram: Histogram, weights: Weights | None, *, clustered: bool) -> Histogram:
    """The scores by rows: a guarantee needs independent rows of one weight, and scores that say how sure they are."""
    if clustered:
        raise InputError(
            "abstain.units",
            "the error of automated answers cannot be proved, as several rows come from one unit",
            remedy="Leave error: out of abstain: and state what a review costs, or give one row per unit.",
        )
    if weights and weights.differ(histogram, labelled=True):
        rows = weights.rows.n[:, :2].sum()
        raise InputError(
            "abstain.weights",
            f"the error of automated answers cannot be proved, as the {rows:,.0f} validation rows differ in weight"
            f" (they are worth {weights.worth(histogram, labelled=True):,.3g} rows of one weight)",
            remedy="Leave error: out of abstain: and state what a review costs, or give validation rows of one weight.",
        )
    if histogram.least[0] < 0 or histogram.greatest[-1] > 1:
        ends = f"{histogram.least[0]:.4g} to {histogram.greatest[-1]:.4g}"
        raise InputError(
            "abstain.scores",
            f"the error of automated answers is proved for scores that are probabilities, and these go from {ends}",
            remedy="Leave error: out of abstain: and state what a review costs, or bring the scores to 0 to 1.",
        )
    return histogram if weights is None else weights.rows
