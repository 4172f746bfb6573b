"""Rows into the queue: drawn by a strategy, each with the chance that it had."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from shipworthy.errors import InputError
from shipworthy.label.queue import Draw, Item, Strategy
from shipworthy.query.split import TEST
from shipworthy.query.to_label import drawn, strata, unlabelled
from shipworthy.store.labels.queueing import add, queued
from shipworthy.workbench.clock import now
from shipworthy.workbench.labelling.contents import read_items
from shipworthy.workbench.labelling.desk import Desk

if TYPE_CHECKING:
    from shipworthy.query.to_label import Stratum


@dataclass(frozen=True)
class Taken:
    """What a draw put into the queue: so many rows out of so many unlabelled ones of a part of the split."""

    rows: int
    among: int
    strategy: Strategy
    part: str
    note: str = ""


def take_random(desk: Desk, wanted: int, part: str = TEST) -> Taken:
    """Draw rows at random, each with the same chance."""
    frame, known = desk.session.frame, queued(desk.labels)
    rows = unlabelled(frame, part, known)
    [all_rows] = strata(frame, rows, ()) or [None]
    among = all_rows.rows if all_rows else 0
    prove_any(desk, among, part)
    picked = [name for name, _ in drawn(frame, rows, (), wanted, seed_of(desk, known))]
    chance = len(picked) / among
    return put(desk, Draw("random", part), dict.fromkeys(picked, ("", chance)), among)


def put(desk: Desk, draw: Draw, chances: dict[str, tuple[str, float]], among: int) -> Taken:
    """Put these rows into the queue: id to stratum and chance, in the order in which they are served."""
    found = read_items(desk.session, list(chances), desk.columns)
    items = [
        Item(name, found[name].shown, found[name].content, stratum, chance)
        for name, (stratum, chance) in chances.items()
        if name in found
    ]
    rows = add(desk.labels, draw, items, desk.wanted, now())
    return Taken(rows, among, draw.strategy, draw.part, draw.note)


def prove_any(desk: Desk, among: int, part: str) -> None:
    """Return where there is a row to draw.

    Raises:
        InputError: every row of the part is labelled or queued.
    """
    if among:
        return
    raise InputError(
        "label.nothing_to_draw",
        f"every {part} row has a label or is in the queue ({desk.session.plan})",
        where=desk.opened.shown,
        remedy="Add rows without a label to the examples, or label what is queued: shipworthy label --status",
    )


def seed_of(desk: Desk, known: tuple[str, ...]) -> str:
    """What decides a draw: the queue and how much it held, so that the same draw can be made again."""
    return f"label|{desk.labels.queue}|{len(known)}"


def stratum_name(stratum: Stratum) -> str:
    """A stratum as people read it: `format = html, country = NZ`."""
    return ", ".join(f"{column} = {value}" for column, value in stratum.slices.items())
