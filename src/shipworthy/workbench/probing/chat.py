"""The tries of a chat candidate: each a call of its own, one after the other, so that their times are those of single calls."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from shipworthy.errors import InputError, OutsideError
from shipworthy.models.chat.asking import asked
from shipworthy.models.chat.likelihood import Chances, calibrated, chances
from shipworthy.models.chat.request import Request, options_of
from shipworthy.models.chat.spending import cost_usd
from shipworthy.probe import Try
from shipworthy.workbench.chatting.completing import FAILED
from shipworthy.workbench.chatting.kept import KeptAttempts
from shipworthy.workbench.chatting.terms import journal_of, placed_failure, terms_of, told_now_and_then

if TYPE_CHECKING:
    from shipworthy.models.chat.attempt import Attempt, Reply
    from shipworthy.models.chat.prompt import Prompt
    from shipworthy.models.chat.reading import Reader
    from shipworthy.workbench.chatting.setting import Setting
    from shipworthy.workbench.probing.wanted import Wanted
    from shipworthy.workbench.session import Session
    from shipworthy.workbench.train import Progress

KEPT_TOPS = 5
"""Of the likeliest first tokens so many are filed."""


class Fresh:
    """Keeps every attempt like any other, and finds none again: each try is a call of its own."""

    def __init__(self, kept: KeptAttempts) -> None:
        self._kept = kept
        self.last: dict[str, Attempt] = {}

    def reply(self, key: str) -> Attempt | None:
        """Nothing: what was answered before is not what would be answered now."""

    def keep(self, attempt: Attempt) -> None:
        """Keep an attempt for good, and as the newest at its question."""
        self._kept.keep(attempt)
        self.last[attempt.key] = attempt


@dataclass(frozen=True)
class Tried:
    """The tries that were made, and what ended them before their time."""

    tries: tuple[Try, ...]
    stopped: BaseException | None = None


def reading_prompt(setting: Setting, wanted: Wanted) -> Prompt:
    """The parts of the prompt that are filled in: all, or those before the last where a person says that one."""
    return setting.prompt if wanted.ask is None else replace(setting.prompt, parts=setting.prompt.parts[:-1])


def prove_asked(setting: Setting, wanted: Wanted) -> None:
    """Return where there is something to ask.

    Raises:
        InputError: neither words nor a row nor values were given.
    """
    if wanted.ask is not None and not wanted.ask.strip():
        raise InputError("probe.nothing", "--ask holds no words", remedy="Say something: --ask TEXT.")
    if wanted.ask is None and wanted.row is None and not wanted.values:
        columns = sorted(setting.prompt.columns)
        filled = f", or fill in its prompt: --var {columns[0]}=VALUE" if columns else ""
        remedy = f"Ask in your own words: --ask TEXT, about a row of the examples: --row ID{filled}."
        raise InputError("probe.nothing", f"nothing is said to {setting.name}", remedy=remedy)


def messages_of(setting: Setting, wanted: Wanted, values: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """What is said; the words of a person are never read as a template."""
    filled = reading_prompt(setting, wanted).messages(values)
    return filled if wanted.ask is None else (*filled, ("user", wanted.ask))


def requests_of(setting: Setting, messages: Sequence[tuple[str, str]], times: int) -> list[Request]:
    """The same question so often. Numbers below 0 tell them from the questions of an evaluation; each has a seed of its own."""
    chat = setting.chat
    return [
        Request(chat.base_url, chat.model, (*messages,), options_of(chat, setting.schema, at), -1 - at)
        for at in range(times)
    ]


def tried(session: Session, setting: Setting, requests: Sequence[Request], progress: Progress) -> Tried:
    """The tries, as far as they went.

    Raises:
        OutsideError: the endpoint fails before there was any reply.
        InputError: the client is not installed.
    """
    journal, prior = journal_of(session, setting), None
    stopped: BaseException | None = None
    try:
        kept = KeptAttempts(journal, reuses=setting.chat.cache)
        fresh = Fresh(kept)
        terms = terms_of(setting.chat, setting.price, kept.spent_usd, concurrency=1)
        try:
            if setting.chat.calibrate is not None and setting.reader is not None:
                [empty] = asked([setting.empty_request], terms, kept, _nobody)
                prior = chances(empty.reply.tops, setting.reader.labels) if empty.reply else None
            asked(requests, terms, fresh, told_now_and_then(setting.name, progress))
        except (OutsideError, KeyboardInterrupt) as error:
            replies = sum(attempt.reply is not None for attempt in fresh.last.values())
            stopped = _told(session, setting, error, replies)
            if not replies:
                raise stopped from None
    finally:
        journal.close()
    made = [fresh.last[request.key] for request in requests if request.key in fresh.last]
    return Tried(tuple(_try(setting, session.task.kind, attempt, prior) for attempt in made), stopped)


def _told(session: Session, setting: Setting, error: BaseException, replies: int) -> BaseException:
    """The error, with how many tries are filed; nothing that was filed is found again as an answer."""
    if not isinstance(error, OutsideError):
        return error
    filed = f"{replies} answered tries are filed: shipworthy probe --log." if replies else ""
    problem = error.problem
    if problem.code == "chat.spend_limit":
        mend = "Raise spend_limit; what probes cost counts towards it."
        error = OutsideError(problem.code, problem.message, remedy=mend)
    return placed_failure(session, setting, error, remedy=filed)


def _nobody(done: int, of: int) -> None:
    """Tell nobody."""


def _try(setting: Setting, kind: str, attempt: Attempt, prior: Chances | None) -> Try:
    """One attempt as a try."""
    reply = attempt.reply
    if reply is None:
        why = f"{FAILED.get(attempt.failure, attempt.failure)}: {attempt.said}"
        return Try(None, None, "failed", why, latency_ms=attempt.latency_ms)
    made = Try(
        reply.text,
        reply.text,
        cut=reply.finish == "length" and not setting.chat.logprobs,
        latency_ms=attempt.latency_ms,
        first_token_ms=attempt.first_token_ms,
        tokens_in=attempt.tokens_in,
        tokens_out=attempt.tokens_out,
        cost_usd=cost_usd(setting.price, attempt.tokens_in, attempt.tokens_out),
        tops=reply.tops[0][:KEPT_TOPS] if reply.tops else (),
    )
    if setting.reader is None:
        return made
    if setting.chat.logprobs:
        return _by_chance(made, reply, setting.reader, prior, kind)
    read = setting.reader.read(reply.text)
    if not isinstance(read.value, float):
        return replace(made, answer=read.value, outcome=read.outcome, why=read.why)
    score = read.value if kind == "binary" else None
    return replace(made, answer=f"{read.value:.12g}", outcome=read.outcome, score=score)


def _by_chance(made: Try, reply: Reply, reader: Reader, prior: Chances | None, kind: str) -> Try:
    """The likeliest label, and how likely each is."""
    found = chances(reply.tops, reader.labels)
    if found is None:
        why = "no likely first token begins a word of an answer"
        return replace(made, answer=None, outcome="unreadable", why=why)
    found = calibrated(found, prior) if prior is not None else found
    likeliest = max(found.of, key=found.of.__getitem__)
    score = found.of[next(iter(reader.labels))] if kind == "binary" else None
    return replace(made, answer=likeliest, chances=dict(found.of), mass=found.mass, score=score)
