"""The operating threshold of a candidate that scores: chosen on validation rows, then frozen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from shipworthy.evaluate.curve import curve, in_theory, regret, regret_words
from shipworthy.evaluate.options import (
    AtBound,
    Weights,
    at_bounds,
    best,
    goal,
    money_of,
    options_of,
    shortfall,
)
from shipworthy.evidence import CurvePoint, OperatingPoint, Regret
from shipworthy.judge import Claim
from shipworthy.tally.histogram import Histogram
from shipworthy.tally.needs import OVERALL, Needs

if TYPE_CHECKING:
    from shipworthy.spec.model import Value

PROVABLE = "with a margin that the test rows can prove"


@dataclass(frozen=True)
class Frozen:
    """An operating point, why it was chosen, and what each threshold would have given."""

    point: OperatingPoint
    why: str
    curve: tuple[CurvePoint, ...] = ()
    regret: Regret | None = None
    notes: tuple[str, ...] = ()

    @property
    def threshold(self) -> float:
        """Predict positive from this score on."""
        return self.point.threshold


def validation_needs(by: str = "") -> Needs:
    """What the choice of a threshold needs of the validation rows: the scores by label, for each group where `by` is given."""
    groups = {("score", (by,))} if by else set()
    return Needs(histograms=frozenset({("score", OVERALL), *groups}))


def freeze(
    histogram: Histogram,
    claims: Sequence[Claim],
    value: Value | None,
    test: tuple[int, int],
    given: float | None,
    *,
    clustered: bool = False,
    weights: Weights | None = None,
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
        clustered: whether several rows come from one unit: then intervals of the curve would be too narrow, and there
            are none.
        weights: the rows and squared weights of the histogram, where rows differ in weight.
    """
    options, bounds = options_of(histogram, weights), at_bounds(claims)
    if not len(options):
        if given is not None:
            return Frozen(OperatingPoint(given), "given in product.yaml")
        return Frozen(OperatingPoint(0.5), "0.5, as no validation row has a label and a score to choose by")
    missing = shortfall(options, bounds, test)
    chosen = best(goal(options, money_of(value) if value else None), missing)
    threshold = float(options.thresholds[chosen]) if given is None else given
    why = reason(bounds, value, met=bool((missing <= 0).any())) if given is None else "given in product.yaml"
    drawn = curve(options, value, threshold, clustered=clustered)
    found = None if clustered or value is None else regret(options, value, missing, threshold)
    notes = (in_theory(histogram, value), regret_words(found, value))
    return Frozen(OperatingPoint(threshold), why, drawn, found, tuple(note for note in notes if note))


def reason(bounds: Sequence[AtBound], value: Value | None, *, met: bool) -> str:
    """Why a choice was made: what it is greatest in, and which bounds it keeps or is nearest to."""
    named = " and ".join(str(bound) for bound, _, _ in bounds)
    if not met:
        return f"the nearest to {named}, which no threshold meets on validation {PROVABLE}"
    under = f" among those that meet {named} {PROVABLE}" if bounds else ""
    return (
        f"greatest {'expected value' if value else 'recall minus false positive rate'} on validation{under}"
    )
