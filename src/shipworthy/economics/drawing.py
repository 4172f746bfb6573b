"""Uncertain inputs as draws: each through the quantile function of its shape, so that a point can be asked for too."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import ndtri

from shipworthy.evidence import Assumed, Quantiles
from shipworthy.spec.inputs import MEASURES, Input
from shipworthy.stats.floats import Floats

Z_90 = float(ndtri(0.95))
"""The ends of a lognormal range are its 5 % and 95 % points."""

Z_95 = float(ndtri(0.975))
"""The ends of a measured range are a two-sided 95 % interval."""

Draws = Mapping[str, Floats]
"""Each input by its name: one number per draw."""


def assumed(name: str, given: Input, currency: str) -> Assumed:
    """An input of product.yaml in the unit that it is reckoned in; `name` ends with its key."""
    unit = MEASURES[name.rpartition(".")[2]].shown.format(currency=currency)
    found = given.range
    return Assumed(
        name, unit, found.low, found.likely, found.high, given.spread, given.source or "", given.basis
    )


def measured_value(name: str, value: float, low: float, high: float, unit: str, source: str) -> Assumed:
    """An estimate with its two-sided 95 % interval as an input."""
    return Assumed(name, unit, low, value, high, "normal", source, "evidence")


def points(given: Assumed, share: ArrayLike) -> Floats:
    """The value of an input below which so large a share of its chance lies: its quantile function.

    Triangular and uniform in closed form; lognormal with the ends at 5 % and 95 %; normal with the ends as a 95 %
    interval.
    """
    at = np.asarray(share, dtype=np.float64)
    if given.low == given.high:
        return np.full(at.shape, given.low)
    if given.shape == "uniform":
        return given.low + at * (given.high - given.low)
    if given.shape == "lognormal":
        middle = (np.log(given.low) + np.log(given.high)) / 2
        return np.asarray(np.exp(middle + ndtri(at) * (np.log(given.high) - middle) / Z_90))
    likely = (given.low + given.high) / 2 if given.likely is None else given.likely
    if given.shape == "normal":
        return np.asarray(likely + ndtri(at) * (given.high - given.low) / (2 * Z_95))
    return _triangular(given.low, likely, given.high, at)


def _triangular(low: float, likely: float, high: float, at: Floats) -> Floats:
    turn = (likely - low) / (high - low)
    rising = low + np.sqrt(at * (high - low) * (likely - low))
    falling = high - np.sqrt((1 - at) * (high - low) * (high - likely))
    return np.where(at < turn, rising, falling)


def draws(inputs: Sequence[Assumed], count: int, seed: int) -> Draws:
    """So many independent draws of every input, the same for the same seed."""
    shares = np.random.default_rng(seed).random((len(inputs), count))
    return {each.name: points(each, row) for each, row in zip(inputs, shares, strict=True)}


def medians(inputs: Sequence[Assumed]) -> Draws:
    """Every input at its median, as one draw."""
    return {each.name: points(each, [0.5]) for each in inputs}


def likely_ones(inputs: Sequence[Assumed]) -> Draws:
    """Every input at its likely number (the middle, where none is given), as one draw."""
    return {
        each.name: np.array([(each.low + each.high) / 2 if each.likely is None else each.likely])
        for each in inputs
    }


def quantiles(values: Floats, method: Literal["linear", "lower", "higher"] = "linear") -> Quantiles:
    """The 5 %, 50 % and 95 % points; None where a point is infinite."""
    found = np.quantile(values, (0.05, 0.5, 0.95), method=_method(values, method))
    low, middle, high = (float(each) if np.isfinite(each) else None for each in found)
    return Quantiles(low, middle, high)


def _method(
    values: Floats, method: Literal["linear", "lower", "higher"]
) -> Literal["linear", "lower", "higher"]:
    """Between a finite and an infinite draw nothing can be interpolated."""
    return "higher" if method == "linear" and not np.isfinite(values).all() else method
