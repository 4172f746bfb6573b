"""How a chat candidate is asked: on which terms, where its replies are kept, and whose fault a failure is."""

from __future__ import annotations

import re
import shlex
from time import monotonic
from typing import TYPE_CHECKING

from shipworthy.errors import OutsideError
from shipworthy.models.chat.asking import Terms, Told
from shipworthy.models.chat.retrying import Retrying
from shipworthy.models.chat.speaking import speaker
from shipworthy.models.chat.spending import Budget
from shipworthy.spec.chat import KEY_VARIABLE
from shipworthy.store.journal import Journal

if TYPE_CHECKING:
    from shipworthy.spec.chat import Chat
    from shipworthy.workbench.chatting.kept import KeptAttempts
    from shipworthy.workbench.chatting.setting import Setting
    from shipworthy.workbench.session import Session
    from shipworthy.workbench.train import Progress

TOLD_EVERY_S = 2.0

_KEY = {"chat.key": "key", "chat.not_found": "model", "chat.spend_limit": "spend_limit"}
"""The key of product.yaml that each failure speaks of, where it is not the address."""


def plain_name(name: str) -> str:
    """A name as part of the name of a file."""
    return re.sub(r"[^0-9A-Za-z_-]", "_", name)[:60]


def journal_of(session: Session, setting: Setting) -> Journal:
    """The journal that keeps the replies of one model to one prompt."""
    name = f"{plain_name(setting.chat.model)}-{setting.family}.jsonl"
    return Journal(session.opened.workspace.replies / name)


def terms_of(chat: Chat, kept: KeptAttempts) -> Terms:
    """The terms on which product.yaml has an endpoint asked; what was spent counts towards its limit."""
    return Terms(
        speaker(chat.base_url, chat.key, chat.timeout),
        Retrying(chat.attempts),
        Budget(chat.spend_limit, kept.spent_usd),
        chat.price,
        chat.max_tokens,
        chat.concurrency,
        chat.requests_per_minute,
    )


def told_now_and_then(name: str, progress: Progress) -> Told:
    """Progress now and then, not with every reply."""
    last = monotonic()

    def told(done: int, of: int) -> None:
        nonlocal last
        if monotonic() - last >= TOLD_EVERY_S:
            last = monotonic()
            progress(f"asking {name}: {done:,} of {of:,} answered")

    return told


def placed_failure(session: Session, setting: Setting, error: OutsideError) -> OutsideError:
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
