"""What a piece of work cost: CPU seconds (user and system), wall seconds, and peak memory of a process."""

from __future__ import annotations

import resource
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

RSS_BYTES = 1 if sys.platform == "darwin" else 1024
"""What the system counts resident memory in."""


@dataclass(frozen=True)
class Run:
    """What one run took. `over` names the limit that stopped it ("" where none did); `answer` is what it found."""

    cpu_s: float
    wall_s: float
    peak_mb: float = 0.0
    over: str = ""
    answer: Any = None

    @property
    def figures(self) -> dict[str, Any]:
        """The run for a record, without its answer."""
        return {name: value for name, value in asdict(self).items() if name != "answer"}


def cpu_s() -> float:
    """The CPU seconds that this process has used so far, all its threads together."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def inside(work: Callable[[], Any]) -> Run:
    """One piece of work inside this process; its peak memory is not known apart."""
    before, start = cpu_s(), time.perf_counter()
    answer = work()
    return Run(cpu_s() - before, time.perf_counter() - start, answer=answer)


def median_cpu_s(runs: Sequence[Run]) -> float:
    """The CPU seconds of the run in the middle."""
    return statistics.median(run.cpu_s for run in runs)


def least(runs: Sequence[Run]) -> Run:
    """The run that took the least CPU: what the work takes where nothing else disturbs it."""
    return min(runs, key=lambda run: run.cpu_s)
