"""How long a labelling queue of 100,000 rows takes to open, and to serve and keep a label: `python -m benchmarks.label_queue`.

In SQLite on this machine's disk, every label flushed to it. A first person has labelled half of the queue before, which
is where a queue that searches from its beginning is slowest; two people label each row.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import sqlalchemy as sa

from shipworthy.label.queue import Draw, Item
from shipworthy.store.labels.leasing import Person, give, join, take, undo
from shipworthy.store.labels.opening import Labels, open_file
from shipworthy.store.labels.queueing import add
from shipworthy.store.labels.reading import status
from shipworthy.store.labels.tables import items, people, slots

LEASE_S = 900.0
STEPS = 200
SHOWN = {f"column {at}": "a value of some twenty characters" for at in range(15)}


def now() -> str:
    """This moment as the store writes it."""
    return datetime.now(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def main() -> None:
    """Fill a queue and print what its steps take."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000)
    rows = parser.parse_args().rows
    with tempfile.TemporaryDirectory() as folder:
        labels = open_file(Path(folder), "queue")
        filled_ms = _filled_ms(labels, rows)
        _half_done(labels, rows)
        _print(f"fill with {rows:,} rows, two labels each", [filled_ms])
        _print("open", [_ms(lambda: open_file(Path(folder), "queue")) for _ in range(20)])
        _steps(labels)
        _print("status", [_ms(lambda: status(labels, now())) for _ in range(5)])
        _print("size of the file, MB", [Path(folder, "store.db").stat().st_size / 1e6])


def _filled_ms(labels: Labels, rows: int) -> float:
    made = [Item(f"row-{at:08d}", SHOWN, f"{at:016x}") for at in range(rows)]
    return _ms(lambda: add(labels, Draw("random", "test"), made, 2, now()))


def _half_done(labels: Labels, rows: int) -> None:
    """Ana has labelled the first half."""
    join(labels, Person("ana", "a"), now(), LEASE_S)
    first = (slots.c.slot == 1) & (slots.c.position <= rows / 2)
    with labels.engine.begin() as connection:
        said = {"labeller": "ana", "label": "yes", "at": now(), "origin": "benchmark"}
        connection.execute(sa.update(slots).where(first).values(**said))
        reached = sa.select(sa.func.max(slots.c.position)).where(first).scalar_subquery()
        connection.execute(sa.update(people).where(people.c.name == "ana").values(reached=reached))
        connection.execute(sa.update(items).values(state="open"))


def _steps(labels: Labels) -> None:
    """Ana goes on in the middle, and Bo begins at the start."""
    for person in (Person("ana", "a"), Person("bo", "b")):
        join(labels, person, now(), LEASE_S)
        taken = [_step(labels, person, at) for at in range(STEPS)]
        for place, what in enumerate(("serve the next row", "keep a label", "undo one")):
            _print(f"{what} ({person.name})", [each[place] for each in taken])


def _step(labels: Labels, person: Person, at: int) -> tuple[float, float, float]:
    """Milliseconds to serve a row, to keep its label, and to undo it; then it is kept again."""
    began = time.perf_counter()
    offer = take(labels, person, now(), LEASE_S)
    served = 1e3 * (time.perf_counter() - began)
    if offer is None:
        raise RuntimeError("the queue ran out")
    item, label = offer.item, "no" if at % 10 == 0 else "yes"

    def keep() -> None:
        give(labels, person, item, label, now(), "benchmark", numeric=False)

    kept = _ms(keep)
    undone = _ms(lambda: undo(labels, person, now(), numeric=False))
    keep()
    return served, kept, undone


def _ms(step: Callable[[], object]) -> float:
    began = time.perf_counter()
    step()
    return 1e3 * (time.perf_counter() - began)


def _print(what: str, taken: list[float]) -> None:
    high = statistics.quantiles(taken, n=20)[-1] if len(taken) > 1 else taken[0]
    sys.stdout.write(f"{what:44s} median {statistics.median(taken):9.1f}   95 % below {high:9.1f}\n")


if __name__ == "__main__":
    main()
