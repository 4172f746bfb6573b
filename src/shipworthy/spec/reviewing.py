"""What a candidate that leaves some rows to a person must state: what they cost, or how often the rest may be wrong."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from shipworthy.errors import Problem
from shipworthy.spec.tree import Tree


def unpriced_reviews(product: dict[str, Any], tree: Tree) -> Iterator[Problem]:
    """Candidates with `abstain` for which no band could be chosen, or whose net value could not be told."""
    value, candidates = product.get("value"), product.get("candidates")
    for name, candidate in candidates.items() if isinstance(candidates, dict) else ():
        abstain = candidate.get("abstain") if isinstance(candidate, dict) else None
        if not isinstance(abstain, dict):
            continue
        place = tree.places.key("candidates", name, "abstain")
        priced = isinstance(value, dict) and value.get("review") is not None
        if isinstance(value, dict) and abstain.get("review") is None and not priced:
            message = f"candidates.{name} sends rows to a person, and nothing says what a review costs"
            remedy = "Add review: -0.40 (money per case) to value:, or to abstain:."
            yield Problem("spec.missing", message, place, remedy)
        if not isinstance(value, dict) and abstain.get("error") is None:
            message = f"candidates.{name} sends rows to a person, and nothing says which ones pay"
            remedy = (
                "Add a section value: with the money of each outcome and of a review, or bound the error of the rest: "
                "abstain: {error: 1 %}"
            )
            yield Problem("spec.missing", message, place, remedy)
