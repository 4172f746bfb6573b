"""Whether an answer means about what its reference means, by embeddings that come through a port."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from shipworthy.grade.answer import NO_ANSWER, NO_REFERENCE, Answer, Grade, Grading, passed, unscored
from shipworthy.spec.grading import Similarity

Embed = Callable[[Sequence[str]], NDArray[np.float64]]
"""Texts -> vectors of length 1, one row each."""


def similarity(settings: Similarity, embed: Embed) -> Grading:
    """Passes the answer whose cosine with the reference is high enough."""

    def grading(answers: Sequence[Answer]) -> tuple[Grade, ...]:
        pairs = [(each.text, each.value(settings.reference)) for each in answers]
        texts = sorted({text for pair in pairs if None not in pair for text in pair if text is not None})
        vectors = dict(zip(texts, embed(texts), strict=True)) if texts else {}
        return tuple(_graded(*pair, vectors, settings.at_least) for pair in pairs)

    return grading


def _graded(
    text: str | None, reference: str | None, vectors: dict[str, NDArray[np.float64]], least: float
) -> Grade:
    if text is None or reference is None:
        return unscored(NO_ANSWER if text is None else NO_REFERENCE)
    cosine = float(vectors[text] @ vectors[reference])
    return passed(right=cosine >= least, why=f"the cosine is {cosine:.3f}")
