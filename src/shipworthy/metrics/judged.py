"""The share of answers that people would pass, from a judge's verdicts and the labels of some of them.

Of each slice seven kinds of rows are counted: labelled ones by what people and the judge say, others by what the judge says,
and those that it could not judge. A judge that nobody has held against people has its raw share, and no bounds.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from shipworthy.metrics.definition import Definition
from shipworthy.metrics.entry import Entry
from shipworthy.metrics.measured import CONFIDENCE, Measured
from shipworthy.metrics.sums import ratio_of
from shipworthy.spec.claim import Metric
from shipworthy.spec.kinds import Drawing
from shipworthy.stats.corrected_rate import CorrectedRate, Drawn, corrected_by_unit, corrected_rate
from shipworthy.stats.judge_errors import JudgeTable
from shipworthy.stats.judged import JudgedRows
from shipworthy.stats.proportion import clopper_pearson_upper
from shipworthy.tally.cube import Cube

LABELLED = ("=judged_both", "=judged_human_only", "=judged_judge_only", "=judged_neither")
"""Row values of labelled rows, by who lets them pass; the name of the grader stands behind an `@`."""

OTHERS = ("=judged_pass", "=judged_fail")
"""Row values of rows without a label, by what the judge says."""

UNSCORED = "=unscored"
ALONE = "judge_alone"
"""The method of a raw share, which is no estimate of what people would say."""

UNCALIBRATED = "nobody has labelled answers that this judge judged here, so that its share shows nothing: shipworthy label --take 50 puts some before people"
IN_UNITS = (
    "the rows come in units or are weighted, and the labels were not drawn at random: draw them at random"
)
DRAWN: Mapping[Drawing, Drawn] = {"at random": "random", "by answer": "answer", "otherwise": "elsewhere"}


@dataclass(frozen=True)
class JudgedCounts:
    """One slice: labelled rows by who lets them pass, other rows, those that the judge passes among them, and unscored ones."""

    table: JudgeTable
    passed: float
    judged: float
    unscored: float


def define_judged(metric: Metric, entry: Entry, grader: str, drawn: Drawing) -> Definition:
    """The pass rate of a grader that is a judge."""
    both, human, judge, neither = (f"{name}@{grader}" for name in LABELLED)
    passed, failed = (f"{name}@{grader}" for name in OTHERS)
    numerator = dict.fromkeys((both, judge, passed), 1.0)
    every = dict.fromkeys((both, human, judge, neither, passed, failed), 1.0)
    unscored = {f"{UNSCORED}@{grader}": (passed, failed)}
    return Definition(metric, entry, "judged", numerator, every, answers=unscored, drawn=DRAWN[drawn])


def grader_of(definition: Definition) -> str:
    """The grader whose pass rate it is."""
    (named,) = definition.metric.args
    return named.name if isinstance(named, Metric) else str(named)


def judged_rate(definition: Definition, cube: Cube, level: float, expired: str = "") -> Measured:
    """The corrected rate on every slice; the raw share without bounds where `expired` says so, or nothing can be corrected."""
    rows = [_row(definition, cube, at, level, expired) for at in range(len(cube))]
    ends = np.array([row[0] for row in rows], dtype=float).reshape(-1, 5).T
    n = cube.count(definition.denominator)
    methods, notes = tuple(row[1] for row in rows), tuple(row[2] for row in rows)
    value, low, high, lower, upper = ends
    units = np.minimum(cube.units, n)
    return Measured(cube.keys, value, low, high, lower, upper, n, units, methods, notes)


Ends = tuple[float, float, float, float, float]


def _row(definition: Definition, cube: Cube, at: int, level: float, expired: str) -> tuple[Ends, str, str]:
    """Value, low, high, lower and upper of one slice, with the method and what is to be said of it."""
    counts = judged_counts_of(definition, cube, at)
    found = None if expired or not counts.table.rows else correction(definition, cube, at, level)
    if found is None or found.refusal:
        why = expired or (found.refusal if found else UNCALIBRATED)
        raw = float(ratio_of(cube, definition.numerator, definition.denominator).value[at])
        return (raw, -np.inf, np.inf, -np.inf, np.inf), ALONE, why
    if not counts.unscored:
        return (found.value, found.low, found.high, found.lower, found.upper), found.method, ""
    return _widened(definition, cube, at, level, found.value), f"{found.method}+worst_case", ""


def _widened(definition: Definition, cube: Cube, at: int, level: float, value: float) -> Ends:
    """Bounds that hold whatever people would say of the rows that the judge could not judge.

    Half of the error is for the rate of the judged rows, half for how many rows are not judged.
    """
    unscored, sides = {f"{UNSCORED}@{grader_of(definition)}": 1.0}, []
    share = ratio_of(cube, unscored, {**definition.denominator, **unscored})
    for each, shown in (((1 + CONFIDENCE) / 2, True), (level, False)):
        half = (1 + each) / 2
        found = correction(definition, cube, at, half, 2 * half - 1 if shown else CONFIDENCE)
        trials = share.trials(half)[at]
        left = float(clopper_pearson_upper(share.value[at] * trials, trials, half))
        low, high = (found.low, found.high) if shown else (found.lower, found.upper)
        sides.append((low * (1 - left), high * (1 - left) + left))
    return value, *sides[0], *sides[1]


def judged_counts_of(definition: Definition, cube: Cube, at: int = 0) -> JudgedCounts:
    """The rows of one slice."""
    grader = grader_of(definition)

    def of(name: str) -> float:
        return float(cube.count({f"{name}@{grader}": 1.0})[at])

    passed, failed = (of(name) for name in OTHERS)
    return JudgedCounts(JudgeTable(*(of(name) for name in LABELLED)), passed, passed + failed, of(UNSCORED))


def correction(
    definition: Definition, cube: Cube, at: int, level: float, confidence: float = CONFIDENCE
) -> CorrectedRate:
    """What the labels make of the judge's verdicts on one slice."""
    counts = judged_counts_of(definition, cube, at)
    if not in_units(definition, cube, at):
        return corrected(definition, counts, level, confidence)
    found = corrected_by_unit(_sums(definition, cube, at), counts.table, confidence, level)
    return found if definition.drawn == "random" else replace(found, refusal=IN_UNITS)


