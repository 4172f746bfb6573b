"""Whether two sides gave the same answers: a fast wrong answer is no benchmark."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

TOLERANCE = 1e-9
"""Of a ratio of sums, relative; binned ranks may differ by `RANKING`."""
RANKING = 1e-4

ALPHA = 0.95
"""How SliceLine weighs a slice's error against its size, as in its paper."""


def difference(ours: Mapping[str, Any], theirs: Mapping[str, Any]) -> dict[str, float]:
    """The greatest relative difference of any value of theirs from ours, by metric."""
    found = {}
    for metric, slices in theirs.items():
        pairs = [(ours[metric][name][0], _value(value)) for name, value in slices.items()]
        found[metric] = max(abs(a - b) / abs(b) for a, b in pairs)
    return found


def proved_alike(ours: Mapping[str, Any], theirs: Mapping[str, Any]) -> dict[str, float]:
    """The greatest relative difference of any value, by metric.

    Raises:
        RuntimeError: the two sides differ.
    """
    found = difference(ours, theirs)
    for metric, apart in found.items():
        if apart > (RANKING if metric == "auc" else TOLERANCE):
            raise RuntimeError(f"{metric} differs by {apart:.1e} between the two sides")
    return found


def _value(answer: Any) -> float:
    return float(answer[0] if isinstance(answer, list) else answer)


def same_slices(ours: Iterable[str], theirs: Iterable[str]) -> bool:
    """Whether both name the same slices, in whatever order."""
    return {_parts(name) for name in ours} == {_parts(name) for name in theirs}


def _parts(name: str) -> frozenset[str]:
    return frozenset(name.split(", "))


def worst_by_score(
    cells: Mapping[str, Sequence[float]], rows: float, wrong: float, share: float
) -> list[str]:
    """SliceLine's ten: the greatest positive scores alpha (e / mean - 1) - (1 - alpha)(n / rows of the slice - 1)."""
    mean = wrong / rows
    scores = {
        name: ALPHA * (bad / n / mean - 1) - (1 - ALPHA) * (rows / n - 1)
        for name, (n, bad) in cells.items()
        if n >= share * rows
    }
    return _first_ten({name: score for name, score in scores.items() if score > 0})


def worst_by_rate(cells: Mapping[str, Sequence[float]], rows: float, share: float) -> list[str]:
    """DivExplorer's ten: the greatest error rates of slices that hold at least this share of the rows."""
    return _first_ten({name: bad / n for name, (n, bad) in cells.items() if n >= share * rows})


def _first_ten(scores: Mapping[str, float]) -> list[str]:
    return sorted(scores, key=lambda name: -scores[name])[:10]
