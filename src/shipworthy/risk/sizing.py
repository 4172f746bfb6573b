"""How many people an unfair gap hits: natural frequencies for each group, from the rates of an evaluation and the volume."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from shipworthy.evidence import Estimate, Evaluation
from shipworthy.evidence.incident import Sized
from shipworthy.metrics import METRICS
from shipworthy.spec.claim import Metric
from shipworthy.spec.language import Requirement
from shipworthy.spec.quantity import SECONDS
from shipworthy.spec.sections import Value

A_THOUSAND = 1000.0


def sizes(
    evaluation: Evaluation, record: str, candidate: str, claim: Requirement, value: Value | None
) -> tuple[Sized, ...]:
    """Who is hit, the worst group first; nothing where the evaluation holds no shares of groups.

    What goes wrong a month is the volume, times the share of test rows that are such cases, times the rate: so the test
    rows are taken to stand for the traffic.
    """
    metric, columns = inner(claim)
    if metric is None or not _is_share(metric):
        return ()
    rising = _wrong_when_high(metric)
    rows = evaluation.facts(candidate).rows
    per_month = _per_month(value)
    found = [
        _sized(each, record, rising, per_month * each.n / rows if per_month is not None and rows else None)
        for each in _rates(evaluation, candidate, metric, columns)
    ]
    found.sort(key=lambda each: -each.wrong)
    several = len(found) > 1
    return tuple(
        replace(each, worst=several and at == 0, excess=_excess(each, found[-1]) if several else None)
        for at, each in enumerate(found)
    )


def _excess(each: Sized, least: Sized) -> float | None:
    """What would not go wrong a month at the rate of the group that is hit least."""
    if each.per_month is None or not each.wrong:
        return None
    return each.per_month * (1 - least.wrong / each.wrong)


def inner(claim: Requirement) -> tuple[str | None, tuple[str, ...]]:
    """The metric that a claim compares between groups, and the columns that make them; no columns where it compares none."""
    entry = METRICS.get(claim.metric.name)
    names = [arg for arg in claim.metric.args if isinstance(arg, Metric)]
    if entry is None or not entry.comparison:
        return str(claim.metric), claim.every
    if entry.of:
        return entry.of[0], tuple(arg.name for arg in names)
    compared = names[1:2] if entry.comparison == "conditional" else names[1:]
    return (str(names[0]), tuple(arg.name for arg in compared)) if names else (None, ())


def _rates(
    evaluation: Evaluation, candidate: str, metric: str, columns: tuple[str, ...]
) -> Iterator[Estimate]:
    for each in evaluation.estimates:
        same = (each.candidate, each.metric) == (candidate, metric) and set(each.slice) == set(columns)
        if same and each.value is not None and each.n:
            yield each


def _is_share(metric: str) -> bool:
    """Whether a metric counts cases, so that it can be told as so many of 1,000."""
    entry = METRICS.get(metric.partition("(")[0])
    return entry is not None and entry.unit == "share"


def _wrong_when_high(metric: str) -> bool:
    """Whether a high value is the harm: of rates that should be low, and of those that should be neither."""
    entry = METRICS.get(metric.partition("(")[0])
    return entry is None or entry.direction != "higher"


def _per_month(value: Value | None) -> float | None:
    if value is None or value.volume is None:
        return None
    return float(value.volume.per_day) * float(SECONDS["month"]) / float(SECONDS["day"])


def _sized(each: Estimate, record: str, rising: bool, cases: float | None) -> Sized:  # noqa: FBT001 - a fact of the metric
    rate = each.value or 0.0
    shares = (rate, each.low, each.high) if rising else (1 - rate, _rest(each.high), _rest(each.low))
    months = [None if share is None or cases is None else share * cases for share in shares]
    wrong, low, high = (None if share is None else share * A_THOUSAND for share in shares)
    group: Mapping[str, str] = dict(each.slice)
    return Sized(group, each.metric, wrong or 0.0, low, high, each.n, months[0], months[1], months[2], record)


def _rest(share: float | None) -> float | None:
    return None if share is None else 1 - share
