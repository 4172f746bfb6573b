"""Dates as a calendar file (RFC 5545): lines of at most 75 octets, CRLF, and identifiers that stay the same."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

OCTETS = 75
"""The longest line of a calendar file, without its end (RFC 5545, section 3.1)."""


@dataclass(frozen=True)
class Event:
    """Days in a calendar, from `first` to `last`. `key` says which event it is, whatever it is called by then."""

    key: str
    first: date
    last: date
    summary: str
    description: str


def calendar(name: str, events: Iterable[Event], written: datetime) -> str:
    """The events as the text of an .ics file.

    Args:
        name: of the calendar; with the event's key it makes the identifier, so that a newer file updates the events.
        events: the events, in the order in which they are written.
        written: the moment of writing, in UTC.
    """
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Shipworthy//Roadmap//EN",
        "CALSCALE:GREGORIAN",
        f"X-WR-CALNAME:{escaped(name)}",
        *(line for event in events for line in _event(name, event, f"{written:%Y%m%dT%H%M%SZ}")),
        "END:VCALENDAR",
    ]
    return "".join(f"{folded(line)}\r\n" for line in lines)


def _event(name: str, event: Event, stamp: str) -> list[str]:
    uid = hashlib.sha256(f"{name}\n{event.key}".encode()).hexdigest()[:32]
    return [
        "BEGIN:VEVENT",
        f"UID:{uid}@shipworthy",
        f"DTSTAMP:{stamp}",
        f"LAST-MODIFIED:{stamp}",
        f"DTSTART;VALUE=DATE:{event.first:%Y%m%d}",
        f"DTEND;VALUE=DATE:{event.last + timedelta(days=1):%Y%m%d}",  # the end is the first day that is free again
        f"SUMMARY:{escaped(event.summary)}",
        f"DESCRIPTION:{escaped(event.description)}",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    ]


def escaped(text: str) -> str:
    """Text as a value of a calendar file (RFC 5545, section 3.3.11); other control characters become spaces."""
    for mark in ("\\", ";", ","):
        text = text.replace(mark, f"\\{mark}")
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\\n")
    return "".join(char if char >= " " and char != "\x7f" else " " for char in lines)


def folded(line: str) -> str:
    """A line cut into pieces of at most 75 octets, each but the first beginning with a space; no character is cut."""
    pieces, size = [""], 0
    for char in line:
        octets = len(char.encode())
        if size + octets > OCTETS:
            pieces.append(" ")
            size = 1
        pieces[-1] += char
        size += octets
    return "\r\n".join(pieces)
