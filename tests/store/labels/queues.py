"""Queues for tests, on both databases, and people who label as processes of their own."""

from __future__ import annotations

import subprocess
import sys
import textwrap
import time

from shipworthy.label.queue import Draw, Item
from shipworthy.store.labels.opening import open_file, open_url
from shipworthy.store.labels.queueing import add

NOW = "2026-01-01T12:00:00.000000Z"
LEASE_S = 600.0
RANDOM = Draw("random", "test")


def opened(place):
    """The queue `q` in a folder or a database."""
    return open_url(place, "q") if isinstance(place, str) and "://" in place else open_file(place, "q")


def filled(place, items=10, wanted=1, draw=RANDOM):
    """The queue with so many items, item 0 first."""
    labels = opened(place)
    rows = [Item(f"item {at}", {"text": f"text {at}"}, f"hash {at}") for at in range(items)]
    add(labels, draw, rows, wanted, NOW)
    return labels


WORKER = """
import sys
from pathlib import Path
from datetime import UTC, datetime
from shipworthy.store.labels.leasing import Person, give, join, take
from shipworthy.store.labels.opening import open_file, open_url

place, name, lease_s = sys.argv[1], sys.argv[2], float(sys.argv[3])
labels = open_url(place, "q") if "://" in place else open_file(Path(place), "q")
def now():
    return datetime.now(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
person = Person(name, name)
join(labels, person, now(), lease_s, lambda session: True)
while (offer := take(labels, person, now(), lease_s)) is not None:
    print("took", offer.item, flush=True)
    give(labels, person, offer.item, name, now(), "terminal", numeric=False)
    print("gave", offer.item, flush=True)
"""


def worker(place, name, lease_s=LEASE_S):
    """A process that labels everything that it is given with its own name."""
    command = [sys.executable, "-c", textwrap.dedent(WORKER), str(place), name, str(lease_s)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def said(process, word):
    """The items after a word in what a finished process printed."""
    out, err = process.communicate(timeout=120)
    assert "" == err.strip() or process.returncode < 0, err
    return [line.removeprefix(f"{word} ") for line in out.splitlines() if line.startswith(word)]


def wait_for(condition, seconds=30.0):
    """Wait until something holds."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.01)
