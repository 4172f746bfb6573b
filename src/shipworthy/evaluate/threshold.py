"""The operating threshold of a candidate that scores: chosen on validation rows, then frozen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from shipworthy.evidence import CurvePoint
from shipworthy.judge import Claim
from shipworthy.metrics import Definition
from shipworthy.spec.language import Bound
from shipworthy.spec.model import Value
from shipworthy.stats.proportion import clopper_pearson_lower, clopper_pearson_upper
from shipworthy.tally.cube import Floats
from shipworthy.tally.histogram import Histogram
from shipworthy.tally.needs import OVERALL, Needs

CURVE_POINTS = 60


@dataclass(frozen=True)
class Frozen:
    """A threshold (predict positive from this score on), why it was chosen, and what each one would have given."""

    threshold: float
    why: str
    curve: tuple[CurvePoint, ...] = ()


@dataclass(frozen=True, eq=False)
class _Options:
    """Every threshold that tells the validation rows apart, in ascending order, with the cells that it gives."""

    thresholds: Floats
    cells: dict[str, Floats]

    def total(self, combination: dict[str, float]) -> Floats:
        return np.asarray(
            sum(weight * self.cells.get(name, 0.0) for name, weight in combination.items())
            + 0.0 * self.thresholds
        )

    def share(self, definition: Definition) -> Floats:
        trials = self.total(dict(definition.denominator))
        with np.errstate(invalid="ignore", divide="ignore"):
            return np.where(trials > 0, self.total(dict(definition.numerator)) / trials, np.nan)


def validation_needs() -> Needs:
    """What the choice of a threshold needs of the validation rows: the scores by label."""
    return Needs(histograms=frozenset({("score", OVERALL)}))


def freeze(
    histogram: Histogram,
    claims: Sequence[Claim],
    value: Value | None,
    test: tuple[int, int],
    given: float | None,
) -> Frozen:
    """The threshold of a candidate.

    The one that is given; else, among those that meet every `at` bound with a margin that the test rows can prove,
    the one of greatest expected value (of greatest recall minus false positive rate where no money is stated).

    Args:
        histogram: the scores of the labelled validation rows.
        claims: the product's claims, whose `at` clauses bind the threshold.
        value: the money of each outcome.
        test: how many positive and negative test rows there are.
        given: the threshold that product.yaml states.
    """
    options = _options(histogram)
    net = _net_value(options, value)
    curve = _curve(options, net if value else None)
    if given is not None:
        return Frozen(given, "given in product.yaml", curve)
    if not len(options.thresholds):
        return Frozen(0.5, "0.5, as no validation row has a label and a score to choose by", curve)
    bounds = [
        (claim.requirement.at, claim.at, claim.requirement.confidence)
        for claim in claims
        if claim.at and claim.requirement.at and claim.at.kind == "share"
    ]
    shortfall = np.zeros(len(options.thresholds))
    for bound, definition, level in bounds:
        shortfall = np.maximum(shortfall, _shortfall(options, bound, definition, test, level))
    allowed = shortfall <= 0
    goal = "expected value" if value else "recall minus false positive rate"
    named = " and ".join(str(bound) for bound, _, _ in bounds)
    if not allowed.any():
        best = int(np.lexsort((-net, shortfall))[0])
        return Frozen(
            float(options.thresholds[best]),
            f"the nearest to {named}, which no threshold meets on validation with a margin that the test rows can prove",
            curve,
        )
    best = int(np.argmax(np.where(allowed, net, -np.inf)))
    under = f" among those that meet {named} with a margin that the test rows can prove" if bounds else ""
    return Frozen(float(options.thresholds[best]), f"greatest {goal} on validation{under}", curve)


def _options(histogram: Histogram) -> _Options:
    """Thresholds at the least score of each bucket, and one above the greatest score (nothing is flagged)."""
    labelled = histogram.n[:, :2].sum(axis=1) > 0
    if not labelled.any():
        return _Options(np.zeros(0), {})
    positives, negatives = histogram.above()
    all_positive, all_negative = histogram.n[:, 1].sum(), histogram.n[:, 0].sum()
    tp, fp = np.append(positives, 0.0), np.append(negatives, 0.0)
    thresholds = np.append(histogram.least, np.nextafter(histogram.greatest[-1], np.inf))
    return _Options(thresholds, {"tp": tp, "fp": fp, "fn": all_positive - tp, "tn": all_negative - fp})


def _net_value(options: _Options, value: Value | None) -> Floats:
    """The goal at each threshold: money per decision, or Youden's index where no money is stated."""
    if not len(options.thresholds):
        return np.zeros(0)
    cells = options.cells
    if value is None:
        return _of(cells["tp"], cells["fn"]) - _of(cells["fp"], cells["tn"])
    money = {
        "tp": value.true_positive,
        "fn": value.false_negative,
        "fp": value.false_positive,
        "tn": value.true_negative,
    }
    rows = cells["tp"] + cells["fn"] + cells["fp"] + cells["tn"]
    return options.total(money) / rows


def _of(part: Floats, rest: Floats) -> Floats:
    whole = part + rest
    return np.divide(part, whole, out=np.zeros_like(part), where=whole > 0)


def _shortfall(
    options: _Options, bound: Bound, definition: Definition, test: tuple[int, int], level: float
) -> Floats:
    """By how much the bound that the test rows could prove at this rate misses the threshold (<= 0: it would be met)."""
    share = np.nan_to_num(options.share(definition), nan=0.0 if bound.at_least else 1.0)
    trials = _expected_trials(options, definition, test)
    if bound.at_least:
        return bound.value - np.asarray(clopper_pearson_lower(share * trials, trials, level))
    return np.asarray(clopper_pearson_upper(share * trials, trials, level)) - bound.value


def _expected_trials(options: _Options, definition: Definition, test: tuple[int, int]) -> Floats:
    """How many test rows the metric will count, at the validation rates of each class."""
    positives, negatives = test
    per_class = {
        "tp": positives * _of(options.cells["tp"], options.cells["fn"]),
        "fn": positives * _of(options.cells["fn"], options.cells["tp"]),
        "fp": negatives * _of(options.cells["fp"], options.cells["tn"]),
        "tn": negatives * _of(options.cells["tn"], options.cells["fp"]),
    }
    return np.asarray(
        sum(per_class.get(name, 0.0) for name in definition.denominator) + np.zeros(len(options.thresholds))
    )


def _curve(options: _Options, net: Floats | None) -> tuple[CurvePoint, ...]:
    """At most CURVE_POINTS thresholds, spread evenly over their ranks."""
    count = len(options.thresholds)
    if not count:
        return ()
    picked = sorted({round(at) for at in np.linspace(0, count - 1, min(count, CURVE_POINTS))})
    cells = options.cells
    recall, false_positive_rate = _of(cells["tp"], cells["fn"]), _of(cells["fp"], cells["tn"])
    return tuple(
        CurvePoint(
            float(options.thresholds[i]),
            None if net is None else float(net[i]),
            float(recall[i]),
            float(false_positive_rate[i]),
        )
        for i in picked
    )
