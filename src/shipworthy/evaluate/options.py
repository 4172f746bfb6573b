"""What every choice of a threshold would have given on the validation rows, as arrays over the choices."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from shipworthy.judge import Claim
from shipworthy.metrics import Definition
from shipworthy.spec.language import Bound
from shipworthy.stats.floats import quotient
from shipworthy.stats.proportion import ROUNDING, clopper_pearson_lower, clopper_pearson_upper
from shipworthy.tally.cube import Floats
from shipworthy.tally.histogram import Histogram

if TYPE_CHECKING:
    from shipworthy.spec.model import Value

AtBound = tuple[Bound, Definition, float]
"""A bound that the operating point must meet, the metric that it bounds, and the level at which it is claimed."""


@dataclass(frozen=True, eq=False)
class Weights:
    """What a weighted histogram does not tell: the same scores with each row as one, and with the square of its weight."""

    rows: Histogram
    squares: Histogram

    def differ(self, weighed: Histogram, *, labelled: bool) -> bool:
        """Whether rows, all or the labelled ones, weigh unlike, so that they are worth fewer rows than they are."""
        rows = self.rows.n[:, : 2 if labelled else 3].sum()
        return bool(self.worth(weighed, labelled=labelled) < rows * (1 - ROUNDING))

    def worth(self, weighed: Histogram, *, labelled: bool) -> float:
        """How many rows of one weight the rows, all or the labelled ones, are worth (Kish 1965)."""
        own = slice(2 if labelled else 3)
        return float(quotient(weighed.n[:, own].sum() ** 2, self.squares.n[:, own].sum(), empty=0.0))


@dataclass(frozen=True, eq=False)
class Options:
    """O choices: a number to tell each by (a threshold, in ascending order), and the cells that it gives (O,).

    Where rows differ in weight, `cells` are sums of weights, `counted` the rows and `squared` the sums of squared weights.
    """

    thresholds: Floats
    cells: Mapping[str, Floats]
    counted: Mapping[str, Floats] | None = None
    squared: Mapping[str, Floats] | None = None

    def __len__(self) -> int:
        return len(self.thresholds)

    @property
    def rows(self) -> Mapping[str, Floats]:
        """The rows of each cell, whatever they weigh (O,)."""
        return self.cells if self.counted is None else self.counted

    @property
    def squares(self) -> Mapping[str, Floats]:
        """The sums of the squared weights of each cell (O,)."""
        return self.cells if self.squared is None else self.squared

    def total(self, combination: Mapping[str, float]) -> Floats:
        """A linear combination of the cells (O,)."""
        parts = (weight * self.cells[name] for name, weight in combination.items() if name in self.cells)
        return np.asarray(sum(parts, np.zeros(len(self))))

    def share(self, definition: Definition) -> Floats:
        """A metric that is a share of rows (O,); NaN where no row counts."""
        trials = self.total(definition.denominator)
        with np.errstate(invalid="ignore", divide="ignore"):
            return np.where(trials > 0, self.total(definition.numerator) / trials, np.nan)

    def select(self, at: NDArray[np.intp] | Sequence[int]) -> Options:
        """These choices only, in this order."""
        parts = (None if cells is None else _at(cells, at) for cells in (self.counted, self.squared))
        return Options(self.thresholds[at], _at(self.cells, at), *parts)


def _at(cells: Mapping[str, Floats], at: NDArray[np.intp] | Sequence[int]) -> dict[str, Floats]:
    return {name: cell[at] for name, cell in cells.items()}


def options_of(histogram: Histogram, weights: Weights | None = None) -> Options:
    """Thresholds at the least score of each bucket, and one above the greatest score (nothing is flagged).

    There are none where no row has a label and a score. `weights` are given where rows differ in weight.
    """
    if not histogram.n[:, :2].any():
        return Options(np.zeros(0), {})
    thresholds = np.append(histogram.least, np.nextafter(histogram.greatest[-1], np.inf))
    parts = (_cells(each.n) for each in (weights.rows, weights.squares)) if weights else ()
    return Options(thresholds, _cells(histogram.n), *parts)


def _cells(n: Floats) -> dict[str, Floats]:
    """The outcomes under each threshold (B + 1,), from what each bucket holds by label (B, 3)."""
    from_top = np.cumsum(n[::-1], axis=0)[::-1]
    flagged = np.vstack([from_top, np.zeros((1, 3))])
    spared = flagged[0] - flagged
    names = (("fp", "tn"), ("tp", "fn"), ("up", "un"))
    return {
        name: part[:, at]
        for at, pair in enumerate(names)
        for name, part in zip(pair, (flagged, spared), strict=True)
    }


def money_of(value: Value) -> dict[str, float]:
    """The money of a decision by its cell."""
    return {
        "tp": value.true_positive,
        "fn": value.false_negative,
        "fp": value.false_positive,
        "tn": value.true_negative,
    }


def goal(options: Options, money: Mapping[str, float] | None) -> Floats:
    """What is to be greatest (O,): money per decision, or recall minus false positive rate where no money is stated."""
    if not len(options):
        return np.zeros(0)
    if money is None:
        cells = options.cells
        return part_of(cells["tp"], cells["fn"]) - part_of(cells["fp"], cells["tn"])
    return options.total(money) / options.total(dict.fromkeys(money, 1.0))


def part_of(part: Floats, rest: Floats) -> Floats:
    """A part of itself and the rest; 0 where there is neither."""
    whole = part + rest
    return np.divide(part, whole, out=np.zeros_like(part), where=whole > 0)


def at_bounds(claims: Sequence[Claim]) -> tuple[AtBound, ...]:
    """The bounds of the `at` clauses that are shares of rows."""
    return tuple(
        (claim.requirement.at, claim.at, claim.requirement.confidence)
        for claim in claims
        if claim.at and claim.requirement.at and claim.at.kind == "share"
    )


def shortfall(options: Options, bounds: Sequence[AtBound], test: tuple[int, int]) -> Floats:
    """By how much the worst kept bound is missed that the test rows could prove at these rates (O,); <= 0: none is.

    Args:
        options: the choices.
        bounds: those to meet.
        test: how many positive and negative test rows there are.
    """
    worst = np.full(len(options), -np.inf)
    for bound, definition, level in bounds:
        share = np.nan_to_num(options.share(definition), nan=0.0 if bound.at_least else 1.0)
        trials = _expected_trials(options, definition, test)
        if bound.at_least:
            missing = bound.value - np.asarray(clopper_pearson_lower(share * trials, trials, level))
        else:
            missing = np.asarray(clopper_pearson_upper(share * trials, trials, level)) - bound.value
        worst = np.maximum(worst, missing)
    return worst


def _expected_trials(options: Options, definition: Definition, test: tuple[int, int]) -> Floats:
    """How many test rows the metric will count, at the validation rates of each class."""
    classes = (("tp", "fn", "xp"), ("fp", "tn", "xn"))
    expected = np.zeros(len(options))
    for names, rows in zip(classes, test, strict=True):
        counted = {name: weight for name, weight in definition.denominator.items() if name in names}
        whole = options.total(dict.fromkeys(names, 1.0))
        expected += rows * part_of(options.total(counted), whole - options.total(counted))
    return expected


def best(worth: Floats, missing: Floats, allowed: NDArray[np.bool_] | None = None) -> int:
    """The choice of greatest worth among those that miss no bound, or else the nearest to meeting them."""
    open_ = np.ones(len(worth), dtype=bool) if allowed is None else allowed
    meets = open_ & (missing <= 0)
    if meets.any():
        return int(np.argmax(np.where(meets, worth, -np.inf)))
    return int(np.lexsort((-worth, np.where(open_, missing, np.inf)))[0])
