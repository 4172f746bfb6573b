"""What an evaluation found, to be compared between engines."""

from __future__ import annotations

import json
import math
from pathlib import Path

from tests.cli.command import Done, command

Numbers = tuple[float | None, ...]


def evidence(folder: Path) -> dict[tuple[str, str, str], Numbers]:
    """Every estimate of an evaluation, without those of clock time."""
    return estimates_of(command("evaluate", folder, "--json"))


def estimates_of(done: Done) -> dict[tuple[str, str, str], Numbers]:
    """Every estimate that an evaluation printed, without those of clock time."""
    assert done.code in (0, 1, 3), done.err
    return {
        (each["candidate"], each["metric"], json.dumps(each["slice"])): tuple(
            each[key] for key in ("value", "low", "high", "lower", "upper", "n", "units")
        )
        for each in done.json["estimates"]
        if "latency" not in each["metric"]
    }


def same(numbers: Numbers, others: Numbers, rel: float = 1e-9) -> bool:
    """Whether all numbers are equal but for rounding."""
    pairs = zip(numbers, others, strict=True)
    return all(
        one == other
        or (one is not None and other is not None and math.isclose(one, other, rel_tol=rel, abs_tol=1e-12))
        for one, other in pairs
    )
