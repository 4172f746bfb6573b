"""One call as it went: its reply or its failure, its times and its tokens."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

Tops = tuple[tuple[str, float], ...]
"""The likeliest tokens at one place of a reply, each with the logarithm of its chance."""

KEPT_PLACES = 6
"""Of so many places at the beginning of a reply the likeliest tokens are kept."""

TRANSIENT = ("rate_limit", "server", "timeout", "connection", "cut")
"""Failures that another attempt may not have."""

STOPPING = ("key", "not_found", "quota", "connection")
"""Failures that every other call would have too."""


@dataclass(frozen=True)
class Reply:
    """What a model said. `finish` is why it stopped: `stop`, or `length` where it was cut at max_tokens."""

    text: str
    finish: str
    tops: tuple[Tops, ...] = ()


@dataclass(frozen=True)
class Attempt:
    """One call. `failure` is "" where there is a reply, else its kind, and `said` is what the endpoint said about it.

    Attributes:
        key: of the request.
        number: which attempt at it this is, from 1.
        started: when it began, in UTC.
        latency_ms: until the last token, or the failure.
        first_token_ms: until the first token; None where none came.
        tokens_in: tokens that were read; None where the endpoint does not say.
        tokens_out: tokens that were written; None where the endpoint does not say.
        cost_usd: by the price of that day; of a failure whose tokens are not known the most that it can be.
        retry_after_s: how long the endpoint asks to wait.
    """

    key: str
    number: int
    started: str
    latency_ms: float
    first_token_ms: float | None = None
    tokens_in: int | None = None
    tokens_out: int | None = None
    cost_usd: float | None = None
    failure: str = ""
    said: str = ""
    retry_after_s: float | None = None
    reply: Reply | None = None

    @property
    def as_json(self) -> dict[str, Any]:
        """The attempt as plain values, those that say nothing left out."""
        return {key: value for key, value in asdict(self).items() if value not in (None, "", ())}


def read_attempt(entry: Mapping[str, Any]) -> Attempt:
    """The attempt that was kept as plain values."""
    reply = entry.get("reply")
    if reply is not None:
        tops = tuple(
            tuple((str(token), float(log)) for token, log in place) for place in reply.get("tops", ())
        )
        reply = Reply(reply.get("text", ""), reply.get("finish", ""), tops)
    return Attempt(**{**entry, "reply": reply})
