"""How far people agree: all together by Krippendorff's alpha, two by two by Cohen's kappa."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

import numpy as np

from shipworthy.label.queue import CANNOT_TELL, Given, Scheme
from shipworthy.stats.agreement import Agreement, Scale, cohen, krippendorff


@dataclass(frozen=True)
class Pair:
    """Two people on the items that both labelled: the raw share of agreement, and what is left of it beyond chance."""

    first: str
    second: str
    items: int
    share: float | None
    measure: Literal["kappa", "alpha"]
    value: float | None
    low: float
    high: float


@dataclass(frozen=True)
class Agreed:
    """The agreement of all, with 95 % intervals over items; None where every label is the same or nothing is doubled.

    `items` have two labels or more, of which `differing` have labels that differ. Answers that it cannot be told
    are counted in `cannot_tell` and are no labels.
    """

    scale: Scale
    items: int
    differing: int
    cannot_tell: int
    share: float | None
    alpha: float | None
    low: float
    high: float
    pairs: tuple[Pair, ...]


SCALES: Mapping[str, Scale] = {"regression": "interval", "ranking": "ordinal"}
"""What a difference is, where it is not the same between any two classes."""


def agreed(labels: Iterable[Given], scheme: Scheme) -> Agreed:
    """How far blind labels of the same items agree; those that settle a disagreement do not count."""
    blind = [each for each in labels if each.role == "label"]
    told = [each for each in blind if each.label != CANNOT_TELL]
    by_item: dict[str, dict[str, str]] = defaultdict(dict)
    for each in told:
        by_item[each.item][each.labeller] = each.label
    doubled = [given for given in by_item.values() if len(given) > 1]
    values = _values(told, scheme)
    scale = SCALES.get(scheme.kind, "nominal")
    found = _alpha([tuple(given.values()) for given in doubled], values, scale)
    people = sorted({each.labeller for each in told})
    pairs = [_pair(first, second, doubled, values, scale) for first, second in combinations(people, 2)]
    differing = sum(len(set(given.values())) > 1 for given in doubled)
    return Agreed(
        scale,
        len(doubled),
        differing,
        len(blind) - len(told),
        _known(found.share),
        _known(found.value),
        found.low,
        found.high,
        tuple(pair for pair in pairs if pair.items),
    )


def _values(told: Sequence[Given], scheme: Scheme) -> tuple[str, ...]:
    """The values that occur, in their order."""
    seen = {each.label for each in told}
    if scheme.numeric:
        return tuple(sorted(seen, key=float))
    return tuple(name for name in scheme.classes if name in seen) + tuple(sorted(seen - {*scheme.classes}))


def _alpha(given: Sequence[Sequence[str]], values: Sequence[str], scale: Scale) -> Agreement:
    """Alpha from how often each pattern of labels occurs."""
    place = {value: at for at, value in enumerate(values)}
    patterns = Counter(tuple(sorted(place[label] for label in labels)) for labels in given)
    counts = np.zeros((len(patterns), len(values)))
    for row, pattern in enumerate(patterns):
        np.add.at(counts[row], list(pattern), 1)
    sizes = [float(value) for value in values] if scale == "interval" else None
    return krippendorff(counts, list(patterns.values()), sizes, scale)


def _pair(
    first: str, second: str, doubled: Sequence[Mapping[str, str]], values: Sequence[str], scale: Scale
) -> Pair:
    """Two people: kappa of classes, alpha of numbers, as those have no table worth the name."""
    both = [(given[first], given[second]) for given in doubled if first in given and second in given]
    if scale == "nominal":
        place = {value: at for at, value in enumerate(values)}
        table = np.zeros((len(values), len(values)))
        for one, other in both:
            table[place[one], place[other]] += 1
        found = cohen(table)
    else:
        found = _alpha(both, values, scale)
    measure: Literal["kappa", "alpha"] = "kappa" if scale == "nominal" else "alpha"
    return Pair(
        first, second, len(both), _known(found.share), measure, _known(found.value), found.low, found.high
    )


def _known(value: float) -> float | None:
    return None if np.isnan(value) else float(value)
