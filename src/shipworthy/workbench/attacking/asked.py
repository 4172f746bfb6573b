"""Attacks that a chat candidate is asked with its own prompt, a canary planted in its instructions."""

from __future__ import annotations

import shlex
from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from shipworthy.errors import InputError, OutsideError
from shipworthy.evidence.record import content_hash
from shipworthy.misuse.canary import canary, planted
from shipworthy.misuse.questions import questions
from shipworthy.models.chat.asking import asked
from shipworthy.models.chat.prompt import Part, Prompt
from shipworthy.workbench.attacking.suite import suite_of
from shipworthy.workbench.chatting.kept import KeptAttempts
from shipworthy.workbench.chatting.setting import Setting, setting_of
from shipworthy.workbench.chatting.terms import journal_of, placed_failure, terms_of, told_now_and_then

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from shipworthy.spec.attacking import Misuse
    from shipworthy.spec.chat import Chat
    from shipworthy.workbench.session import Session
    from shipworthy.workbench.train import Progress


def chat_answers(
    session: Session, name: str, chat: Chat, misuse: Misuse, progress: Progress
) -> Mapping[str, Sequence[str | None]]:
    """The replies to each attack and twin, asked once and kept; None where none came.

    Raises:
        InputError: the prompt has no place for the attack.
        OutsideError: the endpoint fails, or the spending limit is reached; what was answered is kept.
    """
    setting = attacked_setting(session, name, chat, misuse)
    tried = [each for each in questions(suite_of(session, misuse)) for _ in range(misuse.samples)]
    requests = [
        setting.request(_row(setting, misuse, each.text, each.context), number % misuse.samples)
        for number, each in enumerate(tried)
    ]
    journal = journal_of(session, setting)
    try:
        kept = KeptAttempts(journal, reuses=chat.cache)
        told = told_now_and_then(name, progress)
        attempts = asked(
            requests, terms_of(chat, setting.price, kept.spent_usd, chat.concurrency), kept, told
        )
    except OutsideError as error:
        remedy = f"To go on without {name}, take it out of candidates: a # before its lines."
        command = shlex.join(["shipworthy", "evaluate", session.opened.shown])
        raise placed_failure(session, setting, error, remedy=remedy, next_command=command) from None
    finally:
        journal.close()
    answers: dict[str, list[str | None]] = defaultdict(list)
    for each, attempt in zip(tried, attempts, strict=True):
        answers[each.id].append(attempt.reply.text if attempt.reply else None)
    return answers


def attacked_setting(session: Session, name: str, chat: Chat, misuse: Misuse) -> Setting:
    """The candidate's own setting, with a canary in its instructions, asked as often as the section misuse says.

    Raises:
        InputError: the prompt has no place for the attack.
    """
    setting = setting_of(session, name, chat)
    for key in ("into", "inject"):
        wanted = getattr(misuse, key)
        if wanted not in setting.prompt.columns and (key == "into" or _injects(session, misuse)):
            raise InputError(
                "misuse.prompt",
                f"the prompt of {name} has no {{{{ {wanted} }}}}, where misuse.{key} would put the attack",
                where=session.opened.places.of("misuse", key),
                remedy=f"Name what the prompt does have: {', '.join(sorted(setting.prompt.columns)) or 'nothing'}.",
            )
    prompt = _with_canary(setting.prompt, _word(setting.prompt))
    return replace(setting, chat=chat.model_copy(update={"samples": misuse.samples}), prompt=prompt)


def asked_canary(session: Session, name: str, chat: Chat, misuse: Misuse) -> str:
    """The word that is planted in the candidate's instructions, made from its prompt."""
    del misuse
    return _word(setting_of(session, name, chat).prompt)


def asked_version(session: Session, name: str, chat: Chat, misuse: Misuse) -> str:
    """What tells the replies to attacks from those to any others."""
    setting = attacked_setting(session, name, chat, misuse)
    return content_hash([setting.version, misuse.into, misuse.inject])[:16]


def _injects(session: Session, misuse: Misuse) -> bool:
    """Whether some attack stands in the documents."""
    return any(each.injected for each in suite_of(session, misuse).attacks)


def _row(setting: Setting, misuse: Misuse, text: str, context: str) -> dict[str, str]:
    """What the prompt is filled in with: the attack and its documents; every other column is empty."""
    return {**dict.fromkeys(setting.prompt.columns, ""), misuse.inject: context, misuse.into: text}


def _word(prompt: Prompt) -> str:
    return canary(prompt.version)


def _with_canary(prompt: Prompt, word: str) -> Prompt:
    """The prompt with the word in what the system says; where it says nothing, it now does."""
    first, *rest = prompt.parts
    if first.role == "system":
        return replace(prompt, parts=(replace(first, text=planted(first.text, word)), *rest))
    return replace(prompt, parts=(Part("system", planted("", word).strip(), 1), *prompt.parts))
