"""Rows by time as bars: how many there are, and how many of them are labelled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from shipworthy.documents.wording import count

if TYPE_CHECKING:
    from shipworthy.evidence import TimeBin

WIDTH, HEIGHT, GAP = 640.0, 96.0, 1.0
DAYS = {"day": 1.0, "week": 7.0, "month": 30.4, "year": 365.25}


@dataclass(frozen=True)
class Bar:
    """One span of time: where its bar stands, how high it is, how high its labelled part is, and what it says when pointed at."""

    x: float
    width: float
    height: float
    labelled: float
    title: str


@dataclass(frozen=True)
class Bars:
    """All bars, with what they say to people who do not see them, and both ends of the axis."""

    bars: tuple[Bar, ...]
    label: str
    first: str
    last: str


def bars(span: str, bins: Sequence[TimeBin]) -> Bars:
    """The bars of a timeline, one for each bin that has rows, with room for those that have none."""
    first = date.fromisoformat(bins[0].start)
    places = [round((date.fromisoformat(each.start) - first).days / DAYS[span]) for each in bins]
    most, width = max(each.rows for each in bins), WIDTH / (places[-1] + 1)
    drawn = tuple(
        Bar(
            round(place * width, 2),
            round(max(width - GAP, 0.5), 2),
            round(HEIGHT * each.rows / most, 2),
            round(HEIGHT * each.labelled / most, 2),
            f"{span} from {each.start}: {count(each.rows)} rows, {count(each.labelled)} labelled",
        )
        for place, each in zip(places, bins, strict=True)
    )
    rows, labelled = sum(each.rows for each in bins), sum(each.labelled for each in bins)
    label = f"rows by {span}: {count(rows)} in {len(bins)} bars, the highest {count(most)}; {count(labelled)} labelled"
    return Bars(drawn, label, bins[0].start, bins[-1].start)
