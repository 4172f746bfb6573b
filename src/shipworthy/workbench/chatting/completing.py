"""The answers of a chat candidate, batch by batch of its log: asked, read, and counted for the notes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from shipworthy.models.chat.asking import Terms, Told, asked
from shipworthy.models.chat.likelihood import Chances, calibrated, chances
from shipworthy.models.chat.reading import Reader
from shipworthy.models.chat.spending import cost_usd
from shipworthy.query.repeated import repetition

if TYPE_CHECKING:
    import pyarrow as pa

    from shipworthy.models.chat.attempt import Attempt
    from shipworthy.models.chat.request import Request
    from shipworthy.spec.kinds import Kind
    from shipworthy.workbench.chatting.kept import KeptAttempts
    from shipworthy.workbench.chatting.setting import Setting

ANSWERS = ("prediction", "score", "output", "error", "latency_ms", "cost_usd")
FAILED = {
    "rate_limit": "the endpoint had no room",
    "server": "the endpoint failed",
    "timeout": "no reply in time",
    "connection": "no connection",
    "cut": "the reply was cut off",
    "refused": "the endpoint refused the question",
}
"""What each failure means, in a log."""


@dataclass
class Seen:
    """What the replies of a log were like, counted while they came."""

    outcomes: Counter[str] = field(default_factory=Counter)
    masses: list[float] = field(default_factory=list)
    keys: set[str] = field(default_factory=set)
    rows: int = 0


@dataclass
class Completing:
    """Answers batches of the rows of one candidate."""

    setting: Setting
    kind: Kind
    terms: Terms
    kept: KeptAttempts
    told: Told
    flat_cost: float | None = None
    seen: Seen = field(default_factory=Seen)

    def __call__(self, batch: pa.Table) -> Mapping[str, Sequence[Any]]:
        """The columns of the log that the candidate fills."""
        requests = self._requests(batch)
        found = [self._answer(attempt) for attempt in asked(requests, self.terms, self.kept, self.told)]
        self.seen.rows += len(requests)
        self.seen.keys.update(request.key for request in requests)
        return {name: [answer.get(name) for answer in found] for name in ANSWERS}

    @cached_property
    def prior(self) -> Chances | None:
        """The chances of the answers to an empty input, where scores are calibrated by them."""
        if self.setting.chat.calibrate is None or self.setting.reader is None:
            return None
        [attempt] = asked([self.setting.empty_request], self.terms, self.kept, _nobody)
        return chances(attempt.reply.tops, self.setting.reader.labels) if attempt.reply else None

    def _requests(self, batch: pa.Table) -> list[Request]:
        times = self.setting.chat.samples
        columns = [f"c:{name}" for name in sorted(self.setting.prompt.columns)]
        rows = batch.select(columns).to_pylist() if columns else [{}] * batch.num_rows
        return [
            self.setting.request(
                {name.removeprefix("c:"): value for name, value in row.items()}, repetition(row_id, times)
            )
            for row, row_id in zip(rows, batch["id"].to_pylist(), strict=True)
        ]

    def _answer(self, attempt: Attempt) -> dict[str, Any]:
        """One row of the log."""
        reply = attempt.reply
        if reply is None:
            self.seen.outcomes["failed"] += 1
            return {"error": f"{FAILED.get(attempt.failure, attempt.failure)}: {attempt.said}"}
        priced = cost_usd(self.setting.price, attempt.tokens_in, attempt.tokens_out)
        answer: dict[str, Any] = {
            "output": reply.text,
            "latency_ms": attempt.latency_ms,
            "cost_usd": self.flat_cost if priced is None else priced,
        }
        if reply.finish == "length" and not self.setting.chat.logprobs:
            self.seen.outcomes["length"] += 1
        reader = self.setting.reader
        if reader is None:
            return answer
        if self.setting.chat.logprobs:
            return {**answer, **self._by_chance(attempt, reader)}
        return {**answer, **self._by_text(reply.text, reader)}

    def _by_text(self, text: str, reader: Reader) -> dict[str, Any]:
        read = reader.read(text)
        self.seen.outcomes[read.outcome] += 1
        if read.value is None:
            return {"error": f"unreadable reply: {read.why}"}
        if self.kind != "binary":
            return {"prediction": read.value}
        if reader.numeric:
            return {"score": read.value}
        return {"prediction": read.value == next(iter(reader.labels))}

    def _by_chance(self, attempt: Attempt, reader: Reader) -> dict[str, Any]:
        found = chances(attempt.reply.tops if attempt.reply else (), reader.labels)
        if found is None:
            self.seen.outcomes["unreadable"] += 1
            return {"error": "unreadable reply: no likely first token begins a word of an answer"}
        self.seen.outcomes["read"] += 1
        self.seen.masses.append(found.mass)
        found = calibrated(found, self.prior) if self.prior is not None else found
        if self.kind == "binary":
            return {"score": found.of[next(iter(reader.labels))]}
        return {"prediction": max(found.of, key=found.of.__getitem__)}


def _nobody(done: int, of: int) -> None:
    """Tell nobody."""
