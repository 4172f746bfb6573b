"""How many different things a model said when it was asked the same several times (Farquhar et al. 2024, Nature).

Answers that mean the same are one cluster, and the entropy of the clusters is high where the model makes things up: it says
something else each time. What "the same" is comes from outside: equal texts, near embeddings, or a model of entailment.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Hashable, Sequence
from typing import TypeVar

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import entr, logsumexp

from shipworthy.stats.floats import Floats

Answer = TypeVar("Answer")


def clusters(answers: Sequence[Answer], same: Callable[[Answer, Answer], bool]) -> tuple[int, ...]:
    """The cluster of each answer, numbered as they appear.

    Each answer joins the first cluster whose first answer means the same, so that n answers in c clusters take at most
    n * c comparisons. Where `same` is not transitive, the order of the answers matters.

    Args:
        answers: texts, or what `same` compares: an embedding of each.
        same: whether two answers mean the same.
    """
    first: list[Answer] = []
    found: list[int] = []
    for answer in answers:
        at = next((number for number, each in enumerate(first) if same(each, answer)), len(first))
        if at == len(first):
            first.append(answer)
        found.append(at)
    return tuple(found)


def same_text(one: str, other: str) -> bool:
    """Whether two texts are the same but for case, white space, punctuation, and how characters are written (NFKC)."""
    return _plain(one) == _plain(other)


def near(bound: float) -> Callable[[ArrayLike, ArrayLike], bool]:
    """Whether two embeddings have a cosine of at least `bound`; one of zeros is near to nothing.

    Raises:
        ValueError: no cosine can be compared with the bound.
    """
    if not -1 <= bound <= 1:
        raise ValueError(f"a cosine lies from -1 to 1, found a bound of {bound:g}")

    def same(one: ArrayLike, other: ArrayLike) -> bool:
        a, b = np.asarray(one, np.float64), np.asarray(other, np.float64)
        length = float(np.linalg.norm(a) * np.linalg.norm(b))
        return length > 0 and float(a @ b) / length >= bound

    return same


def semantic_entropy(ids: Sequence[Hashable], log_probabilities: ArrayLike | None = None) -> float:
    """The entropy of the clusters in nats: 0 where all answers mean the same, log(n) where no two do.

    Args:
        ids: the cluster of each answer.
        log_probabilities: of each answer's text, divided by its number of tokens; a cluster then counts by the sum of
            their probabilities instead of by its answers.

    Returns:
        NaN without answers.

    Raises:
        ValueError: the probabilities are not those of these answers.
    """
    if not ids:
        return float("nan")
    logs = np.zeros(len(ids)) if log_probabilities is None else np.asarray(log_probabilities, np.float64)
    if logs.shape != (len(ids),) or not np.all(np.isfinite(logs)):
        raise ValueError("each answer needs one finite log-probability")
    places = {each: at for at, each in enumerate(dict.fromkeys(ids))}
    of = np.array([places[each] for each in ids])
    weights = np.array([float(logsumexp(logs[of == at])) for at in range(len(places))])
    return entropy(np.exp(weights - float(logsumexp(weights))))


def entropy(shares: ArrayLike) -> float:
    """-sum p log p in nats of shares that add up to 1; a share of 0 counts as 0.

    Raises:
        ValueError: the shares do not add up to 1, or one lies below 0.
    """
    p: Floats = np.asarray(shares, np.float64)
    if np.any(p < 0) or not np.isclose(p.sum(), 1):
        raise ValueError(f"shares lie above 0 and add up to 1, found a sum of {p.sum():g}")
    return float(entr(p).sum())


def _plain(text: str) -> str:
    letters = (
        " " if unicodedata.category(each)[0] in "PZC" else each
        for each in unicodedata.normalize("NFKC", text).casefold()
    )
    return " ".join("".join(letters).split())
