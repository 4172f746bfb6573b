"""The incident report: what was said, what was measured, who was hit and told, what was changed, and what is still open."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from shipworthy.documents import phrases, risked
from shipworthy.documents.figure import Scale, counted, figure, sentence
from shipworthy.documents.measure import metric_words, split_metric
from shipworthy.documents.statement import Statement, assumption, evidence, unanswered
from shipworthy.documents.wording import plural
from shipworthy.errors import InputError
from shipworthy.evidence.incident import STEPS
from shipworthy.risk.clocks import hours_between
from shipworthy.risk.playbook import QUESTIONS

if TYPE_CHECKING:
    from shipworthy.documents.figure import Sentence
    from shipworthy.documents.sources import Sources
    from shipworthy.evidence import Clock, Incident, IncidentStep, Sized
    from shipworthy.evidence.incident import StepName
    from shipworthy.spec.model import Product

TITLES: Mapping[StepName, str] = {
    "verify": "Is it so",
    "size": "Who is hit",
    "contain": "What stops the harm",
    "tell": "Who was told",
    "cause": "Why it came about",
    "fix": "What was changed",
    "re-measure": "Whether that helps",
    "learn": "What was learnt",
}
BORNE_OUT = {
    "met": "The evidence met the requirement.",
    "missed": "The evidence missed the requirement.",
    "undecided": "The evidence did not decide it: more labels would.",
}
HOURS_A_DAY = 24


@dataclass(frozen=True)
class Taken:
    """One step that was taken: its heading, who took it and when, what was said, what was measured, and notes."""

    title: str
    by: str
    said: tuple[tuple[str, Statement], ...]
    found: tuple[Statement, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True)
class ClockRow:
    """A time within which somebody must be told: of what, by which law, when it runs out, and how that stands."""

    name: str
    law: str
    due: str
    holds: str
    stands: str


@dataclass(frozen=True)
class Report:
    """What the incident report shows."""

    title: str
    name: str
    standing: Statement
    facts: tuple[tuple[str, Statement], ...]
    short: tuple[Statement, ...]
    clocks: tuple[ClockRow, ...]
    steps: tuple[Taken, ...]
    open: tuple[tuple[str, tuple[str, ...]], ...]
    suggestion: str
    records: tuple[str, ...]


def view(sources: Sources) -> Report:
    """What the report of the newest incident shows.

    Raises:
        InputError: the record holds no incident.
    """
    record = sources.record("incident")
    found = record.incident
    if found is None:
        message = f"the record {record.id} holds no incident"
        raise InputError("document.no_incident", message, remedy="Open one: shipworthy incident --open")
    numbers = risked.numbered([each for step in found.steps for each in step.records])
    return Report(
        f"{'Drill' if found.drill else 'Incident'} {found.number}",
        sources.product.product,
        _standing(found),
        tuple(_facts(found)),
        tuple(_short(sources.product, found)),
        tuple(_clock(found, each) for each in found.clocks),
        tuple(_taken(sources.product, found, at, each, numbers) for at, each in enumerate(found.steps)),
        tuple((TITLES[step], QUESTIONS[step]) for step in _left(found)),
        found.suggestion,
        tuple(numbers),
    )


def _left(found: Incident) -> list[StepName]:
    """The steps that are still to be taken."""
    return [step for step in (found.path if found.closed else STEPS) if step not in found.done]


def _standing(found: Incident) -> Statement:
    if found.closed:
        told = (
            "Closed: the evidence did not bear it out."
            if found.unfounded and not found.last("fix")
            else "Closed."
        )
        return evidence(told)
    left = _left(found)
    return evidence(f"Open: {plural(len(left), 'step')} to come, the next is “{found.next_step}”.")


def _facts(found: Incident) -> Iterator[tuple[str, Statement]]:
    yield "What was said", assumption(found.what)
    yield "Opened", evidence(f"{moment(found.opened)}, by {found.by}.")
    yield "Whose answers", (
        evidence(f"{found.candidate}.") if found.candidate else unanswered("whose answers it is about", run="shipworthy incident --candidate NAME")
    )  # fmt: skip
    yield "Requirement", (
        evidence(f"{found.claim}.") if found.claim else unanswered("which requirement it is about", run="shipworthy incident --about REQUIREMENT")
    )  # fmt: skip


def _short(product: Product, found: Incident) -> Iterator[Statement]:
    """The incident in a few lines, for who reads no further."""
    first, last = found.last("verify"), found.last("re-measure")
    if first:
        told = BORNE_OUT.get(first.verdict, "Nothing was measured.")
        yield evidence(f"When it was looked at first: {told[:1].lower()}{told[1:]}")
    for at, step in enumerate(found.steps):
        hardest = next((i for i, each in enumerate(step.sizes) if each.worst), None)
        if hardest is not None and step is found.last("size"):
            path = f"/incident/steps/{at}/sizes/{hardest}"
            yield evidence("Hit hardest. ", _sized(product, step.sizes[hardest], path))
    for name, told in (("contain", "The harm was contained"), ("tell", "Those concerned were told")):
        step_taken = next((each for each in found.steps if each.step == name), None)
        if step_taken:
            yield evidence(
                f"{told} {_span(hours_between(found.opened, step_taken.time))} after it was opened."
            )
    if last:
        again = {"met": "is met", "missed": "is still missed", "undecided": "is not decided"}
        yield evidence(f"After the fix the requirement {again.get(last.verdict, 'was not measured')}.")


def _clock(found: Incident, clock: Clock) -> ClockRow:
    told = found.last("tell")
    differ = f" (sources differ: {clock.conflict})" if clock.conflict else ""
    if told is None:
        stands = "nobody was told yet"
    else:
        stands = "told before then" if told.time <= clock.due else "told only after"
    holds = "it holds by the known facts" if clock.counts else f"if {clock.holds}"
    return ClockRow(
        clock.name, f"{clock.law}, {clock.article}", moment(clock.due), f"{holds}{differ}", stands
    )


def _taken(
    product: Product, found: Incident, at: int, step: IncidentStep, numbers: Mapping[str, int]
) -> Taken:
    path = f"/incident/steps/{at}"
    after = _span(hours_between(found.opened, step.time))
    early = f"; before its turn, because {step.early.rstrip('.')}" if step.early else ""
    verdict = [evidence(BORNE_OUT[step.verdict])] if step.verdict else []
    figures = [
        evidence(risked.told(product, each, f"{path}/figures/{i}")) for i, each in enumerate(step.figures)
    ]
    sizes = [evidence(_sized(product, each, f"{path}/sizes/{i}")) for i, each in enumerate(step.sizes)]
    rests = [f"Rests on {risked.referring(step.records, numbers)}."] if step.records else []
    return Taken(
        f"{TITLES[step.step]}",
        f"{step.by}, {moment(step.time)}, {after} after it was opened{early}",
        tuple((each.question, assumption(each.answer)) for each in step.said),
        (*verdict, *figures, *sizes),
        (*step.notes, *rests),
    )


def _sized(product: Product, size: Sized, path: str) -> Sentence:
    """How many of a group are hit, of 1,000 such cases and by the month."""
    cases, harm = _harm(product, size.metric)
    where = f"Where {risked.group(size.group)}" if size.group else "Everybody"
    start = f"{where}: of 1,000 {cases}, about "
    told = sentence(start, _range(path, "wrong", size.wrong, "low", size.low, "high", size.high), f" {harm}")
    if size.per_month is not None:
        ends = ("per_month_low", size.per_month_low, "per_month_high", size.per_month_high)
        told = sentence(
            told, ", which is about ", _range(path, "per_month", size.per_month, *ends), " a month"
        )
    if size.worst and size.excess:
        told = sentence(
            told, ", ", _many(f"{path}/excess", size.excess), " of them more than at the lowest rate"
        )
    return sentence(told, "; n = ", counted(size.n, f"{path}/n"), ".")


def _harm(product: Product, metric: str) -> tuple[str, str]:
    """Which cases a rate counts, and what goes wrong for so many of them."""
    name, _ = split_metric(metric)
    if product.predicts.kind == "binary" and name == "recall":
        return phrases.rows(product, "positive"), f"would not {phrases.befalls(product)}"
    if product.predicts.kind == "binary" and name == "false_positive_rate":
        return phrases.rows(product, "negative"), f"would {phrases.befalls(product)} by mistake"
    return f"{phrases.cases(product)} that count for the {metric_words(metric)}", "go wrong"


def _range(
    path: str, key: str, value: float, low_key: str, low: float | None, high_key: str, high: float | None
) -> Sentence:
    """A number with its two-sided 95 % interval, where it has one."""
    shown = _many(f"{path}/{key}", value)
    if low is None or high is None:
        return shown
    places = _places(value)
    least = figure(low, f"{path}/{low_key}", Scale(), places, "down")
    return sentence(
        shown, " (", least, " to ", figure(high, f"{path}/{high_key}", Scale(), places, "up"), ")"
    )


def _many(path: str, value: float) -> Sentence:
    return (figure(value, path, Scale(), _places(value)),)


def _places(value: float) -> int:
    """One decimal of numbers below ten, none of others."""
    return 0 if abs(value) >= 10 else 1


def moment(time: str) -> str:
    """A record's time as people write it: 22 November 2026, 21:18 UTC."""
    found = datetime.fromisoformat(time)
    return f"{found.day} {found:%B %Y, %H:%M} UTC"


def _span(hours: float) -> str:
    """A length of time: in hours, or in days where it is long."""
    if hours < 1:
        return "less than an hour"
    return f"{hours:.0f} hours" if hours < 2 * HOURS_A_DAY else f"{hours / HOURS_A_DAY:.0f} days"
