"""How many rows a comparison of two candidates needs, on the same rows or on rows of their own."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite

from shipworthy.errors import InputError
from shipworthy.evidence import Effort, Span
from shipworthy.metrics import Definition
from shipworthy.metrics.classes import ROWS
from shipworthy.metrics.outcomes import ANSWERED, UNANSWERED
from shipworthy.plan.effort import Prices, effort
from shipworthy.plan.rows import Shares, rows_that_count
from shipworthy.spec.task import BINARY, Task
from shipworthy.stats.power import (
    paired_rows,
    paired_rows_not_worse,
    unpaired_rows,
    unpaired_rows_not_worse,
)
from shipworthy.stats.sample_size import units_with_power

LEVEL = 0.95
SAME_ROWS = {
    frozenset(("tp", "fn")),
    frozenset(("fp", "tn")),
    frozenset(("tp", "fn", "fp", "tn")),
    frozenset(ROWS),
    frozenset((ANSWERED, UNANSWERED)),
}
"""Denominators that do not depend on what a candidate answers: of these, two candidates share the rows."""


@dataclass(frozen=True)
class Rates:
    """What is known or assumed of the two candidates: the better one's value, how the two differ, and why.

    Of a share of the same rows, `discordance` is how often only one is right. Of any other metric, `paired` is the
    standard deviation of the difference on one row that both answer, `apart` that of one row each; where `same_rows`
    is not, a row is any labelled one.
    """

    rate: float
    why: str
    discordance: float | None = None
    spread_why: str = ""
    paired: float | None = None
    apart: float | None = None
    same_rows: bool = True


@dataclass(frozen=True)
class PlannedComparison:
    """The rows of a planned comparison, with an error of 1 - `level` and the chance `power`.

    `difference` is what is to be shown, `margin` what a candidate that is truly equal is shown not to be worse by, in
    the `unit` of the metric. `discordance` is the share of rows on which only one candidate is right; of metrics that
    are no share of the same rows, `sd` is the standard deviation of one row's difference. Paired efforts count rows that
    both answer; `groups` count the rows of one of two groups, and their efforts those of both. None is more than a
    thousand million, or not known.
    """

    metric: str
    rows: str
    unit: str
    difference: float
    margin: float
    level: float
    power: float
    discordance: float | None
    sd: float | None
    spread_why: str
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
    """What a comparison is to show: a difference, no harm beyond a margin, with which chance.

    `margin` is the difference if not given; `discordance` (of a share) and `sd` (of any other metric) the measured one,
    else that of two candidates which err independently.
    """

    difference: float
    margin: float | None = None
    discordance: float | None = None
    power: float = 0.8
    sd: float | None = None


@dataclass(frozen=True)
class _Rows:
    """The rows that show the difference and that rule out harm: paired, and of each of two groups."""

    paired: int | None
    paired_not_worse: int | None
    group: int | None
    group_not_worse: int | None


def planned_comparison(
    definition: Definition, rates: Rates, aim: Aim, found: Shares, prices: Prices, task: Task = BINARY
) -> PlannedComparison:
    """The plan of a comparison.

    Args:
        definition: the metric.
        rates: of the candidates as they are.
        aim: what it is to show.
        found: how common the rows that count are.
        prices: of a label, in money and time.
        task: the kind of answers.

    Raises:
        InputError: a number cannot be, or nothing tells how much the difference of a row varies.
    """
    _prove_aim(definition, aim)
    margin = aim.difference if aim.margin is None else aim.margin
    shared = is_discordant(definition)
    discordance, why = _discordance(definition, rates, aim, margin) if shared else (None, "")
    sd, why = (None, why) if shared else _sd(definition, rates, aim)
    if discordance is not None:
        rows = _of_share(definition, rates, aim, margin, discordance)
    else:
        rows = _of_spread(rates, aim, margin, sd or 0.0)
    counted = rows_that_count(definition, task)

    def of(rows: int | None, times: int = 1) -> Effort | None:
        return None if rows is None else effort(times * rows, found, prices, labels=counted.labels)

    return PlannedComparison(
        str(definition.metric), counted.words if rates.same_rows else "labelled rows", definition.unit,
        aim.difference, margin, LEVEL, aim.power, discordance, sd, why, rates, of(rows.paired), of(rows.paired_not_worse),
        rows.group, of(rows.group, 2), rows.group_not_worse, of(rows.group_not_worse, 2), prices.currency,
    )  # fmt: skip


def is_discordant(definition: Definition) -> bool:
    """Whether it is a share of rows that are the same for both candidates: only discordant rows then tell them apart."""
    return definition.kind == "share" and frozenset(definition.denominator) in SAME_ROWS


LABELLED_ROWS = Shares(Span(1.0, 1.0, 1.0), Span(1.0, 1.0, 1.0))
"""Of metrics that count other rows for each candidate, every labelled row counts."""


def _of_share(definition: Definition, rates: Rates, aim: Aim, margin: float, discordance: float) -> _Rows:
    other = _other(definition, rates.rate, aim.difference)
    return _Rows(
        paired_rows(aim.difference, discordance, LEVEL, aim.power),
        paired_rows_not_worse(margin, discordance, LEVEL, aim.power),
        unpaired_rows(rates.rate, other, LEVEL, aim.power),
        unpaired_rows_not_worse(rates.rate, margin, LEVEL, aim.power),
    )


def _of_spread(rates: Rates, aim: Aim, margin: float, sd: float) -> _Rows:
    """Student's t on the rows' differences; the variance of one row of each group is the sum of both."""

    def rows(effect: float, spread: float | None) -> int | None:
        return None if spread is None else units_with_power(effect, spread**2, 0.0, LEVEL, aim.power)

    return _Rows(
        rows(aim.difference, sd),
        rows(margin, sd),
        rows(aim.difference, rates.apart),
        rows(margin, rates.apart),
    )


def _discordance(definition: Definition, rates: Rates, aim: Aim, margin: float) -> tuple[float, str]:
    """The share of rows on which only one is right: given, measured, else that of two that err independently."""
    least = max(aim.difference, margin)
    if aim.discordance is not None:
        found, why = aim.discordance, "as given"
    elif rates.discordance is not None:
        found, why = max(rates.discordance, least), rates.spread_why
    else:
        other = _other(definition, rates.rate, aim.difference)
        found = max(rates.rate * (1 - other) + other * (1 - rates.rate), least)
        why = "taken as if the two erred independently; where they err alike, fewer rows do"
    if not least <= found <= 1:
        raise InputError(
            "plan.discordance",
            f"a discordance of {found:g} does not fit a difference of {least:g}:"
            " two candidates differ by no more than the share of rows on which only one is right",
            remedy=f"Give a share from {least:g} to 1, or leave it out.",
        )
    return found, why


def _sd(definition: Definition, rates: Rates, aim: Aim) -> tuple[float, str]:
    """The standard deviation of one row's difference: given, or measured."""
    if aim.sd is not None:
        return aim.sd, "as given"
    if rates.paired is not None and isfinite(rates.paired) and rates.paired > 0:
        return rates.paired, rates.spread_why
    raise InputError(
        "plan.sd",
        f"how many rows show a difference in {definition.metric} depends on how much the difference of one row varies, "
        "which nothing tells here",
        remedy="Name a product that has candidates, or give the standard deviation: --sd 2.5",
    )


