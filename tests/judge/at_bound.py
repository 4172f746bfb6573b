"""How often claims about a quality exactly at its bound are met and missed, over draws that are slices of one cube."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from shipworthy.judge import claim_of
from shipworthy.judge.comparison import compared
from shipworthy.spec.language import read_requirement
from shipworthy.spec.model import Value
from shipworthy.spec.task import BINARY, Task
from shipworthy.tally import Tallies

DRAWS = 2_000
ALPHA = 0.05
BATCHES = 10

Rates = tuple[float, float]
Scenario = Callable[[np.random.Generator, int], tuple[str, Tallies, Value | None]]


def keys(draws: int) -> list[tuple[str, ...]]:
    return [(f"{draw:06d}",) for draw in range(draws)]


def rates(text: str, tallies: Tallies, value: Value | None = None, task: Task = BINARY) -> Rates:
    """How often the claim is met and missed over the draws, each a slice."""
    claim = claim_of(read_requirement(text), value, task)
    sides = [
        compared(
            definition, bound, tallies, ("draw",), claim.requirement.confidence, both=claim.at is not None
        )
        for definition, bound in claim.comparisons
    ]
    met = np.all([side.met for side in sides], axis=0)
    missed = np.any([side.missed for side in sides], axis=0)
    return float(met.mean()), float(missed.mean())


def rates_of_batches(make: Scenario, seed: int) -> Rates:
    """The rates over ten times the draws."""
    batches = [make(np.random.default_rng([seed, batch]), DRAWS) for batch in range(BATCHES)]
    met, missed = np.mean([rates(*batch) for batch in batches], axis=0)
    return float(met), float(missed)


def allowed(draws: int) -> float:
    """The 5 % that verdicts promise, and three standard errors of the simulation."""
    return ALPHA + 3 * float(np.sqrt(ALPHA * (1 - ALPHA) / draws))


def assert_rare(found: Rates, draws: int, excess: float = 0.0) -> None:
    """Wrong *met* and wrong *missed* each stay within what is allowed, and what is known to be beyond it."""
    met, missed = found
    assert met <= allowed(draws) + excess
    assert missed <= allowed(draws) + excess
