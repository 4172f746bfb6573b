"""Which answers mean the same, and how that is told."""

from __future__ import annotations

from collections.abc import Sequence
from math import isclose

from shipworthy.errors import InputError
from shipworthy.grade.numbers import told_numbers
from shipworthy.models.embedding import embedding
from shipworthy.stats.semantic_entropy import clusters, near, same_text

NEAR = 0.95
"""Texts with a lower cosine may say the opposite: a sentence and its denial come to about 0.9."""

BY_WORDS = "the same words, whatever their case and punctuation"
BY_EMBEDDING = f"near in embedding (cosine {NEAR:g} or more) with the same numbers"


def meanings(kind: str, answers: Sequence[str]) -> tuple[tuple[int, ...], str]:
    """The number of the meaning of each answer, as they appear, and when two are alike.

    Labels are alike where they are equal, numbers too; texts by their embeddings where the model for that is installed,
    else by their words.
    """
    if kind == "text":
        return _of_texts(answers)
    if kind in ("regression", "ranking"):
        return clusters([float(each) for each in answers], _equal), "equal numbers"
    return clusters(answers, str.__eq__), "equal answers"


def _equal(one: float, other: float) -> bool:
    return isclose(one, other, rel_tol=1e-9)


def _of_texts(answers: Sequence[str]) -> tuple[tuple[int, ...], str]:
    try:
        vectors = embedding()(answers) if len(set(answers)) > 1 else ()
    except InputError:
        return clusters(answers, same_text), BY_WORDS
    if not len(vectors):
        return clusters(answers, same_text), BY_EMBEDDING
    close, told = near(NEAR), [told_numbers(each) for each in answers]

    def same(one: int, other: int) -> bool:
        alike = told[one] == told[other] and close(vectors[one], vectors[other])
        return alike or same_text(answers[one], answers[other])

    return clusters(range(len(answers)), same), BY_EMBEDDING
