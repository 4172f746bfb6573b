"""The cases: each puts one question to Shipworthy and to what it is held against, and says how they compare."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from benchmarks import agreement, data
from benchmarks.finding import Finding
from benchmarks.measuring import Run, least
from benchmarks.peers.environments import interpreter
from benchmarks.processes import our_process, process
from benchmarks.sizes import Sizes, rows_text
from benchmarks.table import shown


def slices(sizes: Sizes) -> list[Finding]:
    """(a) Confusion metrics and means on all slices by one, two and three segments, against a plain scan."""
    question = "7 metrics with intervals on all 1-, 2- and 3-way slices of 5 segments"
    return [
        _slices(sizes, "slices", question, "slices_beside_scan"),
        _slices(
            sizes,
            "slices-number",
            f"{question}, one a number cut at its quartiles",
            "slices_with_number_beside_scan",
        ),
    ]


def _slices(sizes: Sizes, name: str, question: str, task_name: str) -> Finding:
    task = our_process(task_name, data.log(sizes.large))
    scan, ours, profile = (_median(task.answer[side]) for side in ("scan", "ours", "profile"))
    return Finding(
        name,
        f"{question}, {rows_text(sizes.large)}",
        ours / scan,
        "×",
        1.5,
        "at most",
        f"{shown(ours, 's')} CPU (once before, for cuts and values: {shown(profile, 's')})",
        f"plain scan of the same columns, {shown(scan, 's')} CPU",
        record=task.answer | _start(task),
    )


def full(sizes: Sizes) -> list[Finding]:
    """(b) The full evaluation, clustered and with histograms, against a plain scan and against SQL by hand."""
    task = our_process("everything_beside_scan", data.log(sizes.large))
    large, middle = (our_process("everything", data.log(rows)) for rows in (sizes.large, sizes.middle))
    by_hand = our_process("everything_by_hand", data.log(sizes.large))
    scan, ours, sql = (_median(task.answer[side]) for side in ("scan", "ours", "sql"))
    if max(task.answer["difference"].values()) > agreement.TOLERANCE:
        raise RuntimeError(f"the SQL by hand answers differently: {task.answer['difference']}")
    question = f"full evaluation clustered by {rows_text(sizes.large // 10, 'units')}, AUC per segment, {rows_text(sizes.large)}"
    taken = f"{shown(ours, 's')} CPU"
    record = task.answer | _start(task)
    peaks = {"large": large.figures, "middle": middle.figures, "by_hand": by_hand.figures}
    return [
        Finding("full", question, ours / scan, "×", 8, "at most", taken,
                f"plain scan of the same columns, {shown(scan, 's')} CPU", record=record),
        Finding("full-sql", question, ours / sql, "×", 1.25, "at most", taken,
                f"SQL by hand, {shown(sql, 's')} CPU", record={"difference": task.answer["difference"]}),
        Finding("full-memory", question, large.peak_mb, "MB", 512, "at most", "peak of the whole process",
                f"SQL by hand, {shown(by_hand.peak_mb, 'MB')}", record=peaks),
        Finding("full-memory-growth", f"peak memory at {rows_text(sizes.large)} over that at {rows_text(sizes.middle)}",
                large.peak_mb / middle.peak_mb, "×", 4, "at most", f"{shown(large.peak_mb, 'MB')}",
                f"{shown(middle.peak_mb, 'MB')}", record=peaks),
    ]  # fmt: skip


def intervals(sizes: Sizes) -> list[Finding]:
    """(d) Intervals on 10,000 slices after the scan, whatever the number of rows."""
    rows = (sizes.small, sizes.middle, sizes.large)
    taken = {n: our_process("intervals", data.log(n)).answer for n in rows}
    slowest = {n: max(metrics.values()) for n, metrics in taken.items()}
    each = ", ".join(f"{shown(ms, 'ms')} at {rows_text(n)}" for n, ms in slowest.items())
    record = {f"{n}": metrics for n, metrics in taken.items()}
    return [
        Finding("intervals", "interval and bounds on 10,000 slices after the scan, CPU of the slowest of 7 metrics",
                max(slowest.values()), "ms", 50, "at most", each, record=record),
        Finding("intervals-growth", f"the same at {rows_text(rows[-1])} over {rows_text(rows[0])}",
                slowest[rows[-1]] / slowest[rows[0]], "×", 1.5, "at most", each),
    ]  # fmt: skip


def auc(sizes: Sizes) -> list[Finding]:
    """(e) The error of the binned AUC, where scores are saturated."""
    found = our_process("auc", data.log(sizes.middle, saturated=True)).answer
    error = abs(found["binned"] - found["exact"])
    question = f"error of the binned AUC on saturated scores, {rows_text(sizes.middle)}"
    ours, exact = f"{found['binned']:.8f}", f"by ranks {found['exact']:.8f}"
    return [Finding("auc", question, error, "", 1e-5, "at most", ours, exact, record=found)]


def start(_: Sizes) -> list[Finding]:
    """(f) How long it takes to be there at all."""
    commands = {
        "import shipworthy": (0.4, ["-c", "import shipworthy"]),
        "shipworthy --help": (0.3, ["-m", "shipworthy", "--help"]),
        "shipworthy --version": (0.3, ["-m", "shipworthy", "--version"]),
    }
    return [_start_of(name, command, target) for name, (target, command) in commands.items()]


def _start_of(name: str, command: list[str], target: float) -> Finding:
    python = interpreter("shipworthy")
    runs = [process([python, *command]) for _ in range(7)]
    best, bare = least(runs), least([process([python, "-c", "pass"]) for _ in range(3)])
    wall_s = min(run.wall_s for run in runs)
    return Finding(
        f"start: {name}", f"`{name}`, CPU", best.cpu_s, "s", target, "at most", f"wall {shown(wall_s, 's')}",
        f"Python alone, {shown(bare.cpu_s, 's')}", record={"runs": [run.figures for run in runs]},
    )  # fmt: skip


def _median(figures: Sequence[Mapping[str, float]]) -> float:
    return sorted(run["cpu_s"] for run in figures)[len(figures) // 2]


def _start(task: Run) -> dict[str, float]:
    """What the process took beside the work that was measured inside it."""
    within = sum(run["cpu_s"] for side in task.answer.values() if isinstance(side, list) for run in side)
    return {"rest_cpu_s": task.cpu_s - within}
