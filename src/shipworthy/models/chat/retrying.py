"""Which failures are worth another attempt, and how long to wait before it."""

from __future__ import annotations

import random
from dataclasses import dataclass

from shipworthy.models.chat.attempt import TRANSIENT, Attempt

LONGEST_ASKED_S = 600.0
"""An endpoint that asks to wait longer than this is taken at this."""


@dataclass(frozen=True)
class Retrying:
    """So many attempts, with waits that double from `first_wait_s` up to `longest_wait_s`."""

    attempts: int = 5
    first_wait_s: float = 0.5
    longest_wait_s: float = 30.0

    def again(self, attempt: Attempt) -> bool:
        """Whether this failure may pass, and attempts are left."""
        return attempt.failure in TRANSIENT and attempt.number < self.attempts

    def wait_s(self, attempt: Attempt) -> float:
        """How long to wait: what the endpoint asks for, else a wait that doubles, drawn from its upper half.

        The draw keeps calls that failed together from coming back together.
        """
        if attempt.retry_after_s is not None:
            return min(attempt.retry_after_s, LONGEST_ASKED_S)
        doubled = min(self.first_wait_s * 2.0 ** (attempt.number - 1), self.longest_wait_s)
        return doubled * random.uniform(0.5, 1.0)  # noqa: S311 - no secret depends on it
