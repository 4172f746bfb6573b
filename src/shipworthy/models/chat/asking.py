"""Many requests at once: each is answered once, in the order in which they were given, and what came back is kept."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from shipworthy.errors import OutsideError
from shipworthy.models.chat.attempt import STOPPING, Attempt
from shipworthy.models.chat.pacing import Pace
from shipworthy.models.chat.spending import TokenPrice, cost_usd, most_usd
from shipworthy.spec.endpoint import KEY_VARIABLE

if TYPE_CHECKING:
    from shipworthy.models.chat.request import Request
    from shipworthy.models.chat.retrying import Retrying
    from shipworthy.models.chat.speaking import Speak
    from shipworthy.models.chat.spending import Budget

STOP_AFTER = 10
"""So many requests in a row without a reply are no accident."""

GRACE_S = 10.0
"""How long Ctrl-C waits for calls under way, which are paid for already."""

Told = Callable[[int, int], None]
"""Hears how many of how many requests are done."""


class Kept(Protocol):
    """Where attempts are kept, and replies are found again."""

    def reply(self, key: str) -> Attempt | None:
        """The attempt that answered this request, if one did."""

    def keep(self, attempt: Attempt) -> None:
        """Keep an attempt for good before this returns."""


@dataclass(frozen=True)
class Terms:
    """How an endpoint is asked: by whom, how many at once, how often again, how fast, and for how much."""

    speak: Speak
    retrying: Retrying
    budget: Budget
    price: TokenPrice | None
    max_tokens: int
    concurrency: int = 4
    requests_per_minute: float | None = None


def asked(requests: Sequence[Request], terms: Terms, kept: Kept, told: Told) -> list[Attempt]:
    """The attempt that answered each request, or the last one that failed, in the order of the requests.

    Raises:
        OutsideError: the endpoint cannot be reached, refuses the key or the model, or fails for all; or the spending
            limit is reached. Whatever was answered until then is kept.
        KeyboardInterrupt: after the calls under way are finished and kept.
    """
    found = {request.key: attempt for request in requests if (attempt := kept.reply(request.key)) is not None}
    left = {request.key: request for request in requests if request.key not in found}
    if left:
        asking = _Asking([*left.values()], terms, kept)
        found |= asking.answers(lambda done: told(len(found) + done, len(found) + len(left)))
    return [found[request.key] for request in requests]


class _Asking:
    """The threads that ask, and what they share."""

    def __init__(self, requests: Sequence[Request], terms: Terms, kept: Kept) -> None:
        self.requests: Iterator[Request] = iter(requests)
        self.terms, self.kept = terms, kept
        self.pace = Pace(terms.requests_per_minute)
        self.found: dict[str, Attempt] = {}
        self.in_a_row = 0
        self.error: BaseException | None = None
        self.stopped, self.lock = threading.Event(), threading.Lock()
        self.done = threading.Event()
        self.threads = self.working = min(terms.concurrency, len(requests))

    def answers(self, told: Callable[[int], None]) -> dict[str, Attempt]:
        """Ask with all threads; they are daemons, so that a second Ctrl-C leaves at once."""
        threads = [threading.Thread(target=self._work, daemon=True) for _ in range(self.threads)]
        for thread in threads:
            thread.start()
        try:
            while not self.done.wait(0.05):
                told(len(self.found))
            told(len(self.found))
        except BaseException:
            self.stopped.set()
            self.done.wait(GRACE_S)
            raise
        if self.error is not None:
            raise self.error
        return self.found

    def _work(self) -> None:
        try:
            self._ask()
        except BaseException as error:  # noqa: BLE001 - it is raised again where the threads were started
            self._stop(error)
        finally:
            self._leave()

    def _leave(self) -> None:
        """Say that a thread is done. Joining it would not do: until Python 3.13 Ctrl-C in a join counts it as ended."""
        with self.lock:
            self.working -= 1
            if not self.working:
                self.done.set()

    def _ask(self) -> None:
        """Ask one question after the other until none is left."""
        while not self.stopped.is_set():
            with self.lock:
                request = next(self.requests, None)
            if request is None:
                return
            self._answer(request)

    def _answer(self, request: Request) -> None:
        """Ask until there is a reply, or no attempt is worth it."""
        number = 1
        while not self.stopped.is_set():
            attempt = self._attempted(request, number)
            if attempt is None:
                return
            if not self.terms.retrying.again(attempt):
                self._settle(request, attempt)
                return
            wait_s = self.terms.retrying.wait_s(attempt)
            if attempt.failure == "rate_limit":
                self.pace.pause(wait_s)
            self.stopped.wait(wait_s)
            number += 1

    def _attempted(self, request: Request, number: int) -> Attempt | None:
        """One attempt, kept; None where everything stops before it."""
        terms = self.terms
        most = most_usd(terms.price, request, terms.max_tokens)
        if not terms.budget.reserve(most):
            self._stop(_too_dear(terms.budget, most))
            return None
        cost = 0.0
        try:
            self.pace.wait(self.stopped)
            if self.stopped.is_set():
                return None
            attempt = _priced(terms.speak(request, number), terms.price, most)
            cost = attempt.cost_usd or 0.0
            self.kept.keep(attempt)
        finally:
            terms.budget.settle(most, cost)
        return attempt

    def _settle(self, request: Request, attempt: Attempt) -> None:
        """Take what came of a request, and stop where every other one would fare as badly."""
        with self.lock:
            self.found[request.key] = attempt
            self.in_a_row = self.in_a_row + 1 if attempt.failure else 0
            hopeless = self.in_a_row >= STOP_AFTER
        if attempt.failure in STOPPING or hopeless:
            self._stop(_hopeless(request, attempt, self.in_a_row))

    def _stop(self, error: BaseException) -> None:
        with self.lock:
            self.error = self.error or error
        self.stopped.set()


def _priced(attempt: Attempt, price: TokenPrice | None, most: float) -> Attempt:
    """The attempt with its cost. What was cut may be billed without our knowing for how much: the most is assumed."""
    cost = cost_usd(price, attempt.tokens_in, attempt.tokens_out)
    if cost is None and price is not None and attempt.failure in ("", "cut", "timeout"):
        cost = most
    return replace(attempt, cost_usd=cost)


def _too_dear(budget: Budget, most: float) -> OutsideError:
    message = (
        f"the spending limit is reached: {budget.spent:.6f} of {budget.limit:g} USD are spent, "
        f"and the next call may cost {most:.6f}"
    )
    remedy = "Raise spend_limit and run again: what was answered is kept, and is not asked or paid for again."
    return OutsideError("chat.spend_limit", message, remedy=remedy)


@dataclass(frozen=True)
class _Why:
    """A failure that stops everything: its code, what happened, and what to do."""

    code: str
    what: str
    remedy: str


_WHY = {
    "key": _Why(
        "chat.key",
        "{base_url} refuses the key",
        f"Set the environment variable {KEY_VARIABLE} to a key of this endpoint and run again.",
    ),
    "not_found": _Why(
        "chat.not_found",
        "{base_url} has no model {model!r}, or is not the address of an endpoint",
        "Correct model or base_url; the address goes up to /v1, without /chat/completions.",
    ),
    "quota": _Why(
        "chat.quota",
        "the account at {base_url} has nothing left to spend",
        "Fill it up and run again: what was answered is kept.",
    ),
    "connection": _Why(
        "chat.unreachable",
        "{base_url} does not answer",
        "Start the endpoint, or correct base_url, and run again: what was answered is kept.",
    ),
}
_FAILING = _Why(
    "chat.failing",
    "{base_url} gave no reply to {count} questions in a row",
    "Mend what it says and run again: what was answered is kept.",
)


def _hopeless(request: Request, attempt: Attempt, in_a_row: int) -> OutsideError:
    """Why asking on would not help, and what would."""
    why = _WHY.get(attempt.failure, _FAILING)
    tries = "" if attempt.number == 1 else f" after {attempt.number} attempts"
    what = why.what.format(base_url=request.base_url, model=request.model, count=in_a_row)
    return OutsideError(why.code, f"{what}{tries}: {attempt.said}", remedy=why.remedy)
