"""How a candidate's score becomes an answer, in words: one threshold, one for each group, or a band for a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shipworthy.documents.figure import Figure, Scale, Sentence, figure, sentence
from shipworthy.documents.wording import supported_decimals

if TYPE_CHECKING:
    from shipworthy.evidence import CandidateFacts


def operating_words(facts: CandidateFacts, path: str) -> Sentence:
    """The operating point of a candidate whose facts stand at `path` in the record."""
    if facts.threshold is None:
        return ("none",)
    whole = _threshold(facts.threshold, f"{path}/threshold")
    if facts.thresholds_by:
        own = [
            (f"{group} ", _threshold(each, f"{path}/thresholds/{_escaped(group)}"), "; ")
            for group, each in facts.thresholds.items()
        ]
        return sentence(f"by {facts.thresholds_by}: ", *own, "else ", whole)
    if facts.review_from is None:
        return (whole,)
    if facts.review_from <= 0 and facts.threshold > 1:
        return ("every row to a person",)
    if facts.review_from >= facts.threshold:
        return sentence(whole, ", no band for a person")
    low = _threshold(facts.review_from, f"{path}/review_from")
    return sentence("no below ", low, ", yes from ", whole, ", a person between")


def _threshold(value: float, path: str) -> Figure:
    """A threshold to three digits."""
    return figure(value, path, Scale(), max(supported_decimals(value, None, None), 0))


def _escaped(name: str) -> str:
    """A name as a part of a JSON pointer (RFC 6901)."""
    return name.replace("~", "~0").replace("/", "~1")
