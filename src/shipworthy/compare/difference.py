"""The difference of two candidates in one metric, on every slice of a grouping."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial, reduce

import numpy as np
from numpy.typing import ArrayLike, NDArray

from shipworthy.compare.contrast import NOBODY, Contrast, Reviewed, answered, completed, contrast, of_column
from shipworthy.compare.judged import FEW, judged_bounds, judged_values
from shipworthy.compare.rowwise import RowWise
from shipworthy.metrics import Definition
from shipworthy.metrics.graded import BOTH_GRADED, PASSED
from shipworthy.metrics.means import mean
from shipworthy.metrics.measured import CONFIDENCE
from shipworthy.metrics.outcomes import RIGHT, SILENT, UNLABELLED, WRONG, joint, joint_pairs
from shipworthy.spec.task import Task
from shipworthy.stats.floats import quotient
from shipworthy.stats.level import one_sided
from shipworthy.stats.paired import Pairs, difference_interval, effective_pairs, mcnemar_p_value
from shipworthy.tally.cube import CELLS, Cube, Floats, Key

LEAST_P = 1e-9
HALVINGS = 24
"""Of the logarithm of an error between LEAST_P and a half: to a millionth of itself."""

RIGHTLY = frozenset({"tp", "tn", RIGHT})
LABELLED = frozenset(CELLS[:6])
JUDGED = frozenset({*CELLS, RIGHT, WRONG, SILENT, UNLABELLED})
"""Outcomes that are right or are not."""

Bounds = Callable[[ArrayLike], tuple[Floats, Floats]]


@dataclass(frozen=True, eq=False)
class Difference:
    """First - second on S slices: all arrays (S,), NaN where there is no value.

    `bounds` gives one-sided bounds at any level. `only_first` and `only_second` count the rows that count for the
    metric and that only one of the two answered rightly; None where there is no right and wrong. `exact_p` is
    McNemar's exact two-sided p-value where rows are independent and both divide by the same ones, else NaN. `on_both` are
    the bounds on the rows that both answered alone, where `left_out` others could turn the difference.
    """

    keys: tuple[Key, ...]
    first: Floats
    second: Floats
    value: Floats
    low: Floats
    high: Floats
    n: Floats
    units: Floats
    bounds: Bounds
    method: tuple[str, ...]
    notes: tuple[str, ...]
    only_first: Floats | None = None
    only_second: Floats | None = None
    exact_p: Floats | None = None
    on_both: Bounds | None = None
    left_out: Floats | None = None

    def least_error(self, limit: float) -> tuple[Floats, Floats]:
        """The smallest error at which a one-sided bound proves that the difference lies above, and below, a limit (S,).

        1 on the side where it does not lie; from LEAST_P, and given from above to a millionth of itself.
        """
        slack = 1e-12 * max(abs(limit), 1.0)

        def proves(error: Floats) -> NDArray[np.bool_]:
            lower, upper = self.bounds(1 - error)
            return np.asarray((lower > limit + slack) | (upper < limit - slack))

        low, high = (np.full(len(self.keys), np.log(end)) for end in (LEAST_P, 0.5))
        at_once, never = proves(np.exp(low)), ~proves(np.exp(high))
        for _ in range(HALVINGS if not (at_once | never).all() else 0):
            middle = (low + high) / 2
            proved = proves(np.exp(middle))
            low, high = np.where(proved, low, middle), np.where(proved, middle, high)
        error = np.where(never, 1.0, np.where(at_once, LEAST_P, np.exp(high)))
        above = np.nan_to_num(self.value) > limit
        return np.where(above, error, 1.0), np.where(above, 1.0, error)


def difference(
    definition: Definition, cube: Cube, task: Task, reviewed: Reviewed = NOBODY, expired: str = ""
) -> Difference:
    """The difference on every slice of a cube that was scanned for `contrast.needs`.

    The value is that of the rows that both answered; bounds are the widest over the extreme ways in which the others
    could have been answered. `expired` says why people's labels no longer correct a judge: then there is no difference.
    """
    if definition.kind == "judged":
        return _unknown(cube, expired) if expired else _of_judge(definition, cube)
    if of_column(definition):
        return _of_column(definition, cube, task)
    common = contrast(definition, task, reviewed)
    found = _of_outcomes(common, cube)
    if definition.unit == "share":
        found = _clipped(found)
    worst = completed(definition, task, reviewed)
    left_out = _left_out(worst, cube, common)
    return _widened(found, [RowWise(each, cube) for each in worst], left_out) if left_out.any() else found


def _of_judge(definition: Definition, cube: Cube) -> Difference:
    """The corrected difference of two judged rates; each one's own rate is another estimate, and not given here."""
    found, unknown = judged_values(definition, cube), np.full(len(cube), np.nan)
    method = tuple("ppi+worst_case" if left else "ppi" for left in found["left"])
    notes = tuple("" if np.isfinite(value) else FEW for value in found["value"])
    return Difference(
        cube.keys, unknown, unknown, found["value"], found["low"], found["high"], found["n"], found["units"],
        partial(judged_bounds, definition, cube), method, notes,
    )  # fmt: skip


