"""`python -m benchmarks [--only NAME ...] [--quick] [--write]`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from datetime import datetime

from benchmarks import cases, contests, results
from benchmarks.asking import asked_of
from benchmarks.finding import Finding
from benchmarks.sizes import FULL, QUICK, Sizes
from benchmarks.table import table

CASES: dict[str, Callable[[Sizes], list[Finding]]] = {
    "slices": cases.slices,
    "full": cases.full,
    "fairlearn-bootstrap": contests.fairlearn_bootstrap,
    "fairlearn": contests.fairlearn,
    "evidently": contests.evidently,
    "sklearn-bootstrap": contests.sklearn_bootstrap,
    "sliceline": contests.sliceline,
    "divexplorer": contests.divexplorer,
    "intervals": cases.intervals,
    "auc": cases.auc,
    "start": cases.start,
}


def main() -> None:
    """Run the cases that were asked for, one after the other, and print what came out."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--only", nargs="+", metavar="NAME", choices=[*CASES], default=[*CASES])
    asked = asked_of(parser)
    where, date = results.machine(), datetime.now().astimezone().date().isoformat()
    findings: list[Finding] = []
    for name in asked.only:
        print(f"running {name}", file=sys.stderr, flush=True)
        found = CASES[name](QUICK if asked.quick else FULL)
        print(table(found), file=sys.stderr, flush=True)
        findings += found
    print(table(findings))
    if asked.write:
        print(results.write(findings, where, date, [name for name in CASES if name not in asked.only]))


if __name__ == "__main__":
    main()
