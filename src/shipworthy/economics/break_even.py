"""When an option has paid for itself, and the volume, price and share at which the answer turns."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from shipworthy.economics.sheet import Sheet
from shipworthy.stats.floats import Floats, floats


def months_to_break_even(
    once: ArrayLike,
    monthly: ArrayLike,
    per_decision_saved: ArrayLike,
    volume: ArrayLike,
    discount: ArrayLike = 0.0,
) -> Floats:
    """Months until what an option costs more once is saved by the month; infinite where it never is.

    once / (volume * per_decision_saved - monthly), for a volume and prices that stay. With a discount it is the number
    of payments of an annuity: -ln(1 - i * once / saved) / ln(1 + i), where i is the discount of a month.

    Args:
        once: what it costs more than the other at the start.
        monthly: what it costs more each month, whatever the volume.
        per_decision_saved: what it saves on each decision.
        volume: decisions a month.
        discount: by how much money of a year later counts less, as 0.08.
    """
    more, upkeep, saved, count, yearly = floats(once, monthly, per_decision_saved, volume, discount)
    gain = count * saved - upkeep
    needed = np.divide(more, gain, where=gain > 0, out=np.full(more.shape, np.inf))
    return np.where(more <= 0, 0.0, _discounted(needed, np.log1p(yearly) / 12))[()]


def _discounted(months: Floats, rate: Floats) -> Floats:
    """As many months of payments as are worth `months` of them paid now; infinite where no number is. `rate` is a month's, continuous."""
    some = (rate > 0) & np.isfinite(months)
    left = 1 - np.expm1(rate) * np.where(some, months, 0.0)
    worth = -np.log(left, where=left > 0, out=np.full(months.shape, -np.inf))
    return np.asarray(np.divide(worth, rate, where=some, out=np.array(months)))


def month_of_break_even(option: Sheet, against: Sheet) -> Floats:
    """The month, counted from 1, from whose end on an option has cost no more than another until the horizon.

    Infinite where it does not get there, 0 where it costs no more from the very start.
    """
    more = option.paid_by() - against.paid_by() > 0
    last = more.shape[1] - np.argmax(more[:, ::-1], axis=1)
    found = np.where(more.any(axis=1), last + 1.0, 1.0)
    at_once = ~more.any(axis=1) & (option.once <= against.once)
    return np.where(at_once, 0.0, np.where(found > more.shape[1], np.inf, found))


def break_even_volume(option: Sheet, against: Sheet) -> Floats:
    """The decisions in the first month at which both leave the same over the horizon; infinite where at none.

    Costs less gains are fixed + volume * slope, so that it is (fixed - fixed of the other) / (slope of the other - slope).
    """
    volume = option.decisions[:, 0]
    saved = (against.flow - option.flow) / volume
    more = option.fixed - against.fixed
    needed = np.divide(more, saved, where=saved != 0, out=np.full(more.shape, np.inf))
    return np.where(needed >= 0, needed, np.inf)


def even_price(option: Sheet, against: Sheet) -> Floats:
    """The factor on the price of an option's decisions at which it leaves what another does.

    Below 0 where it would leave less for nothing, infinite where its decisions have no price.
    """
    usage = option.usage
    room = against.fixed + against.flow - option.fixed - (option.flow - usage)
    return np.asarray(np.divide(room, usage, where=usage > 0, out=np.full(room.shape, np.inf)))


def flipping_price(option: Sheet, against: Sheet) -> Floats:
    """The factor on the price of an option's decisions at which it leaves what another does; infinite where at none."""
    factor = even_price(option, against)
    return np.where(factor >= 0, factor, np.inf)


def cascade_share(budget: ArrayLike, cheap: ArrayLike, dear: ArrayLike) -> Floats:
    """The greatest share of decisions that may go on to a dear option: (budget - cheap) / dear, within 0 and 1.

    A cascade costs cheap + share * dear per decision.
    """
    limit, first, second = floats(budget, cheap, dear)
    room = limit - first
    share = np.divide(room, second, where=second > 0, out=np.where(room >= 0, 1.0, 0.0))
    return np.clip(share, 0.0, 1.0)[()]
