"""How a chat candidate is asked, where its attempts are kept, and how a failure of its endpoint is told."""

from __future__ import annotations

import re
from time import monotonic
from typing import TYPE_CHECKING

from shipworthy.errors import OutsideError
from shipworthy.models.chat.asking import Terms, Told
from shipworthy.models.chat.retrying import Retrying
from shipworthy.models.chat.speaking import speaker
from shipworthy.models.chat.spending import Budget
from shipworthy.spec.endpoint import KEY_VARIABLE
from shipworthy.store.journal import Journal

if TYPE_CHECKING:
    from shipworthy.models.chat.spending import TokenPrice
    from shipworthy.spec.endpoint import Endpoint
    from shipworthy.workbench.chatting.setting import Setting
    from shipworthy.workbench.session import Session
    from shipworthy.workbench.train import Progress

TOLD_EVERY_S = 2.0


def journal_of(session: Session, setting: Setting) -> Journal:
    """Where every attempt at these questions is kept; whoever opens it closes it."""
    name = f"{plain_name(setting.chat.model)}-{setting.family}.jsonl"
    return Journal(session.opened.workspace.replies / name)


def terms_of(chat: Endpoint, price: TokenPrice | None, spent_usd: float, concurrency: int) -> Terms:
    """The terms of product.yaml, with what tokens cost and what was spent until now.

    Raises:
        InputError: the client is not installed.
    """
    return Terms(
        speaker(chat.base_url, chat.key, chat.timeout),
        Retrying(chat.attempts),
        Budget(chat.spend_limit, spent_usd),
        price,
        chat.max_tokens,
        concurrency,
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


def plain_name(name: str) -> str:
    """A name as part of a file's name."""
    return re.sub(r"[^0-9A-Za-z_-]", "_", name)[:60]


def placed_failure(
    session: Session, setting: Setting, error: OutsideError, *, remedy: str = "", next_command: str = ""
) -> OutsideError:
    """The error with whose endpoint it is, where that stands, and what else can be done."""
    problem = error.problem
    if not problem.code.startswith("chat."):
        return error
    place = session.opened.places.of("candidates", setting.name, "chat", _KEY.get(problem.code, "base_url"))
    mend = problem.remedy.replace(KEY_VARIABLE, setting.chat.key)
    return OutsideError(
        problem.code,
        f"{setting.name}: {problem.message}",
        where=place,
        remedy=f"{mend} {remedy}".strip(),
        next_command=next_command,
    )


_KEY = {"chat.key": "key", "chat.not_found": "model", "chat.spend_limit": "spend_limit"}
"""The key of product.yaml that each failure speaks of, where it is not the address."""