def _unknown(cube: Cube, note: str) -> Difference:
    """No difference and no bounds on any slice, with the reason."""
    nothing, none, least = np.full(len(cube), np.nan), np.zeros(len(cube)), np.full(len(cube), -np.inf)
    return Difference(
        cube.keys, nothing, nothing, nothing, least, -least, none, none, lambda _: (least, -least),
        ("none",) * len(cube), (note,) * len(cube),
    )  # fmt: skip


def _of_outcomes(both: Contrast, cube: Cube) -> Difference:
    rows = RowWise(both, cube)
    low, high, method = rows.interval(CONFIDENCE)
    only_first, only_second = (_only_right(both, cube, side) for side in (0, 1))
    found = Difference(
        cube.keys, *rows.ratios, rows.value, low, high, rows.n, rows.mean.units, rows.bounds, method,
        tuple(_note(first, second) for first, second in zip(*rows.ratios, strict=True)), only_first, only_second,
    )  # fmt: skip
    return _of_shares(found, rows) if _share_of_same_rows(both) else found


def _share_of_same_rows(both: Contrast) -> bool:
    numerators = {*both.first.numerator.values(), *both.second.numerator.values()}
    return both.same_rows and numerators == {1.0}


def _of_shares(found: Difference, rows: RowWise) -> Difference:
    """Tango's interval for people, and McNemar's p-value where rows are independent."""
    both = rows.contrast
    first, second = ({*side.numerator} for side in (both.first, both.second))
    table = Pairs(
        *(
            rows.weighed[:, [cell in cells for cell in both.rows]].sum(axis=-1)
            for cells in (first & second, first - second, second - first, {*both.rows} - first - second)
        )
    )
    clustered = rows.mean.clustered
    worth = effective_pairs(table, rows.mean.variance, rows.mean.units, float(one_sided(CONFIDENCE)))
    shown = Pairs(
        *(
            np.where(clustered, one, other)
            for one, other in (
                (worth.both, table.both), (worth.only_a, table.only_a),
                (worth.only_b, table.only_b), (worth.neither, table.neither),
            )
        )
    )  # fmt: skip
    low, high = difference_interval(shown, CONFIDENCE)
    p = np.where(clustered, np.nan, mcnemar_p_value(np.round(table.only_a), np.round(table.only_b)))
    return replace(found, low=low, high=high, method=("tango",) * len(found.keys), exact_p=np.asarray(p))


def _only_right(both: Contrast, cube: Cube, side: int) -> Floats | None:
    """Rows that count and that only one of the two answered rightly, or passed."""
    graded = [cell for cell in both.rows if cell.partition(":")[0] == BOTH_GRADED[1 + side]]
    if graded and PASSED not in graded[0]:
        return None  # an attack that succeeded is nothing that went right
    if graded:
        return cube.count({graded[0]: 1.0})
    outcomes = [(cell, cell.split(" / ")) for cell in both.rows]
    if not all({*parts} <= JUDGED for _, parts in outcomes):
        return None
    wanted = [cell for cell, parts in outcomes if parts[side] in RIGHTLY and parts[1 - side] not in RIGHTLY]
    return cube.count(dict.fromkeys(wanted, 1.0))


