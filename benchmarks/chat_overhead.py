"""What a call to a chat model costs here, beside what the endpoint takes: `python -m benchmarks.chat_overhead`.

1,000 questions, 32 at a time, to a stub in a process of its own that answers after 50 ms with a stream of tokens; all
are kept in a journal as an evaluation keeps them. Nothing may be lost, and wall time beyond the stub's own is overhead.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import platform
import socket
import sys
import tempfile
import time
from datetime import UTC, datetime
from importlib.metadata import version
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from benchmarks.chat_stub import DELAY_S, serve
from shipworthy.models.chat.asking import Terms, asked
from shipworthy.models.chat.request import Request
from shipworthy.models.chat.retrying import Retrying
from shipworthy.models.chat.speaking import speaker
from shipworthy.models.chat.spending import Budget
from shipworthy.store.journal import Journal
from shipworthy.workbench.chatting.kept import KeptAttempts

RESULTS = Path(__file__).with_name("results") / "chat-overhead.json"
WARM = 64
"""Calls beforehand, which load what is loaded once."""


def main() -> None:
    """Ask, and print what it took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--calls", type=int, default=1_000)
    parser.add_argument("--concurrency", type=int, default=32)
    parser.add_argument("--write", action="store_true", help="keep the result in results/")
    given = parser.parse_args()
    found = measured(given.calls, given.concurrency)
    print(json.dumps(found, indent=2))
    if given.write:
        RESULTS.write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")
    sys.exit(0 if found["lost"] == 0 and found["wall_overhead_ms_per_call"] < 3.0 else 1)


def measured(calls: int, concurrency: int) -> dict[str, Any]:
    """The figures of one run."""
    ready, told = multiprocessing.Pipe()
    stub = multiprocessing.Process(target=_stub, args=(told,), daemon=True)
    stub.start()
    base_url = f"http://127.0.0.1:{ready.recv()}/v1"
    try:
        with tempfile.TemporaryDirectory() as folder:
            terms = _terms(base_url, concurrency)
            _ask(base_url, terms, Path(folder) / "warm.jsonl", -WARM, 0)
            began, cpu = time.perf_counter(), time.process_time()
            kept, answered = _ask(base_url, terms, Path(folder) / "replies.jsonl", 0, calls)
            wall_s, cpu_s = time.perf_counter() - began, time.process_time() - cpu
    finally:
        stub.terminate()
    ideal_s = -(-calls // concurrency) * DELAY_S
    return {
        "date": datetime.now(UTC).date().isoformat(),
        "machine": f"{platform.machine()}, {multiprocessing.cpu_count()} cores, Python {platform.python_version()}, openai {version('openai')}",
        "calls": calls,
        "concurrency": concurrency,
        "stub_latency_ms": DELAY_S * 1e3,
        "lost": calls - min(kept, answered),
        "wall_s": round(wall_s, 3),
        "wall_overhead_ms_per_call": round((wall_s - ideal_s) * 1e3 / calls, 3),
        "cpu_ms_per_call": round(cpu_s * 1e3 / calls, 3),
    }


def _ask(base_url: str, terms: Terms, place: Path, first: int, last: int) -> tuple[int, int]:
    """How many replies were kept, and how many were given back, of the questions from `first` to `last`."""
    journal = Journal(place)
    requests = [
        Request(base_url, "stub", (("user", f"question {number}"),), {"max_tokens": 8})
        for number in range(first, last)
    ]
    found = asked(requests, terms, KeptAttempts(journal), _nobody)
    journal.close()
    kept = sum("reply" in entry for _, entry in Journal(place).entries())
    return kept, sum(each.reply is not None for each in found)


def _terms(base_url: str, concurrency: int) -> Terms:
    speak = speaker(base_url, "SHIPWORTHY_BENCHMARK_KEY", 30.0)
    return Terms(speak, Retrying(3), Budget(), None, 8, concurrency)


def _nobody(done: int, of: int) -> None:
    """Tell nobody."""


def _stub(told: Connection) -> None:
    listening = socket.create_server(("127.0.0.1", 0), backlog=256)
    told.send(listening.getsockname()[1])
    serve(listening)


if __name__ == "__main__":
    main()
