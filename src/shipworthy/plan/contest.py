"""How many rows a comparison of two candidates needs, on the same rows or on rows of their own."""

from __future__ import annotations

from dataclasses import dataclass

from shipworthy.errors import InputError
from shipworthy.evidence import Effort
from shipworthy.metrics import METRICS, Definition
from shipworthy.plan.effort import Prices, effort
from shipworthy.plan.rows import Shares, rows_that_count
from shipworthy.stats.power import (
    paired_rows,
    paired_rows_not_worse,
    unpaired_rows,
    unpaired_rows_not_worse,
)

LEVEL = 0.95
SAME_ROWS = {frozenset(("tp", "fn")), frozenset(("fp", "tn")), frozenset(("tp", "fn", "fp", "tn"))}
"""Denominators that do not depend on what a candidate answers: of these, two candidates share the rows."""


@dataclass(frozen=True)
class Rates:
    """What is known or assumed of the two candidates: the better one's rate, how often only one is right, and why."""

    rate: float
    why: str
    discordance: float | None = None
    discordance_why: str = ""


@dataclass(frozen=True)
class Contest:
    """The rows of a planned comparison, with an error of 1 - `level` and the chance `power`.

    `difference` is what is to be shown, `margin` what a candidate that is truly equal is shown not to be worse by.
    `discordance` is the share of rows on which only one candidate is right. Paired efforts count rows that both answer;
    `groups` count the rows of one of two groups, and their efforts those of both. None is more than a thousand million.
    """

    metric: str
    rows: str
    difference: float
    margin: float
    level: float
    power: float
    discordance: float
    discordance_why: str
    rates: Rates
    paired: Effort | None
    paired_not_worse: Effort | None
    group_rows: int | None
    groups: Effort | None
    group_rows_not_worse: int | None
    groups_not_worse: Effort | None
    currency: str


@dataclass(frozen=True)
class Aim:
    """What a comparison is to show, as shares: a difference, no harm beyond a margin, with which chance.

    `margin` is the difference if not given, `discordance` the measured one, else that of two candidates which err
    independently.
    """

    difference: float
    margin: float | None = None
    discordance: float | None = None
    power: float = 0.8


def contest(definition: Definition, rates: Rates, aim: Aim, found: Shares, prices: Prices) -> Contest:
    """The plan of a comparison.

    Args:
        definition: the metric, a share of rows that are the same for both candidates.
        rates: of the candidates as they are.
        aim: what it is to show.
        found: how common the rows that count are.
        prices: of a label, in money and time.

    Raises:
        InputError: the metric cannot be compared so, or a number cannot be.
    """
    difference, discordance, power = aim.difference, aim.discordance, aim.power
    margin = difference if aim.margin is None else aim.margin
    other = _other(definition, rates.rate, difference)
    share, why = (discordance, "as given") if discordance is not None else _discordance(rates, other)
    share = share if discordance is not None else max(share, difference, margin)
    _prove(definition, difference, margin, share, power)
    group, harmless = (
        unpaired_rows(rates.rate, other, LEVEL, power),
        unpaired_rows_not_worse(rates.rate, margin, LEVEL, power),
    )

    def of(counted: int | None, times: int = 1) -> Effort | None:
        return None if counted is None else effort(times * counted, found, prices, labels=True)

    return Contest(
        str(definition.metric),
        rows_that_count(definition).words,
        difference,
        margin,
        LEVEL,
        power,
        share,
        why,
        rates,
        of(paired_rows(difference, share, LEVEL, power)),
        of(paired_rows_not_worse(margin, share, LEVEL, power)),
        group,
        of(group, 2),
        harmless,
        of(harmless, 2),
        prices.currency,
    )


def _discordance(rates: Rates, other: float) -> tuple[float, str]:
    """The share of rows on which only one is right: as measured, else that of two candidates which err independently."""
    if rates.discordance is not None:
        return rates.discordance, rates.discordance_why
    independent = rates.rate * (1 - other) + other * (1 - rates.rate)
    return independent, "taken as if the two erred independently; where they err alike, fewer rows do"


def _other(definition: Definition, rate: float, difference: float) -> float:
    """The rate of the better candidate; of the worse one where there is no room above."""
    step = -difference if definition.entry.direction == "lower" else difference
    return rate + step if 0 <= rate + step <= 1 else rate - step


def prove_comparable(definition: Definition) -> None:
    """Return where both candidates are judged on the same rows.

    Raises:
        InputError: they are not, so that rows cannot be paired.
    """
    if definition.kind != "share" or frozenset(definition.denominator) not in SAME_ROWS:
        known = [entry.name for entry in METRICS.values() if frozenset(entry.trials) in SAME_ROWS]
        raise InputError(
            "plan.metric",
            f"{definition.metric} does not count the same rows for both candidates, so no pairs of rows can be planned",
            remedy=f"Compare one of {', '.join(known)}.",
        )


def _prove(
    definition: Definition, difference: float, margin: float, discordance: float, power: float
) -> None:
    prove_comparable(definition)
    _prove_effect("plan.difference", "difference", difference)
    _prove_effect("plan.margin", "margin", margin)
    if not 0.5 <= power < 1:
        raise InputError(
            "plan.power",
            f"a power is a chance from 0.5 to below 1, found {power:g}",
            remedy="The usual one is 0.8.",
        )
    if not max(difference, margin) <= discordance <= 1:
        raise InputError(
            "plan.discordance",
            f"a discordance of {discordance:g} does not fit a difference of {max(difference, margin):g}:"
            " two candidates differ by no more than the share of rows on which only one is right",
            remedy=f"Give a share from {max(difference, margin):g} to 1, or leave it out.",
        )


def _prove_effect(code: str, name: str, value: float) -> None:
    if not 0 < value <= 1:
        raise InputError(
            code,
            f"a {name} of 0 can not be shown by any number of rows"
            if value == 0
            else f"a {name} lies above 0 and is at most 1, found {value:g}",
            remedy="Say what would matter, as a share: 0.02 for two points of a hundred.",
        )
