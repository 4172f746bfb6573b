"""Shares of rows that are like another one, where only some of the rows were drawn and compared."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from shipworthy.metrics.measured import Measured


def of_drawn(measured: Measured, share: float) -> Measured:
    """Bounds that hold for all rows.

    A row that is like another one shows it where the other was drawn, too: with at least the chance `share`. So the mean
    of what shows is at least that part of what is there, and an upper bound on it, divided by the share, bounds what is
    there. A lower bound stays one.

    Args:
        measured: on the rows drawn.
        share: of all rows, that were drawn.
    """
    if share >= 1:
        return measured
    high, upper = (np.minimum(1.0, end / share) for end in (measured.high, measured.upper))
    method = tuple(f"{method}+worst_case" for method in measured.method)
    return replace(measured, high=high, upper=upper, method=method)
