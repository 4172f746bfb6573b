"""What calls cost, and the limit that is checked before each of them."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from shipworthy.models.chat.request import Request

MILLION = 1e6


@dataclass(frozen=True)
class TokenPrice:
    """US dollars for a million tokens in and out, the day of that price, and where it stands."""

    input_per_million: float
    output_per_million: float
    as_of: str | None = None
    source: str | None = None


def cost_usd(price: TokenPrice | None, tokens_in: int | None, tokens_out: int | None) -> float | None:
    """What so many tokens cost; None where the price or the tokens are not known."""
    if price is None or tokens_in is None or tokens_out is None:
        return None
    return (tokens_in * price.input_per_million + tokens_out * price.output_per_million) / MILLION


def most_usd(price: TokenPrice | None, request: Request, max_tokens: int) -> float:
    """The most that a call can cost; nothing where there is no price."""
    return cost_usd(price, request.most_tokens_in, max_tokens) or 0.0


class Budget:
    """What was spent and what calls under way may still cost, shared by all threads. Amounts are US dollars."""

    def __init__(self, limit: float | None = None, spent: float = 0.0) -> None:
        """Without a limit every call may begin."""
        self.limit = limit
        self.spent = spent
        self._reserved = 0.0
        self._under_way = 0
        self._settled = threading.Condition()

    def reserve(self, most: float) -> bool:
        """Set aside what a call may cost at most; False where that could pass the limit.

        Calls under way cost less than was set aside for them, so the answer waits for them where it hangs on that.
        """
        with self._settled:
            while self._too_dear(most) and self._under_way:
                self._settled.wait()
            if self._too_dear(most):
                return False
            self._reserved += most
            self._under_way += 1
            return True

    def settle(self, most: float, cost: float) -> None:
        """Replace what was set aside for a call by what it cost."""
        with self._settled:
            self._under_way -= 1
            self._reserved = self._reserved - most if self._under_way else 0.0
            self.spent += cost
            self._settled.notify_all()

    def _too_dear(self, most: float) -> bool:
        return self.limit is not None and self.spent + self._reserved + most > self.limit
