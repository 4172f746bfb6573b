"""Chat candidates: whether they can be asked, as far as that shows without asking."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from shipworthy.errors import Problem
from shipworthy.models.chat.speaking import has_key, prove_client
from shipworthy.workbench.chatting.setting import setting_of
from shipworthy.workbench.operating import prove_scored

if TYPE_CHECKING:
    from shipworthy.spec.chat import Chat
    from shipworthy.spec.model import Candidate
    from shipworthy.workbench.session import Session

OWN_MACHINE = ("localhost", "127.0.0.1", "::1")


def prove_chat(session: Session, name: str, candidate: Candidate, chat: Chat) -> None:
    """Return where a chat candidate can be asked.

    Raises:
        InputError: the client, a file, the prompt or the reading of replies is not right, or there is no score to cut.
    """
    setting = setting_of(session, name, chat)
    prove_client()
    if session.task.kind == "binary" and not setting.scores:
        prove_scored(name, candidate)


def chat_warnings(session: Session, name: str, chat: Chat) -> Iterator[Problem]:
    """What may keep its endpoint from answering, or gives its key away."""
    place, parts = session.opened.places, urlsplit(chat.base_url)
    if parts.hostname in OWN_MACHINE:
        return
    if not has_key(chat.key):
        yield Problem(
            "chat.no_key",
            f"the environment has no {chat.key}, the key of {name}",
            place.of("candidates", name, "chat", "key"),
            f"Set it before evaluating: export {chat.key}=…, or name another variable with key:.",
        )
    elif parts.scheme == "http":
        yield Problem(
            "chat.plain_http",
            f"the key of {name} and all that it is asked would travel to {parts.hostname} unencrypted",
            place.of("candidates", name, "chat", "base_url"),
            "Write the address with https.",
        )