def corrected(
    definition: Definition, counts: JudgedCounts, level: float, confidence: float = CONFIDENCE
) -> CorrectedRate:
    """The same of independent rows, from their counts."""
    passed, judged, table = counts.passed, counts.judged, counts.table
    if (
        definition.drawn == "elsewhere"
    ):  # labels that are no fair part must not leave the others a part that is none
        passed, judged = passed + table.both + table.judge_only, judged + table.rows
    return corrected_rate(passed, judged, table, definition.drawn or "elsewhere", confidence, level)


def in_units(definition: Definition, cube: Cube, at: int) -> bool:
    """Whether judged rows belong together, or do not all count alike."""
    return bool(ratio_of(cube, definition.numerator, definition.denominator).clustered[at])


def _sums(definition: Definition, cube: Cube, at: int) -> JudgedRows:
    """The sums and products over units that prediction-powered inference takes."""
    both, human, judge, neither = (f"{name}@{grader_of(definition)}" for name in LABELLED)
    passed, failed = (f"{name}@{grader_of(definition)}" for name in OTHERS)
    parts = [
        dict.fromkeys(names, 1.0)
        for names in (
            (both, human), (both, judge), (both, human, judge, neither), (passed,), (passed, failed)
        )
    ]  # fmt: skip
    products = [[float(cube.product(one, other)[at]) for other in parts] for one in parts]
    return JudgedRows(np.array([float(cube.total(part)[at]) for part in parts]), np.array(products))
