"""Times within which authorities must be told of an incident, as the editions of the package have them. Not legal advice."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from shipworthy.evidence.incident import Clock, Incident
from shipworthy.evidence.risks import Triage
from shipworthy.risk.editions import TITLES, data_of
from shipworthy.risk.triage import GRAVITY

FORMAT = "%Y-%m-%dT%H:%M:%S.%fZ"


def clocks(law: Triage, opened: str) -> tuple[Clock, ...]:
    """The clocks that may run, from the time at which an incident was opened.

    Those of the AI Act are of high-risk systems: they are told where the facts lead there, or could. Only the general
    one of a system that is known to be of high risk counts by itself; others hold if what they name has happened.
    """
    return tuple(_clocks(law, opened))


def _clocks(law: Triage, opened: str) -> Iterator[Clock]:
    reachable = GRAVITY.index(law.most) >= GRAVITY.index("high_risk") and law.tier != "outside"
    known = GRAVITY.index(law.tier) >= GRAVITY.index("high_risk") and law.fact("reaches_eu").answer is True
    for name in ("eu_ai_act", "gdpr") if reachable else ("gdpr",):
        for at, each in enumerate(data_of(name)["clocks"]):
            counts = name == "eu_ai_act" and at == 0 and known
            yield Clock(
                each["name"],
                each["days"],
                later(opened, each["days"]),
                TITLES[name],
                each["article"],
                each["holds"]
                if known or name != "eu_ai_act"
                else f"it is a system of high risk that reaches the European Union, and {each['holds']}",
                counts,
                each["conflict"],
            )


def later(time: str, days: float) -> str:
    """A record's time, so many days later."""
    return (datetime.strptime(time, FORMAT) + timedelta(days=days)).strftime(FORMAT)  # noqa: DTZ007 - Z is in the format


def hours_between(first: str, last: str) -> float:
    """The hours from one record's time to another."""
    span = datetime.strptime(last, FORMAT) - datetime.strptime(first, FORMAT)  # noqa: DTZ007 - Z is in the format
    return span.total_seconds() / 3600


def passed(incident: Incident, time: str) -> tuple[Clock, ...]:
    """The clocks that count and ran out before anybody was told."""
    told = incident.last("tell")
    return tuple(
        clock
        for clock in incident.clocks
        if clock.counts and not incident.drill and (told.time if told else time) > clock.due
    )
