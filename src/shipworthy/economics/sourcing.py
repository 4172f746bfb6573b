"""Bought or built: at which price of the best bought option the best built one leaves as much, and what the cheapest costs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from shipworthy.economics.bill import DRAWS
from shipworthy.economics.break_even import even_price
from shipworthy.economics.drawing import draws, quantiles
from shipworthy.economics.given import inputs_of
from shipworthy.economics.options import Sheets, sheets_of
from shipworthy.evidence import Assumed, Estimate, Quantiles
from shipworthy.spec.model import BuildOrBuy, Value

BOUGHT = ("buy", "fine_tune")
"""Options whose answers a provider gives; a model that is tuned at a provider's is one."""


@dataclass(frozen=True)
class Even:
    """The factor on the price of `bought` at which `built` leaves as much: above 1 buying is ahead, below 1 building."""

    bought: str
    built: str
    factor: Quantiles


@dataclass(frozen=True)
class Sourcing:
    """What building and buying come to: `even` is None where there is no pair, or the bought option has no price per decision.

    `cheapest` is the option that costs least on average: `once` at the start, `monthly` all its other costs, by the month.
    """

    even: Even | None
    cheapest: str
    once: Quantiles
    monthly: Quantiles
    inputs: tuple[Assumed, ...]

    def guessed(self, *options: str) -> bool:
        """Whether some input of these options, or one that all options share, is an assumption."""
        of_them = [
            each for each in self.inputs if "." not in each.name or each.name.rpartition(".")[0] in options
        ]
        return any(each.known == "assumption" for each in of_them)


def sourcing(
    section: BuildOrBuy,
    value: Value | None,
    measured: Mapping[str, Estimate],
    *,
    count: int = DRAWS,
    seed: int = 0,
) -> Sourcing:
    """What the options come to, in the same draws as their bill.

    Args:
        section: what product.yaml says of them.
        value: money per outcome, and the volume where the section has none.
        measured: the net value per decision of candidates, by their names.
        count: how many draws.
        seed: the seed of the draws.
    """
    inputs = inputs_of(section, value, measured, value.currency if value else "USD")
    found = sheets_of(section, draws(inputs, count, seed))
    at = int(np.argmin([np.mean(each.cost) for each in found.sheets]))
    least = found.sheets[at]
    later = (least.cost - least.once) / section.months
    return Sourcing(_even(section, found), found.names[at], quantiles(least.once), quantiles(later), inputs)


def _even(section: BuildOrBuy, found: Sheets) -> Even | None:
    left = np.mean(found.left(), axis=1)
    bought = [at for at, name in enumerate(found.names) if section.options[name].how in BOUGHT]
    built = [at for at in range(len(found.names)) if at not in bought]
    if not bought or not built:
        return None
    one, other = (max(among, key=lambda at: float(left[at])) for among in (bought, built))
    sheets = found.compared()
    if not np.all(sheets[one].usage > 0):
        return None
    factor = np.maximum(even_price(sheets[one], sheets[other]), 0.0)
    return Even(found.names[one], found.names[other], quantiles(factor))
