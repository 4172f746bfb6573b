"""Whose interval holds the rate that people would give: the judge's own, three ways to mend it, and that of people alone.

Rows are drawn, a judge of sensitivity 0.9 and specificity 0.8 answers all, and people label a random part. An interval of
95 % should hold the true rate in 95 % of the draws.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import numpy as np
import pytest
from scipy.special import ndtri

from shipworthy.stats import proportion
from shipworthy.stats.corrected_rate import CorrectedRate, corrected_rate
from shipworthy.stats.floats import Floats
from shipworthy.stats.judge_correction import lee_interval
from shipworthy.stats.judge_errors import JudgeTable
from tests.stats.judgements import shares

DRAWS = 500
RESAMPLES = 200
Z = float(ndtri(0.975))
SETTINGS = [
    (0.1, 1000, 100),
    (0.1, 200, 200),
    (0.5, 1000, 100),
    (0.5, 200, 200),
    (0.9, 1000, 100),
    (0.9, 200, 200),
]
"""The true rate, judged rows without a label, labelled rows."""
Ends = tuple[float, float]


@dataclass(frozen=True)
class Draw:
    """What the judge let pass of `judged` rows, and the labelled rows."""

    passed: int
    judged: int
    table: JudgeTable


@cache
def draws(rate: float, judged: int, labelled: int) -> tuple[Draw, ...]:
    rng = np.random.default_rng(11)
    cells = rng.multinomial(labelled, shares(np.float64(rate), (0.9, 0.8)), DRAWS)
    passed = rng.binomial(judged, rate * 0.9 + (1 - rate) * 0.2, DRAWS)
    return tuple(
        Draw(int(k), judged, JudgeTable(*map(float, row))) for k, row in zip(passed, cells, strict=True)
    )


def errors(table: JudgeTable) -> tuple[float, float]:
    """Sensitivity and specificity, with half a row added where there is none."""
    hits = (table.both + 0.5) / (table.passed + 1) if table.passed == 0 else table.both / table.passed
    return hits, table.neither / table.failed


def raw(draw: Draw, _: np.random.Generator) -> Ends:
    low, high = proportion.wilson(draw.passed, draw.judged)
    return float(low), float(high)


def errors_held_fixed(draw: Draw, _: np.random.Generator) -> Ends:
    """The judge's share varies, its errors are taken for known: as one red-teaming tool resamples."""
    hits, spared = errors(draw.table)
    p, better = draw.passed / draw.judged, max(hits + spared - 1, 0.05)
    half = Z * np.sqrt(p * (1 - p) / draw.judged) / better
    return (p + spared - 1) / better - half, (p + spared - 1) / better + half


def share_held_fixed(draw: Draw, rng: np.random.Generator) -> Ends:
    """The labelled rows are resampled, the judge's share is taken for known: as one correcting package does."""
    table = draw.table
    hits = rng.binomial(int(table.passed), errors(table)[0], RESAMPLES) / max(table.passed, 1)
    spared = rng.binomial(int(table.failed), errors(table)[1], RESAMPLES) / table.failed
    found = (draw.passed / draw.judged + spared - 1) / np.maximum(hits + spared - 1, 0.05)
    low, high = np.clip(np.quantile(found, [0.025, 0.975]), 0, 1)
    return float(low), float(high)


def by_errors(draw: Draw, _: np.random.Generator) -> Ends:
    return lee_interval(draw.passed, draw.judged, draw.table)


def chosen(draw: Draw, _: np.random.Generator) -> Ends:
    found = corrected(draw)
    return found.low, found.high


def people_alone(draw: Draw, _: np.random.Generator) -> Ends:
    found = corrected(draw).human
    return found.low, found.high


@cache
def corrected(draw: Draw) -> CorrectedRate:
    return corrected_rate(draw.passed, draw.judged, draw.table, "random")


def ends(method: Callable[[Draw, np.random.Generator], Ends], setting: tuple[float, int, int]) -> Floats:
    rng = np.random.default_rng(12)
    return np.array([method(draw, rng) for draw in draws(*setting)])


def coverage(method: Callable[[Draw, np.random.Generator], Ends], setting: tuple[float, int, int]) -> float:
    found = ends(method, setting)
    return float(np.mean((found[:, 0] <= setting[0]) & (setting[0] <= found[:, 1])))


def width(method: Callable[[Draw, np.random.Generator], Ends], setting: tuple[float, int, int]) -> float:
    return float(np.mean(ends(method, setting) @ [-1, 1]))


@pytest.mark.parametrize("setting", SETTINGS)
def test_the_judges_own_interval_misses_the_rate(setting):
    assert coverage(raw, setting) < 0.75


@pytest.mark.parametrize("setting", SETTINGS)
def test_an_interval_that_takes_the_judges_errors_for_known_misses_it_too_often(setting):
    assert coverage(errors_held_fixed, setting) < 0.91


@pytest.mark.parametrize("setting", [each for each in SETTINGS if each[1] == 200])
def test_an_interval_that_takes_the_judges_share_for_known_misses_it_too_often(setting):
    assert coverage(share_held_fixed, setting) < 0.9


@pytest.mark.parametrize("setting", SETTINGS)
@pytest.mark.parametrize("method", [by_errors, chosen])
def test_the_corrected_intervals_hold_it(method, setting):
    assert coverage(method, setting) >= 0.93


@pytest.mark.parametrize("setting", SETTINGS)
def test_that_of_people_alone_holds_it_too(setting):
    """Wilson's, which is a little short at 0.9 of a hundred."""
    assert coverage(people_alone, setting) >= 0.92


@pytest.mark.parametrize("setting", SETTINGS)
def test_claims_by_the_corrected_rate_are_wrong_no_more_often_than_they_say(setting):
    found = [corrected(draw) for draw in draws(*setting)]
    assert np.mean([each.lower > setting[0] for each in found]) <= 0.07
    assert np.mean([each.upper < setting[0] for each in found]) <= 0.07


@pytest.mark.parametrize("setting", SETTINGS)
def test_labels_and_judge_together_are_surer_than_labels_alone(setting):
    assert width(chosen, setting) < width(people_alone, setting)


def test_a_correction_by_errors_can_be_wider_than_doing_without_the_judge():
    assert width(by_errors, (0.1, 1000, 100)) > 1.5 * width(people_alone, (0.1, 1000, 100))
