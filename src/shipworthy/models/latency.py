"""How long the answer for one row takes: single rows, warm, on the clock that measures intervals best."""

from __future__ import annotations

import gc
from collections.abc import Callable
from time import perf_counter_ns
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import pyarrow as pa

    from shipworthy.models.training import TrainedModel


def measure_ms(predict_one: Callable[[int], object], rows: int, *, warmup: int = 20) -> NDArray[np.float64]:
    """Wall-clock milliseconds of `predict_one(0)` to `predict_one(rows - 1)`, one call at a time, in that order.

    The first `warmup` calls (on the same rows, from the start again where they are fewer) are made and not
    counted: they fill caches and load what is loaded lazily. The garbage collector rests meanwhile, so that no
    row pays for the rows before it.

    Args:
        predict_one: answers for the row of that number.
        rows: how many rows to measure.
        warmup: calls made beforehand.
    """
    for number in range(warmup if rows else 0):
        predict_one(number % rows)
    spent = np.empty(rows)
    collecting = gc.isenabled()
    gc.disable()
    try:
        for row in range(rows):
            start = perf_counter_ns()
            predict_one(row)
            spent[row] = perf_counter_ns() - start
    finally:
        if collecting:
            gc.enable()
    return spent / 1e6


def single_row_latency(model: TrainedModel, table: pa.Table, rows: int = 1000) -> NDArray[np.float64]:
    """Milliseconds per row of the first `rows` rows of a table (fewer where it is shorter), as `measure_ms` counts.

    What is timed is all that a service does with a row that it holds as an Arrow table: features, preparation, model.
    """
    count = min(rows, table.num_rows)
    slices = [table.slice(row, 1) for row in range(count)]
    return measure_ms(lambda row: model.scores(slices[row]), count)
