"""One question to a model, with everything that decides the reply, named by a hash of its content."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from shipworthy.evidence.record import content_hash
from shipworthy.models.chat.prompt import Message

if TYPE_CHECKING:
    from shipworthy.spec.endpoint import Endpoint

TOP_LOGPROBS = 20
"""How many of the likeliest tokens are asked for; the protocol allows no more."""

_BYTES_OF_A_MESSAGE = 16
"""What an endpoint may add to each message to mark who speaks, in tokens."""


@dataclass(frozen=True)
class Request:
    """A question. `options` are the parameters of the call; `sample` tells repeated questions apart."""

    base_url: str
    model: str
    messages: tuple[Message, ...]
    options: Mapping[str, Any] = field(default_factory=dict)
    sample: int = 0

    @cached_property
    def key(self) -> str:
        """A hash of the question: the same one has the same reply."""
        return content_hash([self.base_url, self.model, self.messages, dict(self.options), self.sample])[:40]

    @property
    def most_tokens_in(self) -> int:
        """More tokens than the messages can have: a token is at least one byte."""
        return sum(len(text.encode()) + _BYTES_OF_A_MESSAGE for _, text in self.messages)

    @property
    def body(self) -> dict[str, Any]:
        """The call, as the protocol has it; streamed, so that the first token has a time."""
        said = [{"role": role, "content": text} for role, text in self.messages]
        return {
            "model": self.model,
            "messages": said,
            "stream": True,
            "stream_options": {"include_usage": True},
            **self.options,
        }


def options_of(chat: Endpoint, schema: Mapping[str, Any] | None, sample: int = 0) -> dict[str, Any]:
    """The parameters of a call. Each sample has a seed of its own, as with one seed all would be alike."""
    options: dict[str, Any] = {_most_tokens_name(chat.base_url): chat.max_tokens}
    options |= {
        name: value for name in ("temperature", "top_p") if (value := getattr(chat, name)) is not None
    }
    if chat.seed is not None:
        options["seed"] = chat.seed + sample
    if getattr(chat, "logprobs", False):
        options |= {"logprobs": True, "top_logprobs": TOP_LOGPROBS}
    if schema is not None:
        strict = schema.get("additionalProperties") is False
        named = {"name": "answer", "schema": dict(schema), "strict": strict}
        options["response_format"] = {"type": "json_schema", "json_schema": named}
    return options


def _most_tokens_name(base_url: str) -> str:
    """OpenAI's own endpoint has renamed `max_tokens`, and refuses the old name for its newer models."""
    host = urlsplit(base_url).hostname or ""
    return "max_completion_tokens" if host == "openai.com" or host.endswith(".openai.com") else "max_tokens"