def _note(first: float, second: float) -> str:
    """Why there is no difference."""
    blank = [name for name, value in (("challenger", first), ("champion", second)) if np.isnan(value)]
    return f"no row that both answered counts for the {' and the '.join(blank)}" if blank else ""


def _of_column(definition: Definition, cube: Cube, task: Task) -> Difference:
    """The mean of paired differences of a column; no bounds where a row without an answer could have any value."""
    column = definition.column
    own = replace(definition, numerator={f"d:{column}": 1.0}, denominator={f"#d:{column}": 1.0})
    found = mean(own, cube, (1 + CONFIDENCE) / 2)
    rows = cube.total(own.denominator)
    first, second = (quotient(cube.total({f"{side}:{column}": 1.0}), rows) for side in ("a", "b"))

    left = _boundless(definition, cube, task)

    def bounds(level: ArrayLike) -> tuple[Floats, Floats]:
        each = mean(own, cube, level)
        return np.where(left > 0, -np.inf, each.lower), np.where(left > 0, np.inf, each.upper)

    notes = tuple(
        f"{round(rows):,} labelled rows have no answer of one or both, which could be anything"
        if rows
        else note
        for rows, note in zip(left.tolist(), found.notes, strict=True)
    )
    low, high = np.where(left > 0, -np.inf, found.low), np.where(left > 0, np.inf, found.high)
    return Difference(
        cube.keys, first, second, found.value, low, high, found.n, found.units, bounds, found.method, notes
    )


def _boundless(definition: Definition, cube: Cube, task: Task) -> Floats:
    """The labelled rows that one or both did not answer, where such an answer could be any number (S,)."""
    if definition.of_probabilities:
        labelled = {joint(*each): 1.0 for each in joint_pairs(task) if {*each} <= LABELLED}
        return cube.count(labelled) - cube.count({f"#d:{definition.column}": 1.0})
    if not definition.boundless:
        return np.zeros(len(cube))
    left = [joint(*each) for each in joint_pairs(task) if not (answered(each[0]) and answered(each[1]))]
    return cube.count(dict.fromkeys(left, 1.0))


def _clipped(found: Difference) -> Difference:
    """Bounds of a difference of shares, which lies from -1 to 1."""

    def bounds(level: ArrayLike) -> tuple[Floats, Floats]:
        lower, upper = found.bounds(level)
        return np.maximum(lower, -1.0), np.minimum(upper, 1.0)

    low, high = np.maximum(found.low, -1.0), np.minimum(found.high, 1.0)
    return replace(found, bounds=bounds, low=low, high=high)


def _left_out(worst: Sequence[Contrast], cube: Cube, common: Contrast) -> Floats:
    """How many rows count once everything is answered, and not among the rows that both answered (S,)."""
    cells = {cell for each in worst for cell in each.rows} - {*common.rows}
    return cube.count(dict.fromkeys(cells, 1.0))


def _widened(found: Difference, worst: Sequence[RowWise], left_out: Floats) -> Difference:
    """Bounds that hold however the rows that one or both left unanswered would have been answered."""

    def widest(ends: Sequence[tuple[Floats, Floats]]) -> tuple[Floats, Floats]:
        return reduce(np.minimum, [low for low, _ in ends]), reduce(np.maximum, [high for _, high in ends])

    def bounds(level: ArrayLike) -> tuple[Floats, Floats]:
        return widest([found.bounds(level), *(each.bounds(level) for each in worst)])

    intervals = [each.interval(CONFIDENCE)[:2] for each in worst]
    low, high = widest([(found.low, found.high), *intervals])
    method = tuple(
        f"{each}+worst_case" if rows else each for each, rows in zip(found.method, left_out, strict=True)
    )
    p = None if found.exact_p is None else np.where(left_out > 0, np.nan, found.exact_p)
    return replace(
        found,
        bounds=bounds,
        low=low,
        high=high,
        method=method,
        exact_p=p,
        on_both=found.bounds,
        left_out=left_out,
    )
