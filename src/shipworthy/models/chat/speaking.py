"""A request and its reply on the wire, through the client of OpenAI, which retries nothing here."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from importlib.util import find_spec
from time import perf_counter
from typing import TYPE_CHECKING, Any

from shipworthy.errors import InputError
from shipworthy.models.chat.attempt import KEPT_PLACES, Attempt, Reply, Tops
from shipworthy.models.chat.request import Request

if TYPE_CHECKING:
    from collections.abc import Mapping

NO_KEY = "none"
"""What is sent where the variable of the key is not set; endpoints on one's own machine ask for none."""

LONGEST_SAID = 300
_KINDS = {401: "key", 403: "key", 404: "not_found", 408: "timeout", 409: "server", 429: "rate_limit"}

Speak = Callable[[Request, int], Attempt]
"""Makes one call: the request, and which attempt at it this is."""


@dataclass
class _Heard:
    """What has come back so far."""

    first_token_ms: float | None = None
    finish: str = ""
    text: list[str] = field(default_factory=list)
    tops: list[Tops] = field(default_factory=list)
    tokens_in: int | None = None
    tokens_out: int | None = None


def speaker(base_url: str, variable: str, timeout_s: float) -> Speak:
    """What makes calls to an endpoint, from any number of threads, with the key that the environment holds.

    Raises:
        InputError: the client is not installed.
    """
    prove_client()
    from openai import OpenAI

    key = os.environ.get(variable, "").strip() or NO_KEY
    client = OpenAI(base_url=base_url, api_key=key, max_retries=0, timeout=timeout_s)
    completions = client.chat.completions  # loaded here, so that no call pays for it

    def speak(request: Request, number: int) -> Attempt:
        return _attempted(completions, request, number, key, timeout_s)

    return speak


def prove_client() -> None:
    """Return where the client is installed.

    Raises:
        InputError: it is not.
    """
    if find_spec("openai") is None:
        message = "chat candidates need the package openai, which is not installed"
        raise InputError("chat.client", message, remedy="pip install 'shipworthy[chat]'")


def has_key(variable: str) -> bool:
    """Whether the environment holds a key under this name."""
    return bool(os.environ.get(variable, "").strip())


def _attempted(completions: Any, request: Request, number: int, key: str, timeout_s: float) -> Attempt:
    """One call from its first byte to its last, whatever comes of it."""
    from openai import OpenAIError

    started, begun, heard = datetime.now(UTC).isoformat(timespec="milliseconds"), perf_counter(), _Heard()
    failed: dict[str, Any] = {}
    try:
        _listen(completions.create(**request.body), heard, begun, timeout_s)
    except (OpenAIError, OSError, ValueError) as error:
        failed = _failure(error, key, cut=heard.first_token_ms is not None)
    except Exception as error:
        if not _of_transport(error):
            raise
        failed = _failure(error, key, cut=heard.first_token_ms is not None)
    attempt = Attempt(
        request.key,
        number,
        started,
        (perf_counter() - begun) * 1e3,
        heard.first_token_ms,
        heard.tokens_in,
        heard.tokens_out,
        **failed,
    )
    if failed:
        return attempt
    if not heard.finish:
        return replace(attempt, failure="cut", said="the reply ended before the model had")
    return replace(attempt, reply=Reply(_whole("".join(heard.text)), heard.finish, tuple(heard.tops)))


def _listen(stream: Iterable[Any], heard: _Heard, begun: float, timeout_s: float) -> None:
    """Take in a reply piece by piece, for at most so long in all."""
    for piece in stream:
        if piece.usage is not None:
            heard.tokens_in, heard.tokens_out = piece.usage.prompt_tokens, piece.usage.completion_tokens
        for choice in piece.choices[:1]:
            if choice.delta.content:
                heard.first_token_ms = heard.first_token_ms or (perf_counter() - begun) * 1e3
                heard.text.append(choice.delta.content)
            if choice.logprobs is not None and len(heard.tops) < KEPT_PLACES:
                heard.tops += [_tops(place) for place in choice.logprobs.content or ()]
            heard.finish = choice.finish_reason or heard.finish
        if perf_counter() - begun > timeout_s:
            raise TimeoutError(f"the reply took longer than {timeout_s:g} s")
    del heard.tops[KEPT_PLACES:]


def _tops(place: Any) -> Tops:
    found = [(_whole(top.token), round(top.logprob, 6)) for top in place.top_logprobs or ()]
    return tuple(found or [(_whole(place.token), round(place.logprob, 6))])


def _whole(text: str) -> str:
    """The text with halves of characters, which pieces may be cut into, joined; a half that stays alone is replaced."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _of_transport(error: Exception) -> bool:
    """Whether an error comes from the transport below the client, which hands on those of a running stream as they are."""
    return any(kind.__module__.startswith("httpx") for kind in type(error).__mro__)


def _failure(error: Exception, key: str, *, cut: bool) -> dict[str, Any]:
    """The kind of a failure, what the endpoint said about it, and how long it asks to wait."""
    response = getattr(error, "response", None)
    headers = response.headers if response is not None else {}
    return {
        "failure": _kind(error, cut=cut),
        "said": without_key(_said(error), key),
        "retry_after_s": retry_after_s(headers),
    }


def _kind(error: Exception, *, cut: bool) -> str:
    from openai import APIConnectionError, APITimeoutError

    status = getattr(error, "status_code", None)
    if status == 429 and getattr(error, "code", None) == "insufficient_quota":
        return "quota"
    if status is not None:
        return _KINDS.get(status, "server" if status >= 500 else "refused")
    if isinstance(error, APITimeoutError | TimeoutError) or "Timeout" in type(error).__name__:
        return "timeout"
    if cut:
        return "cut"
    if isinstance(error, APIConnectionError) or _of_transport(error):
        return "connection"
    return "server"


def _said(error: Exception) -> str:
    """What an error says on one line: of the endpoint's own words only the message."""
    body = getattr(error, "body", None)
    own = body.get("message") if isinstance(body, dict) else None
    cause = error.__cause__
    text = str(own or error) if cause is None or own else f"{error} ({cause})"
    return " ".join(text.split())


def without_key(text: str, key: str) -> str:
    """The text with the key hidden, and cut to a length that fits a line."""
    return (text.replace(key, "***") if key != NO_KEY else text)[:LONGEST_SAID]


def retry_after_s(headers: Mapping[str, str]) -> float | None:
    """How long an endpoint asks to wait: seconds, milliseconds or a date, as the headers have it."""
    try:
        if milliseconds := headers.get("retry-after-ms"):
            return max(float(milliseconds) / 1e3, 0.0)
        written = headers.get("retry-after")
        if not written:
            return None
        if written.strip().replace(".", "", 1).isdecimal():
            return float(written)
        return max((parsedate_to_datetime(written) - datetime.now(UTC)).total_seconds(), 0.0)
    except (TypeError, ValueError):
        return None
