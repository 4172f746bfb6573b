"""A whole process from start to end, weighed by the system and stopped at its limits."""

from __future__ import annotations

import json
import os
import resource
import signal
import subprocess
import tempfile
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.data import ROOT
from benchmarks.measuring import RSS_BYTES, Run
from benchmarks.peers.environments import interpreter

SET_BY_US = ("PYTHONPATH", "PYTHONDONTWRITEBYTECODE")
"""Variables that would give one side another's code, or make each start compile everything again."""


@dataclass(frozen=True)
class Limits:
    """When a process is stopped: after so many CPU seconds, or past so much resident memory."""

    cpu_s: int = 600
    memory_gb: float = 8.0


def our_process(task: str, *arguments: str | Path) -> Run:
    """One of our own tasks in a process of its own."""
    command = [interpreter("shipworthy"), "-m", "benchmarks.tasks", task, *arguments]
    return process(command, Limits(1_800, 12.0))


def process(command: Sequence[str | Path], limits: Limits | None = None) -> Run:
    """What a process took, with all that it imports; the last line that it prints is its answer, as JSON.

    Raises:
        RuntimeError: it failed by itself, and not at a limit.
    """
    limits = limits or Limits()
    variables = {name: value for name, value in os.environ.items() if name not in SET_BY_US}
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        start = time.perf_counter()
        child = subprocess.Popen(
            [str(part) for part in command],
            stdout=out,
            stderr=err,
            cwd=ROOT,
            env=variables,
        )
        status, used, too_large = _ended(child.pid, limits)
        wall_s = time.perf_counter() - start
        child.returncode = os.waitstatus_to_exitcode(status)
        printed, said = _text(out), _text(err)
    over = _over(child.returncode, limits, too_large=too_large)
    if child.returncode and not over:
        raise RuntimeError(f"{' '.join(map(str, command))} ended with {child.returncode}:\n{said[-2_000:]}")
    answer = None if over or not printed.strip() else _answer(printed.strip().splitlines()[-1])
    return Run(used.ru_utime + used.ru_stime, wall_s, used.ru_maxrss * RSS_BYTES / 1e6, over, answer)


def _ended(pid: int, limits: Limits) -> tuple[int, resource.struct_rusage, bool]:
    """How a process ended and what it used, its limits held meanwhile. One that ends at once is not delayed."""
    done, too_large = threading.Event(), threading.Event()

    def watch() -> None:
        while not done.wait(0.1):
            cpu_s, memory_gb = _so_far(pid)
            if memory_gb > limits.memory_gb:
                too_large.set()
            if cpu_s > limits.cpu_s or memory_gb > limits.memory_gb:
                os.kill(pid, signal.SIGKILL)
                return

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        _, status, used = os.wait4(pid, 0)
    finally:
        done.set()
    return status, used, too_large.is_set()


def _so_far(pid: int) -> tuple[float, float]:
    """CPU seconds and resident gigabytes of a running process; nothing where the system has no /proc."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    except OSError:
        return 0.0, 0.0
    ticks = int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK"), int(fields[21]) * os.sysconf("SC_PAGE_SIZE") / 1e9


def _over(code: int, limits: Limits, *, too_large: bool) -> str:
    if code != -signal.SIGKILL:
        return ""
    return f"over {limits.memory_gb:g} GB" if too_large else f"over {limits.cpu_s:,} s"


def _text(file: Any) -> str:
    file.seek(0)
    return str(file.read().decode(errors="replace"))


def _answer(line: str) -> Any:
    try:
        return json.loads(line)
    except ValueError:
        return None
