"""Past forecasts against what happened."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import numpy as np
from numpy.typing import ArrayLike

from shipworthy.evidence import Forecast, Hindsight, Scored
from shipworthy.stats.floats import Floats, floats
from shipworthy.stats.proportion import clopper_pearson


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
    stages = [found for name, day in done.items() if (found := _scored(earlier, name, day)) is not None]
    if not stages:
        return Hindsight(0, None, None)
    late = np.array([(each.after_p50, each.after_p85) for each in stages], dtype=np.float64)
    loss = (pinball(late[:, 0], 0.0, 0.5) + pinball(late[:, 1], 0.0, 0.85)) / 2
    by_p50, by_p85 = (int(each) for each in np.count_nonzero(late <= 0, axis=0))
    low, high = clopper_pearson(by_p85, len(stages))
    return Hindsight(
        len(stages),
        by_p85 / len(stages),
        float(np.mean(loss)),
        by_p50 / len(stages),
        float(low),
        float(high),
        tuple(stages),
    )


def _scored(earlier: Sequence[Forecast], name: str, day: date) -> Scored | None:
    """A stage against its first forecast; None where nobody forecast it with a date."""
    for forecast in earlier:
        for stage in forecast.stages:
            if stage.stage == name and stage.done is None and stage.p50 and stage.p85:
                after = ((day - date.fromisoformat(end)).days for end in (stage.p50, stage.p85))
                return Scored(name, stage.p50, stage.p85, day.isoformat(), *after)
    return None
