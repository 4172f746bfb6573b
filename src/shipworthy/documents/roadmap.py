"""The forecast of the roadmap, for people (Markdown), for tables (CSV) and for calendars (iCalendar)."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from shipworthy.documents.calendar import Event, calendar
from shipworthy.documents.rendering import markdown_page
from shipworthy.documents.wording import (
    SPACE,
    count,
    listed,
    number,
    percentage,
    supported_decimals,
    with_unit,
)

if TYPE_CHECKING:
    from shipworthy.evidence import Forecast, Ranked, Record, Scored, StageForecast

NEVER = "not certain to come"
COLUMNS = ("stage", "begins", "p50", "p85", "p95", "ever", "by_kill_date", "swing_days", "done")


@dataclass(frozen=True)
class Plan:
    """The same forecast in three formats."""

    markdown: str
    table: str
    calendar: str


def roadmap_plan(product: str, record: Record) -> Plan | None:
    """The roadmap's forecast in a record; None where it has none."""
    found = record.economics.forecast if record.economics else None
    if found is None:
        return None
    written = datetime.fromisoformat(record.time)
    return Plan(_markdown(product, record, found), _table(found), calendar(product, _events(found), written))


def _markdown(product: str, record: Record, found: Forecast) -> str:
    values = {
        "product": product,
        "found": found,
        "draws": count(found.draws),
        "rows": [_row(each) for each in (*found.stages, found.whole)],
        "answer": _answer(found),
        "facts": _facts(found),
        "backlog": [_ranked(each, found.currency) for each in found.backlog],
        "sprint": [(each.stage, _share(each.worked_on), _share(each.ends)) for each in found.sprint.stages]
        if found.sprint
        else [],
        "beside": _beside(found),
        "scored": [_scored(each) for each in (found.hindsight.stages or ())] if found.hindsight else [],
        "calibration": _calibration(found),
    }
    return markdown_page("roadmap.md.j2", values, record.id)


def _answer(found: Forecast) -> str:
    whole = found.whole
    if whole.p85 is None:
        return f"It is all done at some time with a chance of {_share(whole.ever)}: no day is 85{SPACE}% certain."
    return f"It is all done by {whole.p85} with a chance of 85{SPACE}%, at some time with one of {_share(whole.ever)}."


def _facts(found: Forecast) -> list[str]:
    facts = list(found.notes)
    if found.critical:
        swing = next(each.swing_days for each in found.stages if each.stage == found.critical)
        told = "may come or not" if swing is None else f"moves by {swing:.0f} days"
        facts.append(
            f"The length of {found.critical} matters most: between its short and its long end the P85 of everything {told}."
        )
    gate = max(found.stages, key=lambda each: each.fails or 0.0)
    if gate.fails:
        facts.append(
            f"Whether it comes at all hangs most on the gate of {gate.stage}, which fails its last try with a chance of {_share(gate.fails)}."
        )
    if found.kill_date and found.whole.by_kill is not None:
        facts.append(
            f"By the kill date, {found.kill_date}, it is done with a chance of {_share(found.whole.by_kill)}."
        )
    elif found.proposed_kill:
        facts.append(
            f"A kill date could be {found.proposed_kill}: of all plans that come to an end, 95{SPACE}% have by then."
        )
    return facts


def _beside(found: Forecast) -> str:
    """What the sprint has room for beside its stages."""
    if found.sprint is None:
        return ""
    room = f"The stages leave {found.sprint.free_days:.0f} days of one person's work on average"
    if not found.backlog:
        return f"{room}."
    fits = (
        f"of the backlog, {listed(found.sprint.fits)} fits"
        if found.sprint.fits
        else "no item of the backlog fits"
    )
    return f"{room}; {fits}."


def _calibration(found: Forecast) -> str:
    """How past forecasts did, against what they promised."""
    past = found.hindsight
    if past is None:
        return ""
    if not past.scored or past.within_p85 is None:
        return "No stage that is done had a forecast with dates before."
    told = f"By their first P85: {_share(past.within_p85)} of {past.scored}"
    if past.low is not None and past.high is not None:
        told += f" ({_share(past.low)} to {_share(past.high)}), where 85{SPACE}% should be: {_width(past.low, past.high)}"
    return f"{told}. Mean pinball loss: {past.loss_days:.1f} days."


def _width(low: float, high: float) -> str:
    """Whether ranges were of the right width, by the interval of how many stages came by their P85."""
    if high < 0.85:
        return "the ranges were too narrow"
    return "the ranges were too wide" if low > 0.85 else "no sign of ranges that are too narrow or too wide"


def _scored(each: Scored) -> tuple[str, ...]:
    return (each.stage, each.p50, each.p85, each.done, _late(each.after_p50), _late(each.after_p85))


def _late(days: int) -> str:
    return f"{days} late" if days > 0 else f"{-days} early" if days < 0 else "on the day"


def _row(each: StageForecast) -> tuple[str, ...]:
    if each.done:
        return (each.stage, "", f"done {each.done}", "", "", "", "")
    swing = "" if each.swing_days is None else f"{each.swing_days:.0f}"
    days = (each.begins, each.p50, each.p85, each.p95)
    return (each.stage, *(day or NEVER for day in days), _share(each.ever), swing)


def _ranked(each: Ranked, currency: str) -> tuple[str, ...]:
    def shown(value: float) -> str:
        return with_unit(number(value, supported_decimals(value, None, None)), currency)

    months = number(each.months, 1)
    worth = (
        f"{shown(each.worth)} a month" if each.order == "cost of delay" else f"{shown(each.worth)} at most"
    )
    return (each.item, each.order, worth, months, shown(each.score))


def _share(share: float) -> str:
    return percentage(share, 0)


def _table(found: Forecast) -> str:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    for each in (*found.stages, found.whole):
        writer.writerow(
            (
                _cell(each.stage), each.begins, each.p50, each.p85, each.p95,
                round(each.ever, 4), each.by_kill, _tenth(each.swing_days), each.done,
            )
        )  # fmt: skip
    return text.getvalue()


def _tenth(value: float | None) -> float | None:
    return None if value is None else round(value, 1)


def _cell(name: str) -> str:
    """A name that a spreadsheet does not take for a formula."""
    return f"'{name}" if name[:1] in ("=", "+", "-", "@", "\t", "\r") else name


def _events(found: Forecast) -> list[Event]:
    """Each open stage from its likely beginning to its P85, and the kill date."""
    events = [
        Event(
            f"stage {each.stage}",
            date.fromisoformat(each.begins),
            date.fromisoformat(each.p85),
            each.stage,
            f"P50 {each.p50}, P85 {each.p85}, P95 {each.p95 or NEVER}; ends at all with a chance of {each.ever:.0%}",
        )
        for each in found.stages
        if each.begins and each.p85 and not each.done
    ]
    if found.kill_date:
        day = date.fromisoformat(found.kill_date)
        events.append(Event("kill date", day, day, "Kill date", "After this day the work is given up."))
    return events
