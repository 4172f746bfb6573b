"""Past forecasts against what happened."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import numpy as np
from numpy.typing import ArrayLike

from shipworthy.evidence import Forecast, Hindsight
from shipworthy.stats.floats import Floats, floats


def pinball(actual: ArrayLike, forecast: ArrayLike, share: float) -> Floats:
    """The pinball loss of a forecast quantile (Koenker and Bassett 1978): least, on average, for the true one."""
    found, said = floats(actual, forecast)
    return np.asarray(np.maximum(share * (found - said), (share - 1) * (found - said)))[()]


def hindsight(earlier: Sequence[Forecast], done: Mapping[str, date]) -> Hindsight:
    """How the first forecast of each stage that is done compares with the day on which it was.

    Args:
        earlier: forecasts, the oldest first.
        done: the day on which each stage was done.
    """
    errors = [found for name, day in done.items() if (found := _error(earlier, name, day)) is not None]
    if not errors:
        return Hindsight(0, None, None)
    late = np.array(errors, dtype=np.float64)
    loss = (pinball(late[:, 0], 0.0, 0.5) + pinball(late[:, 1], 0.0, 0.85)) / 2
    return Hindsight(len(errors), float(np.mean(late[:, 1] <= 0)), float(np.mean(loss)))


def _error(earlier: Sequence[Forecast], name: str, day: date) -> tuple[int, int] | None:
    """By how many days a stage came after its first P50 and P85; None where nobody forecast it with a date."""
    for forecast in earlier:
        for stage in forecast.stages:
            if stage.stage == name and stage.done is None and stage.p50 and stage.p85:
                return (day - date.fromisoformat(stage.p50)).days, (day - date.fromisoformat(stage.p85)).days
    return None
