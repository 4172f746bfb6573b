"""At a value exactly at the bound, claims about Brier scores, log losses and ratios of one's own are wrong no more often than they say."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from scipy.special import expit

from shipworthy.spec.own_metric import OwnMetric
from shipworthy.spec.task import Task
from shipworthy.tally import CELLS, Tallies
from tests.judge.at_bound import assert_rare, keys, rates
from tests.tally.counting import cube, thirds, with_products

DRAWS = 1_500
OWN = Task(
    own=(
        ("refund_rate", OwnMetric(numerator="refunds", denominator="orders", unit="share")),
        ("basket", OwnMetric(numerator="money", denominator="orders")),
    )
)
Drawn = dict[str, np.ndarray]
"""Row values (draws, users, rows of a user)."""


def scored(sure: float) -> Callable[[np.random.Generator, tuple[int, ...]], Drawn]:
    """Scores of users who are alike, the surer the larger `sure`."""

    def draw(rng: np.random.Generator, shape: tuple[int, ...]) -> Drawn:
        odds = rng.normal(-1, 1, (*shape[:2], 1)) + rng.normal(0, 1, shape)
        label, score = rng.random(shape) < expit(odds), expit(sure * odds)
        loss = -np.log(np.where(label, score, 1 - score))
        return {"=brier": (score - label) ** 2, "=log_loss": loss}

    return draw


def shop(rng: np.random.Generator, shape: tuple[int, ...]) -> Drawn:
    """Orders of customers, some of whom send much back; the price of a basket has a tail."""
    orders = rng.integers(1, 6, shape).astype(float)
    refunds = rng.binomial(orders.astype(int), rng.beta(0.6, 6, (*shape[:2], 1))).astype(float)
    money = orders * rng.lognormal(3, 0.4, shape)
    return {
        "=numerator@0": refunds,
        "=denominator@0": orders,
        "=numerator@1": money,
        "=denominator@1": orders,
    }


def tallies(values: Drawn, *, clustered: bool) -> Tallies:
    """The tallies of many draws, each a slice; every row is a labelled positive."""
    names = sorted(values)
    shape = values[names[0]].shape
    units = np.zeros((*shape[:2], len(CELLS) + 2 * len(names)))
    units[..., 0] = shape[2]
    for at, name in enumerate(names):
        units[..., len(CELLS) + 2 * at], units[..., len(CELLS) + 2 * at + 1] = (
            values[name].sum(axis=2),
            shape[2],
        )
    rows, users = (np.full(shape[0], float(n)) for n in (shape[1] * shape[2], shape[1]))
    own = (*CELLS, *(part for name in names for part in (name, f"#{name}")))
    products = np.einsum("dui,duj->dij", units, units)
    found = cube(
        ("draw",), keys(shape[0]), own, rows, users, units.sum(axis=1), products, clustered=clustered
    )
    return Tallies({("draw",): with_products(found, thirds(own, units))}, {}, clustered)


WORLDS = {
    "brier": scored(1.0),
    "log_loss": scored(1.0),
    "refund_rate": shop,
    "basket": shop,
}
VALUE = {
    "brier": lambda found: found["=brier"].mean(),
    "log_loss": lambda found: found["=log_loss"].mean(),
    "refund_rate": lambda found: found["=numerator@0"].sum() / found["=denominator@0"].sum(),
    "basket": lambda found: found["=numerator@1"].sum() / found["=denominator@1"].sum(),
}


@pytest.mark.parametrize(("users", "rows"), [(40, 6), (150, 1), (300, 4)])
@pytest.mark.parametrize("metric", WORLDS)
def test_claims_at_the_bound_are_wrong_no_more_often_than_they_say(metric, users, rows):
    truth = VALUE[metric](WORLDS[metric](np.random.default_rng(2), (400, 2_000, 2)))
    found = tallies(WORLDS[metric](np.random.default_rng(users), (DRAWS, users, rows)), clustered=rows > 1)
    assert_rare(rates(f"{metric} <= {truth:.9f}", found, None, OWN), DRAWS)
