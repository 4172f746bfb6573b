"""Drawn answers into the queue: what people see of each, and an order that tells nothing of whose they are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from shipworthy.label.answers import Shown, item_name, text_hash
from shipworthy.label.queue import Draw, Item
from shipworthy.query.answers import Answered
from shipworthy.store.labels.queueing import add
from shipworthy.workbench.clock import now
from shipworthy.workbench.labelling.contents import content_of, read_items

if TYPE_CHECKING:
    from shipworthy.workbench.labelling.answer_desk import AnswerDesk


@dataclass(frozen=True)
class Drawn:
    """An answer that was drawn, whose it is, and with which chance."""

    candidate: str
    answered: Answered
    chance: float


def put_answers(desk: AnswerDesk, draw: Draw, drawn: Sequence[Drawn]) -> int:
    """Put answers into the queue in an order that tells nothing of whose they are; how many are new."""
    inputs = _inputs(desk, [each.answered.row for each in drawn])
    found = [_item(desk, each, inputs[each.answered.row]) for each in drawn]
    found.sort(key=lambda pair: sha256(pair[0].id.encode()).hexdigest())
    items, shown = [item for item, _ in found], [whose for _, whose in found]
    return add(desk.labels, draw, items, desk.wanted, now(), shown)


def _inputs(desk: AnswerDesk, rows: Sequence[str]) -> dict[str, Mapping[str, str]]:
    """What the examples hold of each row of a log; of several answers to one row, that of `id#1` stands under `id`."""
    tries = {row: row.rpartition("#")[0] for row in rows if "#" in row}
    found = read_items(desk.session, {*rows, *tries.values()}, (*desk.columns, *_reference(desk)))
    read = {row: found.get(row) or found.get(tries.get(row, "")) for row in rows}
    return {row: item.shown if item else {} for row, item in read.items()}


def _reference(desk: AnswerDesk) -> tuple[str, ...]:
    """The column of the reference answer, where the judge sees one."""
    column = desk.judge.reference or desk.opened.product.label
    there = column in desk.session.source.columns and not desk.session.without_reference
    return (column,) if there and column not in desk.columns else ()


def _item(desk: AnswerDesk, each: Drawn, inputs: Mapping[str, str]) -> tuple[Item, Shown]:
    output = text_hash(each.answered.text)
    told = (each.candidate, each.answered.row, output, desk.version, desk.population)
    name = item_name(desk.labels.queue, *told)
    shown = _seen(desk, inputs, each.answered.text)
    return Item(name, shown, content_of(shown), "", each.chance), Shown(name, *told)


def _seen(desk: AnswerDesk, inputs: Mapping[str, str], text: str) -> dict[str, str]:
    """What people see: the inputs, the reference where there is one, and the answer."""
    seen = {column: inputs[column] for column in desk.columns if column in inputs}
    for column in _reference(desk):
        if inputs.get(column):
            seen["reference answer"] = inputs[column]
    return {**seen, ("answer" if "answer" not in seen else "the answer"): text}
