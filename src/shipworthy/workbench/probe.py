"""Probe: one prompt several times, what came back, how far it varies; and the log of all probes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from shipworthy.errors import InputError, SpecError
from shipworthy.probe import Probe, found_tags, prove_tags, read_probes
from shipworthy.probe.entry import tag_entry
from shipworthy.store.journal import Journal
from shipworthy.workbench.chatting.setting import Setting, setting_of
from shipworthy.workbench.checks.columns import missing_columns
from shipworthy.workbench.clock import now
from shipworthy.workbench.probing.chat import (
    Tried,
    messages_of,
    prove_asked,
    reading_prompt,
    requests_of,
    tried,
)
from shipworthy.workbench.probing.cutting import cut, cutting_note, threshold_of
from shipworthy.workbench.probing.expecting import compared, expected, words_of
from shipworthy.workbench.probing.grading import graded
from shipworthy.workbench.probing.own import SAME_AGAIN, Answerer, answerer, tried_once
from shipworthy.workbench.probing.wanted import Given, Wanted, chosen, given, prove_texts, prove_times
from shipworthy.workbench.session import Session

if TYPE_CHECKING:
    from shipworthy.spec.chat import Chat
    from shipworthy.workbench.product import Opened
    from shipworthy.workbench.train import Progress

TIMES = 5
"""So often a chat model is asked unless somebody says otherwise."""


def probe(opened: Opened, wanted: Wanted, progress: Progress) -> Probe:
    """Ask a candidate, and file what came of it.

    Raises:
        InputError: what was wanted is not there, or says nothing.
        OutsideError: the endpoint fails, or the spending limit is reached; what was answered is filed.
        KeyboardInterrupt: what was answered is filed.
    """
    prove_texts(wanted)
    tags = prove_tags(wanted.tags)
    prove_times(wanted.times)
    session = Session(opened)
    name, candidate = chosen(session.product, wanted.candidate)
    problems = tuple(missing_columns(session))
    if problems:
        raise SpecError(problems)
    if candidate.chat is not None:
        found, stopped = _chat(session, name, candidate.chat, wanted, progress)
    else:
        found, stopped = _own(session, answerer(session, name, candidate), wanted), None
    filed = _filed(opened, replace(found, tags=tuple(dict.fromkeys([*found_tags(found.tries), *tags]))))
    if stopped is not None:
        raise stopped
    return filed


def probes(opened: Opened, candidate: str | None = None) -> tuple[Probe, ...]:
    """Every probe of the product (of one candidate), the oldest first, with the tags that people gave."""
    if not opened.workspace.probes.exists():
        return ()
    return tuple(each for each in _log(opened) if candidate in (None, each.candidate))


def tagged(opened: Opened, number: int, tags: Sequence[str]) -> Probe:
    """Add tags to a probe of the log.

    Raises:
        InputError: there is no such probe, or no such tag.
    """
    proved, found = prove_tags(tags), probes(opened)
    if not 1 <= number <= len(found):
        there = (
            f"They are numbered 1 to {len(found)}: shipworthy probe --log." if found else "There is none yet."
        )
        raise InputError("probe.number", f"the log has no probe {number}", remedy=there)
    journal = Journal(opened.workspace.probes)
    try:
        journal.add(tag_entry(found[number - 1], proved, now()))
    finally:
        journal.close()
    return _log(opened)[number - 1]


def _chat(
    session: Session, name: str, chat: Chat, wanted: Wanted, progress: Progress
) -> tuple[Probe, BaseException | None]:
    """The probe of a chat candidate, and what ended it before its time."""
    setting = setting_of(session, name, chat)
    prove_asked(setting, wanted)
    row = given(session, wanted, reading_prompt(setting, wanted).columns)
    labels, kind = setting.reader.labels if setting.reader else {}, session.task.kind
    should = expected(kind, labels, wanted.expect, row.label)
    messages = messages_of(setting, wanted, row.values)
    requests = requests_of(setting, messages, wanted.times or TIMES)
    made = tried(session, setting, requests, progress)
    threshold = threshold_of(session, name, setting.version) if setting.scores else None
    tries, alike = compared(kind, labels, [cut(each, labels, threshold) for each in made.tries], should)
    found = Probe(
        now(),
        name,
        "chat",
        setting.version,
        messages,
        {"model": chat.model, "base_url": chat.base_url, **requests[0].options},
        wanted.row,
        _plain(row),
        should,
        alike,
        graded(session, row, should, tries),
        notes=(*_chat_notes(setting, made, len(requests)), *cutting_note(tries[0], threshold)),
    )
    return found, made.stopped


def _chat_notes(setting: Setting, made: Tried, times: int) -> tuple[str, ...]:
    notes = [f"stopped after {len(made.tries)} of {times} tries"] if made.stopped else []
    if setting.chat.temperature == 0:
        notes.append(
            "temperature is 0: what varies all the same is the endpoint, which does not compute the same twice"
        )
    if setting.price is None:
        notes.append("no price is stated: cost is unknown")
    return tuple(notes)


def _own(session: Session, who: Answerer, wanted: Wanted) -> Probe:
    """The probe of a rule or a trained model."""
    if wanted.ask is not None:
        message = f"{who.name} reads columns, and no words"
        raise InputError(
            "probe.nothing", message, remedy="Ask it about a row: --row ID, or --var NAME=VALUE."
        )
    if wanted.row is None and not wanted.values:
        message = f"nothing is asked of {who.name}"
        raise InputError("probe.nothing", message, remedy="Ask it about a row of the examples: --row ID.")
    row, labels, kind = given(session, wanted, who.columns), words_of(session), session.task.kind
    should = expected(kind, labels, wanted.expect, row.label)
    made = tried_once(session, who, row.table, labels)
    threshold = threshold_of(session, who.name, who.version)
    tries, alike = compared(kind, labels, [cut(made, labels, threshold)], should)
    if kind == "multiclass":  # of other answers there is no text to grade
        tries = graded(session, row, should, tries)
    return Probe(
        now(),
        who.name,
        who.candidate.kind,
        who.version,
        row=wanted.row,
        values=_plain(row),
        expected=should,
        same=alike,
        tries=tries,
        notes=(SAME_AGAIN, *cutting_note(made, threshold)),
    )


def _plain(row: Given) -> dict[str, Any]:
    """The values as JSON knows them: dates and the like as text."""
    known = (str, bool, int, float, type(None))
    return {name: value if isinstance(value, known) else str(value) for name, value in row.values.items()}


def _filed(opened: Opened, found: Probe) -> Probe:
    """The probe with its number in the log, flushed to the disk."""
    journal = Journal(opened.workspace.probes)
    try:
        journal.add(found.as_json)
    finally:
        journal.close()
    return next(each for each in reversed(_log(opened)) if each.id == found.id)


def _log(opened: Opened) -> tuple[Probe, ...]:
    journal = Journal(opened.workspace.probes)
    try:
        return read_probes(entry for _, entry in journal.entries())
    finally:
        journal.close()
