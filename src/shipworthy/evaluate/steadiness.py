"""Samples of inputs -> tallies over inputs: how often some or all of them pass, and how alike they are."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log

import numpy as np

from shipworthy.metrics.sampled import read_tries
from shipworthy.stats.repeated_tries import agreeing_tries, pass_all, pass_at
from shipworthy.stats.semantic_entropy import semantic_entropy
from shipworthy.tally.listed import Listed, listed_tallies
from shipworthy.tally.needs import Needs
from shipworthy.tally.scan import Tallies

Clustered = Callable[[Sequence[str]], Sequence[int]]
"""The cluster of each of some texts: those of one cluster say the same."""

RATES = {"pass_at": pass_at, "pass_all": pass_all}


@dataclass(frozen=True)
class Input:
    """One input with all answers to it (None where none came), and the grades of each by grader (None: unscored)."""

    unit: str
    answers: tuple[str | None, ...]
    grades: Mapping[str, tuple[float | None, ...]]
    slices: Mapping[str, str]
    weight: float = 1.0


def sample_tallies(inputs: Iterable[Input], needs: Needs, clustered: Clustered) -> Tallies:
    """The tallies over inputs. One with too few samples for a metric has no value of it.

    Args:
        inputs: what was asked, with its answers.
        needs: what is asked of samples.
        clustered: which answers say the same.
    """
    rows = [
        Listed(each.unit, _values(each, needs.columns, clustered), each.slices, each.weight)
        for each in inputs
    ]
    return listed_tallies(rows, needs)


def _values(one: Input, columns: Iterable[str], clustered: Clustered) -> dict[str, float]:
    found = {name: _value(one, name, clustered) for name in columns}
    return {name: value for name, value in found.items() if value is not None and not np.isnan(value)}


def _value(one: Input, name: str, clustered: Clustered) -> float | None:
    if name == "=agreement":
        return agreement(_clusters(one, clustered))
    if name == "=semantic_entropy":
        return relative_entropy(_clusters(one, clustered))
    asked = read_tries(name)
    if asked is None:
        return None
    metric, of_unscored, k, grader = asked
    grades = one.grades[grader]
    passes = sum(grade == 1 for grade in grades)
    unscored = sum(grade is None for grade in grades)
    rate, tries = RATES[metric], len(grades)
    least = float(rate(k, tries, passes))
    return float(rate(k, tries, passes + unscored)) - least if of_unscored else least


def agreement(clusters: Sequence[int]) -> float:
    """The share of pairs of samples in one cluster; NaN with fewer than two samples."""
    _, counts = np.unique(np.asarray(clusters), return_counts=True)
    return float(agreeing_tries(counts))


def relative_entropy(clusters: Sequence[int]) -> float:
    """The entropy of the clusters as a share of the greatest that so many samples can have; NaN with fewer than two."""
    return semantic_entropy(clusters) / log(len(clusters)) if len(clusters) > 1 else float("nan")


def _clusters(one: Input, clustered: Clustered) -> tuple[int, ...]:
    """The clusters of all samples; one without an answer is like no other."""
    said = [answer for answer in one.answers if answer is not None]
    found = iter(clustered(said))
    return tuple(-1 - at if answer is None else next(found) for at, answer in enumerate(one.answers))
