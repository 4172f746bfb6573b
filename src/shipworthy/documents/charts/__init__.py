"""The memo's charts: drawn as SVG, told in words, readable without colour."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shipworthy.documents.charts.drawing import Chart, Panel
from shipworthy.documents.charts.fairness import protected_groups
from shipworthy.documents.charts.intervals import intervals
from shipworthy.documents.charts.reliability import reliability
from shipworthy.documents.charts.slices import slices
from shipworthy.documents.charts.thresholds import thresholds

if TYPE_CHECKING:
    from shipworthy.evidence import Evaluation
    from shipworthy.spec.model import Product


def drawn(product: Product, evaluation: Evaluation, candidate: str | None) -> tuple[Chart, ...]:
    """Every chart of the memo; one without data has no panels and says why."""
    found = (intervals(product, evaluation, candidate), slices(product, evaluation, candidate))
    fair = protected_groups(product, evaluation, candidate)
    if product.predicts.kind != "binary":  # only yes/no answers have a threshold
        return (*found, *fair)
    asked = reliability(evaluation, candidate)
    return (*found, thresholds(product, evaluation, candidate), *((asked,) if asked else ()), *fair)


__all__ = ["Chart", "Panel", "drawn", "reliability"]
