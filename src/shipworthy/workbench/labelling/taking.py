"""Draws that measure: rows at random, slice by slice, or where a requirement is open; each with its chance."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from shipworthy.errors import InputError
from shipworthy.label.drawing import evenly, in_proportion
from shipworthy.label.queue import Draw, Item, Strategy
from shipworthy.query.split import TEST
from shipworthy.query.to_label import Stratum, drawn, labelled, strata, unlabelled
from shipworthy.store import latest
from shipworthy.store.labels.queueing import add, queued
from shipworthy.workbench.clock import now
from shipworthy.workbench.labelling.contents import read_items
from shipworthy.workbench.labelling.desk import Desk

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from shipworthy.evidence.plan import Open, Plan

MOST_STRATA = 60


@dataclass(frozen=True)
class Taken:
    """What a draw put into the queue: so many rows out of so many unlabelled ones of a part of the split."""

    rows: int
    among: int
    strategy: Strategy
    part: str
    note: str = ""


def take_random(desk: Desk, wanted: int) -> Taken:
    """Draw test rows at random, each with the same chance.

    Raises:
        InputError: every test row is labelled or queued.
    """
    return _drawn(desk, Draw("random", TEST), wanted)


def take_slices(desk: Desk, wanted: int) -> Taken:
    """Draw test rows so that the slices with the fewest labels catch up.

    Raises:
        InputError: product.yaml names no segments, or every test row is labelled or queued.
    """
    columns = _columns_to_cover(desk)
    return _drawn(desk, Draw("slices", TEST, columns, f"by {', '.join(columns)}"), wanted)


def take_to_settle(desk: Desk, wanted: int) -> Taken:
    """Draw test rows of the slices that the cheapest open requirement of the newest plan lacks.

    Raises:
        InputError: there is no plan yet, or every row that could settle it is labelled or queued.
    """
    record = latest(desk.opened.workspace, "plan")
    if record is None or record.plan is None:
        raise InputError(
            "label.no_plan",
            "no plan says yet which rows would settle a requirement",
            where=desk.opened.shown,
            remedy="Plan first: shipworthy plan",
            next_command="shipworthy plan",
        )
    claim = _open_claim(desk, record.plan)
    needs = {tuple(sorted(need.slice.items())): _labels(need) for need in claim.needs if need.even}
    columns = tuple(sorted({column for slice_ in needs for column, _ in slice_}))
    draw = Draw("settle", TEST, columns, f"for {claim.requirement}")
    return _drawn(desk, draw, wanted, {slice_: share for slice_, share in needs.items() if slice_} or None)


def take_again(desk: Desk, wanted: int) -> Taken:
    """Draw rows that the source has labels for, at random, to have them labelled again without showing the label.

    Raises:
        InputError: every labelled row is queued.
    """
    frame, known = desk.session.frame, queued(desk.labels)
    rows = labelled(frame, desk.session.source, desk.opened.product, known)
    among = sum(each.rows for each in strata(frame, rows, ()))
    if not among:
        raise InputError(
            "label.nothing_to_draw",
            "no row that the source has a label for is left to draw",
            where=desk.opened.shown,
            remedy="Draw rows without a label with --by random, or label what is queued: shipworthy label --status",
        )
    found = [row for row, _ in drawn(frame, rows, (), wanted, seed_of(desk, known))]
    draw = Draw("again", "", (), "labelled rows, to be held against the labels of the source")
    return put(desk, draw, {row: ("", len(found) / among) for row in found}, among)


def _labels(need: object) -> float:
    """How many labels a need asks for."""
    effort = getattr(need, "even", None)
    label = effort.label if effort else None
    return float(label.value or 0) if label else 0.0


def _open_claim(desk: Desk, plan: Plan) -> Open:
    """The cheapest requirement that rows can settle."""
    for claim in plan.of(plan.candidate or ""):
        if claim.verdict == "undecided" and any(_labels(need) for need in claim.needs):
            return claim
    raise InputError(
        "label.nothing_open",
        "the newest plan leaves no requirement that labels would settle",
        where=desk.opened.shown,
        remedy="Draw rows with --by random to measure better.",
    )


def _columns_to_cover(desk: Desk) -> tuple[str, ...]:
    """The columns of claims for every slice, else the segments; as many as have a bounded number of crossed slices."""
    asked = [column for claim in desk.session.questions.of_examples for column in claim.requirement.every]
    wanted = list(dict.fromkeys(asked)) or [segment.column for segment in desk.opened.product.slicing]
    found: tuple[str, ...] = ()
    cells = 1
    for column in wanted:
        cells *= max(len(desk.session.slicings[column].labels), 1)
        if cells <= MOST_STRATA or not found:
            found = (*found, column)
    if not found:
        raise InputError(
            "label.no_slices",
            "product.yaml names no segments whose slices could be covered",
            where=desk.opened.shown,
            remedy="Add segments: [COLUMN], or draw rows with --by random.",
        )
    return found


def _drawn(
    desk: Desk, draw: Draw, wanted: int, only: Mapping[tuple[tuple[str, str], ...], float] | None = None
) -> Taken:
    """Draw rows of each stratum at random, and put them into the queue with their chances."""
    frame, known = desk.session.frame, queued(desk.labels)
    rows = unlabelled(frame, draw.part, known)
    free = strata(frame, rows, draw.columns)
    among = sum(each.rows for each in free)
    prove_any(desk, among, draw.part)
    counts = _shares(desk, draw, free, wanted, only)
    asked = {name_of(each): count for each, count in zip(free, counts, strict=True)}
    sizes = {name_of(each): each.rows for each in free}
    chances: dict[str, tuple[str, float]] = {}
    left = dict(asked)
    for row, slices in drawn(frame, rows, draw.columns, max(counts, default=0), seed_of(desk, known)):
        stratum = name_of(Stratum(slices, 0))
        if left[stratum] > 0:
            left[stratum] -= 1
            chances[row] = (stratum, asked[stratum] / sizes[stratum])
    return put(desk, draw, chances, among)


def _shares(
    desk: Desk,
    draw: Draw,
    free: Sequence[Stratum],
    wanted: int,
    only: Mapping[tuple[tuple[str, str], ...], float] | None,
) -> tuple[int, ...]:
    """How many rows of each stratum: those that are behind first, or in the proportion that a plan asks for."""
    if only is not None:
        need = [sum(labels for slice_, labels in only.items() if _within(each, slice_)) for each in free]
        if not any(need):
            prove_any(desk, 0, f"{draw.part} row of these slices")
        return in_proportion(wanted, need, [each.rows for each in free])
    whole = {name_of(each): each.rows for each in strata(desk.session.frame, _all(desk, draw), draw.columns)}
    have = [whole[name_of(each)] - each.rows for each in free]
    return evenly(wanted, [each.rows for each in free], have)


def _within(stratum: Stratum, slice_: tuple[tuple[str, str], ...]) -> bool:
    return all(stratum.slices.get(column) == label for column, label in slice_)


def _all(desk: Desk, draw: Draw) -> object:
    """Every row of the part, labelled or not."""
    return desk.session.frame.rows(draw.part)


def put(desk: Desk, draw: Draw, chances: Mapping[str, tuple[str, float]], among: int) -> Taken:
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
        f"no {part} row is without a label and not in the queue (split {desk.session.plan})",
        where=desk.opened.shown,
        remedy="Add rows without a label to the examples, or label what is queued: shipworthy label --status",
    )


def seed_of(desk: Desk, known: tuple[str, ...]) -> str:
    """What decides a draw: the queue and how much it held, so that the same draw can be made again."""
    return f"label|{desk.labels.queue}|{len(known)}"


def name_of(stratum: Stratum) -> str:
    """A stratum as people read it: `format = html, country = NZ`."""
    return ", ".join(f"{column} = {value}" for column, value in stratum.slices.items())
