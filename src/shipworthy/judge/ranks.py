"""How many rows decide a claim on a quantile: it lies beyond a bound as soon as enough of the rows are proved to."""

from __future__ import annotations

from bisect import bisect_left

from shipworthy.judge.comparison import Compared, clears
from shipworthy.metrics.quantiles import worth
from shipworthy.stats.sample_size import trials_to_stay_decided, trials_with_power
from shipworthy.tally.cube import Key
from shipworthy.tally.histogram import Histogram

POWER = 0.8
MOST_ROWS = 10**12


def rows_that_decide(
    compared: Compared, histogram: Histogram, key: Key, level: float
) -> tuple[int, int] | None:
    """The rows from which on all numbers decide at the present shares, and those that do with the chance POWER.

    The p-quantile is under a bound where less than 1 - p of the rows are proved not to be, and over it where less
    than p are proved not to be: its bounds by order statistics say just that (Clopper and Pearson 1934). Rows whose
    bucket does not lie beyond the bound as a whole are not beyond it.

    Args:
        compared: an undecided comparison of a quantile with a bound.
        histogram: its column's, on the slice.
        key: the slice.
        level: one-sided.

    Returns:
        All rows, not those in addition; None where no number decides.
    """
    measured, bound, p = compared.measured, compared.bound, compared.definition.p
    at = measured.keys.index(key)
    under = bool(measured.value[at] < bound.value)
    spare = bound.value - histogram.greatest if under else histogram.least - bound.value
    beyond = clears(spare, bound, claimed=under != bound.at_least)
    rest, most = float(histogram.n[~beyond].sum() / histogram.weight), 1 - p if under else p
    if rest >= most:
        return None
    even, likely = trials_to_stay_decided(rest, most, level), trials_with_power(rest, most, level, POWER)
    if even is None or likely is None:
        return None
    now, units_now = float(measured.n[at]), float(measured.units[at])

    def worth_of(rows: int) -> int:
        times = rows / now
        return worth(histogram.scaled(times), rows, units_now * times, p, level)

    first, second = (
        bisect_left(range(MOST_ROWS), each, 1, key=worth_of) for each in (even, max(even, likely))
    )
    return None if second == MOST_ROWS else (first, second)
