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
    from shipworthy.evidence import Forecast, Ranked, Record, StageForecast

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
    }
    return markdown_page("roadmap.md.j2", values, record.id)


def _answer(found: Forecast) -> str:
    whole = found.whole
    if whole.p85 is None:
        return f"It is all done at some time with a chance of {_share(whole.ever)}: no day is 85{SPACE}% certain."
    return f"It is all done by {whole.p85} with a chance of 85{SPACE}%, at some time with one of {_share(whole.ever)}."


def _facts(found: Forecast) -> list[str]:
    facts = list(found.notes)
    if found.soon:
        facts.append(f"In the next two weeks: {listed(found.soon)}.")
    if found.critical:
        swing = next(each.swing_days for each in found.stages if each.stage == found.critical)
        told = "may come or not" if swing is None else f"moves by {swing:.0f} days"
        facts.append(
            f"The length of {found.critical} matters most: between its short and its long end the P85 of everything {told}."
        )
    if found.kill_date and found.whole.by_kill is not None:
        facts.append(
            f"By the kill date, {found.kill_date}, it is done with a chance of {_share(found.whole.by_kill)}."
        )
    elif found.proposed_kill:
        facts.append(
            f"A kill date could be {found.proposed_kill}: of all plans that come to an end, 95{SPACE}% have by then."
        )
    if found.hindsight and found.hindsight.scored and found.hindsight.within_p85 is not None:
        facts.append(
            f"Stages that were forecast and are done: {found.hindsight.scored}; by their first P85: "
            f"{_share(found.hindsight.within_p85)}, where 85{SPACE}% should be; pinball loss: {found.hindsight.loss_days:.1f} days."
        )
    return facts


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
