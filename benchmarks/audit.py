"""What an audit costs: `python -m benchmarks.audit [--quick] [--write]`.

Ten million rows of thirty columns in Parquet, beside a plain look at the same columns; and a CSV of 5 GB, beside one of a
tenth of it, for the memory that it takes. The CSV is made, read and deleted again: some 10 GB of the disk are needed.
"""

from __future__ import annotations

import argparse
import shutil
import sys
from datetime import datetime
from pathlib import Path

from benchmarks import results, wide
from benchmarks.asking import asked_of
from benchmarks.finding import Finding
from benchmarks.measuring import Run
from benchmarks.processes import our_process
from benchmarks.sizes import rows_text
from benchmarks.table import shown, table

FULL, QUICK = (10_000_000, 18_500_000), (200_000, 200_000)
"""Rows in Parquet and in CSV; those of a quick run try the machinery and say nothing of speed."""

MOST_MB = 3 * 1024**3 / 1e6


def in_parquet(rows: int) -> list[Finding]:
    """CPU beside a plain look at every value, and peak memory."""
    task = our_process("audit_beside_scan", wide.product(rows, ".parquet"))
    scan = sorted(run["cpu_s"] for run in task.answer["scan"])[1]
    ours = task.answer["ours"][0]["cpu_s"]
    question = f"audit of {rows_text(rows)} of {wide.COLUMNS} columns in Parquet"
    return [
        Finding("audit", question, ours / scan, "×", 10, "at most", f"{shown(ours, 's')} CPU",
                f"plain scan of the same columns, {shown(scan, 's')} CPU", record=task.answer),
        Finding("audit-memory", question, task.peak_mb, "MB", MOST_MB, "at most", "peak of the whole process",
                record=task.figures),
    ]  # fmt: skip


def in_csv(rows: int) -> list[Finding]:
    """Peak memory of a long file and of one with a tenth of its rows."""
    (small_gb, small), (large_gb, large) = _csv_run(rows // 10), _csv_run(rows)
    question = f"audit of a CSV of {large_gb:.1f} GB, {rows_text(rows)} of {wide.COLUMNS} columns"
    record = {"small": small.figures, "large": large.figures}
    taken = f"{shown(large.cpu_s, 's')} CPU, {shown(large.wall_s, 's')} wall"
    ours, against = (
        f"{shown(run.peak_mb, 'MB')} at {size:.1f} GB" for run, size in ((large, large_gb), (small, small_gb))
    )
    return [
        Finding("audit-csv-memory", question, large.peak_mb, "MB", MOST_MB, "at most", taken, record=record),
        Finding("audit-csv-growth", f"its peak memory over that at {small_gb:.1f} GB", large.peak_mb / small.peak_mb, "×", 2,
                "at most", ours, against),
    ]  # fmt: skip


def _csv_run(rows: int) -> tuple[float, Run]:
    """The size of the file and what its audit took; the file is deleted."""
    folder = wide.product(rows, ".csv")
    try:
        return (folder / "wide.csv").stat().st_size / 1e9, our_process("audit", folder)
    finally:
        shutil.rmtree(folder)


def main() -> None:
    """Run both, and print what came out."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.audit", description=__doc__)
    asked = asked_of(parser)
    where, date = results.machine(), datetime.now().astimezone().date().isoformat()
    parquet, csv = QUICK if asked.quick else FULL
    findings = in_parquet(parquet)
    print(table(findings), file=sys.stderr, flush=True)
    findings += in_csv(csv)
    print(table(findings))
    if asked.write:
        print(_written(findings, where, date))


def _written(findings: list[Finding], where: dict[str, object], date: str) -> Path:
    return results.write(findings, where, date, name="audit")


if __name__ == "__main__":
    main()
