"""What a run leaves behind: a JSON file of everything measured, and the table in the README beside it."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

from benchmarks.finding import Finding
from benchmarks.peers.environments import PACKAGES
from benchmarks.table import table

HERE = Path(__file__).resolve().parent
BEGIN, END = "<!-- measured: begin -->\n", "<!-- measured: end -->\n"
"""The marks of what a run writes into the README; runs of their own put their name behind `measured`."""

_OURS = ("shipworthy", "duckdb", "ibis-framework", "numpy", "scipy", "pyarrow")


def machine() -> dict[str, Any]:
    """What the figures were measured on, and how busy it was."""
    return {
        "system": f"{platform.system()} {platform.machine()}",
        "processor": _processor(),
        "cores": os.cpu_count(),
        "load": round(os.getloadavg()[0], 2),
        "python": platform.python_version(),
        "versions": {name: version(name) for name in _OURS},
        "peers": {name: packages[0] for name, packages in PACKAGES.items()},
    }


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return platform.processor()
    return next((line.split(":")[1].strip() for line in lines if line.startswith("model name")), "")


def write(
    findings: Sequence[Finding],
    where: dict[str, Any],
    date: str,
    left_out: Sequence[str] = (),
    name: str = "",
) -> Path:
    """Keep a run as `results/DATE.json` and put its table into the README, with the cases that were left out.

    A benchmark that runs by itself has a name, which its file and its part of the README bear.
    """
    path = HERE / "results" / f"{date}{name and '-'}{name}.json"
    path.parent.mkdir(exist_ok=True)
    record = {
        "date": date,
        "machine": where,
        "left_out": [*left_out],
        "findings": [finding.as_record() for finding in findings],
    }
    path.write_text(json.dumps(record, indent=1, ensure_ascii=False) + "\n")
    readme = HERE / "README.md"
    readme.write_text(with_table(readme.read_text(), measured(findings, where, date, left_out), name))
    return path


def measured(
    findings: Sequence[Finding], where: dict[str, Any], date: str, left_out: Sequence[str] = ()
) -> str:
    """The part of the README that a run writes."""
    met = sum(finding.met for finding in findings)
    versions = ", ".join(f"{name} {number}" for name, number in where["versions"].items())
    missing = f" Not measured in this run: {', '.join(left_out)}." if left_out else ""
    return (
        f"{met} of {len(findings)} targets met on {date}: {where['processor']}, {where['cores']} cores, load"
        f" {where['load']} at the start; Python {where['python']}, {versions}.{missing}\n\n{table(findings)}"
    )


def with_table(text: str, part: str, name: str = "") -> str:
    """The README with another measured part.

    Raises:
        ValueError: it has no marks to write between.
    """
    begin, end = (mark.replace("measured", f"measured {name}".strip()) for mark in (BEGIN, END))
    before, _, rest = text.partition(begin)
    _, found, after = rest.partition(end)
    if not found:
        raise ValueError(f"the README needs the lines {begin.strip()} and {end.strip()}")
    return f"{before}{begin}\n{part}\n{end}{after}"
