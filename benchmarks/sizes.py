"""How many rows the cases have."""

from __future__ import annotations

from dataclasses import dataclass

from benchmarks.processes import Limits

PEERS = Limits(cpu_s=150, memory_gb=12.0)


@dataclass(frozen=True)
class Sizes:
    """Rows, bootstrap replicates, and when another tool is stopped."""

    large: int = 10_000_000
    middle: int = 1_000_000
    small: int = 100_000
    fairlearn_replicates: int = 200
    sklearn_replicates: int = 1_000
    limits: Limits = PEERS


FULL = Sizes()

QUICK = Sizes(100_000, 20_000, 10_000, 2, 20, Limits(cpu_s=60))
"""These try the machinery and say nothing of speed."""


def rows_text(count: int, what: str = "rows") -> str:
    """A count as people say it: `10 M rows`, `100 k rows`."""
    return f"{count // 1_000_000} M {what}" if count >= 1_000_000 else f"{count // 1_000} k {what}"
