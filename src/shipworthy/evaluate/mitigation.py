"""Candidates that treat groups by themselves so that a model is fairer, and the candidates that they are to be held against."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from shipworthy.spec.model import Candidate, Product


OPTIONS = ("reweigh", "thresholds_by", "equalise")
"""The options that mitigate."""

INDIFFERENT = (*OPTIONS, "threshold", "cost")
"""What a mitigated candidate and its counterpart may differ in."""


def mitigation(product: Product, name: str) -> str:
    """How a candidate mitigates, as product.yaml says it; "" where it does not.

    Thresholds by a column that is not protected, and that equalise no rate, only serve value.
    """
    candidate = product.candidates.get(name)
    if candidate is None:
        return ""
    protected = {item.column for item in product.protected}
    by_value = candidate.thresholds_by not in protected and candidate.equalise is None
    told = [key for key in OPTIONS if getattr(candidate, key) and not (key == "thresholds_by" and by_value)]
    return ", ".join(f"{key}: {getattr(candidate, key)}" for key in told)


def counterpart(product: Product, name: str) -> str:
    """The first candidate that is the same without the mitigation; "" where there is none."""
    if not mitigation(product, name):
        return ""
    own = _rest(product.candidates[name])
    plain = (
        other
        for other, each in product.candidates.items()
        if _rest(each) == own and each.abstain is None and not any(getattr(each, key) for key in OPTIONS)
    )
    return next(plain, "")


def _rest(candidate: Candidate) -> dict[str, object]:
    return candidate.model_dump(mode="json", exclude=set(INDIFFERENT))
