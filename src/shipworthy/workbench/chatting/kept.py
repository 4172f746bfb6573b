"""Attempts of a chat candidate on disk: every one is kept, and a reply is found again by its question."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field

from shipworthy.models.chat.attempt import Attempt, read_attempt
from shipworthy.store.journal import Journal


class KeptAttempts:
    """The attempts of one journal. Without `reuses` replies are neither kept nor found; that calls were made still is."""

    def __init__(self, journal: Journal, *, reuses: bool = True) -> None:
        """Read what is there: where replies begin, and what was spent."""
        self.journal, self.reuses = journal, reuses
        self.spent_usd = 0.0
        self._replies: dict[str, int] = {}
        for start, entry in journal.entries():
            self.spent_usd += entry.get("cost_usd") or 0.0
            if reuses and "reply" in entry:
                self._replies[entry["key"]] = start

    def reply(self, key: str) -> Attempt | None:
        """The attempt that answered this request, if one did."""
        start = self._replies.get(key)
        return None if start is None else read_attempt(self.journal.at(start))

    def keep(self, attempt: Attempt) -> None:
        """Keep an attempt; it is safe from the end of this process when this returns."""
        entry = attempt.as_json
        if not self.reuses:
            entry.pop("reply", None)
        start = self.journal.add(entry)
        if self.reuses and attempt.reply is not None:
            self._replies[attempt.key] = start


@dataclass
class Effort:
    """What it took to answer some requests, over all runs: calls, second attempts, failures by kind, money."""

    calls: int = 0
    retries: int = 0
    failures: Counter[str] = field(default_factory=Counter)
    cost_usd: float = 0.0
    tokens_in: int = 0
    tokens_out: int = 0


def effort(journal: Journal, keys: Collection[str]) -> Effort:
    """The effort behind these requests, as the journal has it."""
    found = Effort()
    for _, entry in journal.entries():
        if entry.get("key") not in keys:
            continue
        found.calls += 1
        found.retries += entry.get("number", 1) > 1
        found.failures[entry.get("failure", "")] += 1
        found.cost_usd += entry.get("cost_usd") or 0.0
        found.tokens_in += entry.get("tokens_in") or 0
        found.tokens_out += entry.get("tokens_out") or 0
    del found.failures[""]
    return found
