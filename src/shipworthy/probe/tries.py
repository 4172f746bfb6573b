"""One try: what a candidate answered once, and what that took."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any, Literal

Outcome = Literal["read", "repaired", "unreadable", "failed"]
Top = tuple[str, float]
"""A token and the logarithm of its chance."""


@dataclass(frozen=True)
class Try:
    """One answer.

    Attributes:
        text: what came back, word for word; None where nothing did.
        answer: what it was read as: a label, a number, or the text itself; None where it could not be read.
        outcome: how the reading went; `failed` where nothing came back.
        why: why there is no answer.
        cut: whether the reply ended because it had as many tokens as it may.
        latency_ms: until the last token; None where it was not measured.
        first_token_ms: until the first token.
        tokens_in: tokens that were read.
        tokens_out: tokens that were written.
        cost_usd: by the price of product.yaml; None where that states none.
        chances: of each label, adding up to 1; empty where they were not asked for.
        mass: the share of the first token's chance that labels cover.
        tops: the likeliest first tokens.
        score: what a model that scores gave.
        meaning: the number of the meaning that the answer has, as tries of one probe were compared; None without an answer.
        passed: whether it passed each check by name, `expected` among them; None where it could not be told.
    """

    text: str | None
    answer: str | None
    outcome: Outcome = "read"
    why: str = ""
    cut: bool = False
    latency_ms: float | None = None
    first_token_ms: float | None = None
    tokens_in: int | None = None
    tokens_out: int | None = None
    cost_usd: float | None = None
    chances: Mapping[str, float] = field(default_factory=dict)
    mass: float | None = None
    tops: tuple[Top, ...] = ()
    score: float | None = None
    meaning: int | None = None
    passed: Mapping[str, bool | None] = field(default_factory=dict)


def read_try(entry: Mapping[str, Any]) -> Try:
    """The try that was filed as plain values."""
    tops = tuple((str(token), float(log)) for token, log in entry.get("tops", ()))
    known = {each.name for each in fields(Try)}
    return Try(**{**{key: value for key, value in entry.items() if key in known}, "tops": tops})
