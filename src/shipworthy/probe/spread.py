"""How far the answers to one prompt differ, and how often they pass: the prompt is fixed, the tries are the sample."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isfinite

from shipworthy.probe.tries import Try
from shipworthy.stats.proportion import displayed
from shipworthy.stats.repeated_tries import agreeing_tries, pass_all
from shipworthy.stats.semantic_entropy import semantic_entropy

SHOWN_K = (1, 2, 4, 8, 16, 32, 64)


@dataclass(frozen=True)
class Passes:
    """How often tries passed one check: `low` and `high` bound the chance that the next one does, at 95 %.

    `all_of` is pass^k for each k: the chance that k tries all pass (Yao and others 2024).
    """

    name: str
    tries: int
    passes: int
    unscored: int
    low: float
    high: float
    all_of: Mapping[int, float]


@dataclass(frozen=True)
class Spread:
    """How far the answers differ.

    Attributes:
        tries: how many were made.
        answered: how many have an answer that could be read.
        texts: how many different texts came back, word for word, read or not.
        distinct: how many different meanings the answers have.
        most: the first answer of the most frequent meaning; None without answers.
        most_often: how often that was given.
        agreement: the share of pairs of tries that mean the same; None with fewer than two.
        semantic_entropy_nats: 0 where all mean the same, at most log(answered) (Farquhar and others 2024).
        cost_usd: of all tries; None where it is not known of one.
        passes: of each check.
    """

    tries: int
    answered: int
    texts: int
    distinct: int
    most: str | None
    most_often: int
    agreement: float | None
    semantic_entropy_nats: float | None
    cost_usd: float | None
    passes: tuple[Passes, ...]


def spread_of(tries: Sequence[Try]) -> Spread:
    """The spread of the tries of one probe."""
    meant = [each.meaning for each in tries if each.meaning is not None]
    counts = Counter(meant)
    [most, often] = counts.most_common(1)[0] if counts else (-1, 0)
    first = next((each.answer for each in tries if each.meaning == most), None)
    costs = [each.cost_usd for each in tries if each.text is not None]
    known = [cost for cost in costs if cost is not None]
    names = dict.fromkeys(name for each in tries for name in each.passed)
    return Spread(
        len(tries),
        len(meant),
        len({each.text for each in tries} - {None}),
        len(counts),
        first,
        often,
        _finite(agreeing_tries([*counts.values()])) if meant else None,
        _finite(semantic_entropy(meant)),
        sum(known) if costs and len(known) == len(costs) else None,
        tuple(_passes(name, tries) for name in names),
    )


def _passes(name: str, tries: Sequence[Try]) -> Passes:
    told = [each.passed[name] for each in tries if each.passed.get(name) is not None]
    n, c = len(told), sum(map(bool, told))
    low, high, _ = displayed(float(c), float(n)) if n else (0.0, 1.0, True)
    all_of = {k: float(pass_all(k, n, c)) for k in SHOWN_K if k <= n}
    return Passes(name, n, c, len(tries) - n, float(low), float(high), all_of)


def _finite(value: object) -> float | None:
    found = float(value)  # type: ignore[arg-type] # a scalar of numpy
    return found if isfinite(found) else None
