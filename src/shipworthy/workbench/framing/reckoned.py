"""What the section `build_or_buy` comes to, as inputs of framing: which is ahead, and what the cheapest option costs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from shipworthy.economics import sourcing
from shipworthy.evidence.framing import FrameInput, Known
from shipworthy.frame import known
from shipworthy.workbench.economics import net_values

if TYPE_CHECKING:
    from shipworthy.evidence import Evaluation, Quantiles
    from shipworthy.spec.model import Product


def reckoned(product: Product, evaluation: Evaluation | None) -> Mapping[str, FrameInput]:
    """Every input that follows from `build_or_buy`, with what an evaluation measured of its candidates.

    Evidence where all that it follows from is; 5 % and 95 % points of the simulation are its ends.
    """
    return {each.name: each for each in _inputs(product, evaluation)}


def _inputs(product: Product, evaluation: Evaluation | None) -> Iterator[FrameInput]:
    section = product.build_or_buy
    if section is None:
        return
    found = sourcing(section, product.value, net_values(evaluation) if evaluation else {})
    if section.volume is not None:
        spread, source = section.volume.range, "build_or_buy.volume"
        basis: Known = section.volume.basis
        yield known("volume", spread.middle, basis, source, low=spread.low, high=spread.high)
    cheapest, months = found.cheapest, f"{section.months} months"
    basis = "assumption" if found.guessed(cheapest) else "evidence"
    once = f"build_or_buy: {cheapest}, which costs least over {months}"
    yield from _spread("build_cost", found.once, basis, once)
    yield from _spread("run_cost", found.monthly, basis, f"{once}, all but its start")
    if found.even:
        pair = (found.even.bought, found.even.built)
        basis = "assumption" if found.guessed(*pair) else "evidence"
        source = f"build_or_buy: {pair[0]} against {pair[1]} over {months}"
        yield from _spread("even_price", found.even.factor, basis, source)


def _spread(name: str, found: Quantiles, how: Known, source: str) -> Iterator[FrameInput]:
    if found.low is not None and found.middle is not None and found.high is not None:
        yield known(name, found.middle, how, source, low=found.low, high=found.high)
