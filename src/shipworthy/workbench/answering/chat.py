"""The log of a chat candidate: asked once, row by row; what was answered before an interruption is not asked again."""

from __future__ import annotations

import json
import shlex
from typing import TYPE_CHECKING, Any

from shipworthy.errors import InputError, OutsideError
from shipworthy.evidence.record import content_hash
from shipworthy.query.log import write_log
from shipworthy.query.repeated import repeated
from shipworthy.query.source import load_table
from shipworthy.store import keep_text
from shipworthy.workbench.answering.log import Answers, proved_answers
from shipworthy.workbench.chatting.completing import Completing
from shipworthy.workbench.chatting.kept import KeptAttempts, effort
from shipworthy.workbench.chatting.notes import chat_notes
from shipworthy.workbench.chatting.setting import Setting, setting_of
from shipworthy.workbench.chatting.terms import (
    journal_of,
    placed_failure,
    plain_name,
    terms_of,
    told_now_and_then,
)
from shipworthy.workbench.session import Session
from shipworthy.workbench.version import CODE_VERSION

if TYPE_CHECKING:
    from pathlib import Path

    from shipworthy.spec.chat import Chat
    from shipworthy.spec.model import Candidate
    from shipworthy.workbench.train import Progress


def chat_version(session: Session, name: str, chat: Chat) -> str:
    """What tells the candidate's answers from those of any other prompt, model, parameters or reading."""
    return setting_of(session, name, chat).version


def chatted(session: Session, name: str, candidate: Candidate, chat: Chat, progress: Progress) -> Answers:
    """The log of a chat candidate over the rows that judge and set thresholds.

    Raises:
        InputError: what it is asked with is wrong.
        OutsideError: its endpoint fails, or the spending limit is reached; what was answered is kept.
    """
    setting = setting_of(session, name, chat)
    path = session.opened.workspace.logs / _file(session, setting, candidate)
    notes = path.with_suffix(".json")
    if not (path.exists() and notes.exists()):
        progress(f"asking {name}")
        found = _asked(session, setting, candidate, path, progress)
        keep_text(notes, json.dumps({"notes": found}))
    said = tuple(json.loads(notes.read_text(encoding="utf-8"))["notes"])
    log, several = _log_table(session, path), setting.chat.samples > 1
    own = Answers(name, "chat", setting.version, session.local, log, said, repeated=several)
    try:
        return proved_answers(session, own, path.name)
    except InputError as error:
        raise _unheard(session, own) if error.problem.code == "data.no_answers" else error from None


def _unheard(session: Session, own: Answers) -> InputError:
    """The error where no reply is an answer: what the first one is like, and how to look at single ones."""
    columns = own.log.select("id", "error").order_by("id").limit(1)
    [first] = session.local.run(columns, f"looking at a reply of {own.name}").to_pylist()
    row_id = first["id"].rpartition("#")[0] if own.repeated else first["id"]
    message = f"{own.name} was asked about every row, and no reply is an answer; the first: {first['error']}"
    remedy = "Say in the prompt which words to answer with, and in answer: which words mean what; probe shows single replies."
    command = ["shipworthy", "probe", session.opened.shown, "--candidate", own.name, "--row", row_id]
    place = session.opened.places.of("candidates", own.name, "chat", "prompt")
    return InputError("chat.no_answer", message, where=place, remedy=remedy, next_command=shlex.join(command))


def _file(session: Session, setting: Setting, candidate: Candidate) -> str:
    """The name of the log: any name may stand in product.yaml, and the hash tells two apart."""
    basis: dict[str, Any] = {
        **session.division,
        "candidate": setting.name,
        "version": setting.version,
        "data": session.fingerprint,
        "columns": list(session.frame.extra),
        "price": [setting.price.input_per_million, setting.price.output_per_million]
        if setting.price
        else None,
        "cost": candidate.cost,
        "code": CODE_VERSION,
    }
    return f"{plain_name(setting.name)}-{content_hash(basis)[:16]}.parquet"


def _asked(
    session: Session, setting: Setting, candidate: Candidate, path: Path, progress: Progress
) -> tuple[str, ...]:
    """Write the log, and give its notes."""
    chat, journal = setting.chat, journal_of(session, setting)
    try:
        kept = KeptAttempts(journal, reuses=chat.cache)
        terms = terms_of(chat, setting.price, kept.spent_usd, chat.concurrency)
        told = told_now_and_then(setting.name, progress)
        done = Completing(setting, session.task.kind, terms, kept, told, candidate.cost)
        write_log(repeated(session.frame, chat.samples), setting.name, {}, path, done)
        return chat_notes(done, effort(journal, done.seen.keys), candidate)
    except OutsideError as error:
        remedy = f"To go on without {setting.name}, take it out of candidates: a # before its lines."
        command = shlex.join(["shipworthy", "evaluate", session.opened.shown])
        raise placed_failure(session, setting, error, remedy=remedy, next_command=command) from None
    finally:
        journal.close()


def _log_table(session: Session, path: Path) -> Any:
    """The kept log. A damaged one is not written over: whoever damaged it should know."""
    try:
        return load_table(session.local, path.name, path.parent)
    except InputError as error:
        remedy = "Delete it: it is written again from the replies that are kept."
        raise InputError("log.damaged", error.problem.message, where=str(path), remedy=remedy) from None
