"""The log of a chat candidate: asked once, row by row; what was answered before an interruption is not asked again."""

from __future__ import annotations

import json
import re
import shlex
from time import monotonic
from typing import TYPE_CHECKING, Any

from shipworthy.errors import InputError, OutsideError
from shipworthy.evidence.record import content_hash
from shipworthy.models.chat.asking import Told
from shipworthy.query.log import write_log
from shipworthy.query.repeated import repeated
from shipworthy.query.source import load_table
from shipworthy.spec.endpoint import KEY_VARIABLE
from shipworthy.store import keep_text
from shipworthy.store.journal import Journal
from shipworthy.workbench.answering.log import Answers, proved_answers
from shipworthy.workbench.chatting.completing import Completing
from shipworthy.workbench.chatting.kept import KeptAttempts, effort
from shipworthy.workbench.chatting.notes import chat_notes
from shipworthy.workbench.chatting.setting import Setting, setting_of
from shipworthy.workbench.chatting.terms import terms_of
from shipworthy.workbench.session import Session
from shipworthy.workbench.version import CODE_VERSION

if TYPE_CHECKING:
    from pathlib import Path

    from shipworthy.spec.chat import Chat
    from shipworthy.spec.model import Candidate
    from shipworthy.workbench.train import Progress

TOLD_EVERY_S = 2.0


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
    return proved_answers(session, own, path.name)


def _file(session: Session, setting: Setting, candidate: Candidate) -> str:
    """The name of the log: any name may stand in product.yaml, and the hash tells two apart."""
    basis: dict[str, Any] = {
        **session.division,
        "candidate": setting.name,
        "version": setting.version,
        "data": session.fingerprint,
        "columns": list(session.frame.extra),
        "price": setting.chat.price.model_dump(mode="json") if setting.chat.price else None,
        "cost": candidate.cost,
        "code": CODE_VERSION,
    }
    return f"{_plain(setting.name)}-{content_hash(basis)[:16]}.parquet"


def _plain(name: str) -> str:
    return re.sub(r"[^0-9A-Za-z_-]", "_", name)[:60]


def _asked(
    session: Session, setting: Setting, candidate: Candidate, path: Path, progress: Progress
) -> tuple[str, ...]:
    """Write the log, and give its notes."""
    chat = setting.chat
    place = session.opened.workspace.replies / f"{_plain(chat.model)}-{setting.family}.jsonl"
    journal = Journal(place)
    try:
        kept = KeptAttempts(journal, reuses=chat.cache)
        terms = terms_of(chat, kept.spent_usd)
        told = _told(setting.name, progress)
        done = Completing(setting, session.task.kind, terms, kept, told, candidate.cost)
        write_log(repeated(session.frame, chat.samples), setting.name, {}, path, done)
        return chat_notes(done, effort(journal, done.seen.keys), candidate)
    except OutsideError as error:
        raise _placed(session, setting, error) from None
    finally:
        journal.close()


def _told(name: str, progress: Progress) -> Told:
    """Progress now and then, not with every reply."""
    last = monotonic()

    def told(done: int, of: int) -> None:
        nonlocal last
        if monotonic() - last >= TOLD_EVERY_S:
            last = monotonic()
            progress(f"asking {name}: {done:,} of {of:,} answered")

    return told


def _placed(session: Session, setting: Setting, error: OutsideError) -> OutsideError:
    """The error with whose endpoint it is, where that stands, and how to go on without it."""
    problem = error.problem
    if not problem.code.startswith("chat."):
        return error
    place = session.opened.places.of("candidates", setting.name, "chat", _KEY.get(problem.code, "base_url"))
    mend = problem.remedy.replace(KEY_VARIABLE, setting.chat.key)
    remedy = f"{mend} To go on without {setting.name}, take it out of candidates: a # before its lines."
    return OutsideError(
        problem.code,
        f"{setting.name}: {problem.message}",
        where=place,
        remedy=remedy,
        next_command=shlex.join(["shipworthy", "evaluate", session.opened.shown]),
    )


_KEY = {"chat.key": "key", "chat.not_found": "model", "chat.spend_limit": "spend_limit"}
"""The key of product.yaml that each failure speaks of, where it is not the address."""


def _log_table(session: Session, path: Path) -> Any:
    """The kept log. A damaged one is not written over: whoever damaged it should know."""
    try:
        return load_table(session.local, path.name, path.parent)
    except InputError as error:
        remedy = "Delete it: it is written again from the replies that are kept."
        raise InputError("log.damaged", error.problem.message, where=str(path), remedy=remedy) from None