def _other(definition: Definition, rate: float, difference: float) -> float:
    """The rate of the better candidate; of the worse one where there is no room above."""
    step = -difference if definition.entry.direction == "lower" else difference
    return rate + step if 0 <= rate + step <= 1 else rate - step


def _prove_aim(definition: Definition, aim: Aim) -> None:
    _prove_effect("plan.difference", "difference", aim.difference, definition)
    if aim.margin is not None:
        _prove_effect("plan.margin", "margin", aim.margin, definition)
    if not 0.5 <= aim.power < 1:
        raise InputError(
            "plan.power",
            f"a power is a chance from 0.5 to below 1, found {aim.power:g}",
            remedy="The usual one is 0.8.",
        )
    of_share = is_discordant(definition)
    wrong = aim.sd if of_share else aim.discordance
    if wrong is not None:
        right, name = ("--discordance", "plan.sd") if of_share else ("--sd", "plan.discordance")
        raise InputError(
            name,
            f"what {definition.metric} varies by is not said with {'--sd' if of_share else '--discordance'}",
            remedy=f"Give {right}, or nothing.",
        )
    if aim.sd is not None and not (isfinite(aim.sd) and aim.sd > 0):
        raise InputError(
            "plan.sd",
            f"a standard deviation lies above 0, found {aim.sd:g}",
            remedy="Say by how much the two typically differ on one row, in the unit of the metric.",
        )


def _prove_effect(code: str, name: str, value: float, definition: Definition) -> None:
    most = 1.0 if definition.unit == "share" else float("inf")
    if value > 0 and value <= most and isfinite(value):
        return
    limit = " and is at most 1" if most == 1 else ""
    share = ", as a share: 0.02 for two points of a hundred" if most == 1 else ", in the unit of the metric"
    raise InputError(
        code,
        f"a {name} of 0 can not be shown by any number of rows"
        if value == 0
        else f"a {name} lies above 0{limit}, found {value:g}",
        remedy=f"Say what would matter{share}.",
    )
