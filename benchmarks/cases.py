"""The cases: each puts one question to Shipworthy and to what it is held against, and says how they compare."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks import agreement, data
from benchmarks.finding import Finding
from benchmarks.measuring import Run, least, median_cpu_s
from benchmarks.peers.environments import PACKAGES, interpreter
from benchmarks.processes import ROOT, Limits, our_process, process
from benchmarks.table import shown

SHARE = 0.01
"""The smallest slice that worst slices are looked for in, as a share of all rows."""


PEERS = Limits(cpu_s=300)


@dataclass(frozen=True)
class Sizes:
    """How many rows each case has; `quick` ones try the machinery and say nothing of speed."""

    large: int = 10_000_000
    middle: int = 1_000_000
    small: int = 100_000
    fairlearn_replicates: int = 200
    sklearn_replicates: int = 1_000
    limits: Limits = PEERS


QUICK = Sizes(100_000, 20_000, 10_000, 2, 20, Limits(cpu_s=60))


def slices(sizes: Sizes) -> list[Finding]:
    """(a) Confusion metrics and means on all slices by one, two and three segments, against a plain scan."""
    task = our_process("slices_beside_scan", data.log(sizes.large))
    scan, ours, profile = (_median(task.answer[side]) for side in ("scan", "ours", "profile"))
    return [
        Finding(
            "slices",
            f"7 metrics with intervals on all 1-, 2- and 3-way slices of 5 segments, {_rows(sizes.large)}",
            ours / scan,
            "×",
            1.5,
            "at most",
            f"{shown(ours, 's')} CPU (once before, for cuts and values: {shown(profile, 's')})",
            f"plain scan of the same columns, {shown(scan, 's')} CPU",
            record=task.answer | _start(task),
        )
    ]


def full(sizes: Sizes) -> list[Finding]:
    """(b) The full evaluation, clustered and with histograms, against a plain scan and against SQL by hand."""
    task = our_process("everything_beside_scan", data.log(sizes.large))
    large, middle = (our_process("everything", data.log(rows)) for rows in (sizes.large, sizes.middle))
    by_hand = our_process("everything_by_hand", data.log(sizes.large))
    scan, ours, sql = (_median(task.answer[side]) for side in ("scan", "ours", "sql"))
    if max(task.answer["difference"].values()) > agreement.TOLERANCE:
        raise RuntimeError(f"the SQL by hand answers differently: {task.answer['difference']}")
    question = f"full evaluation clustered by {_rows(sizes.large // 10, 'units')}, AUC per segment, {_rows(sizes.large)}"
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
        Finding("full-memory-growth", f"peak memory at {_rows(sizes.large)} over that at {_rows(sizes.middle)}",
                large.peak_mb / middle.peak_mb, "×", 4, "at most", f"{shown(large.peak_mb, 'MB')}",
                f"{shown(middle.peak_mb, 'MB')}", record=peaks),
    ]  # fmt: skip


def fairlearn_bootstrap(sizes: Sizes) -> list[Finding]:
    """(c) Shares by each of five segments with intervals, against Fairlearn's bootstrap."""
    peer = _Peer("fairlearn", "fairlearn_groups.py", (str(sizes.fairlearn_replicates),))
    question = f"4 shares by each of 5 segments with intervals, {_rows(sizes.small)}"
    against = f"Fairlearn, {sizes.fairlearn_replicates} replicates"
    return [_beside("fairlearn-bootstrap", question, "groups", peer, against, sizes, sizes.small, 100)]


def fairlearn(sizes: Sizes) -> list[Finding]:
    """(c) The same without intervals from Fairlearn; ours come with them."""
    peer = _Peer("fairlearn", "fairlearn_groups.py", ("0",), repeats=2)
    question = f"4 shares by each of 5 segments, ours with intervals, {_rows(sizes.middle)}"
    return [
        _beside("fairlearn", question, "groups", peer, "Fairlearn without intervals", sizes, sizes.middle, 10)
    ]


def evidently(sizes: Sizes) -> list[Finding]:
    """(c) Confusion metrics and AUC, against Evidently's classification report."""
    peer = _Peer("evidently", "evidently_report.py", repeats=2)
    question = f"confusion metrics and AUC, ours with intervals, {_rows(sizes.middle)}"
    against = "Evidently's classification report"
    return [_beside("evidently", question, "ranking", peer, against, sizes, sizes.middle, 10)]


def sklearn_bootstrap(sizes: Sizes) -> list[Finding]:
    """(c) Confusion metrics and AUC with intervals, against a bootstrap around scikit-learn."""
    peer = _Peer("sklearn", "sklearn_bootstrap.py", (str(sizes.sklearn_replicates),))
    question = f"precision, recall and AUC with intervals, {_rows(sizes.small)}"
    against = f"scikit-learn, {sizes.sklearn_replicates:,} bootstraps of the rows"
    return [_beside("sklearn-bootstrap", question, "ranking", peer, against, sizes, sizes.small, 50)]


def sliceline(sizes: Sizes) -> list[Finding]:
    """(c) The worst slices, against SliceLine."""

    def picked(cells: Mapping[str, Sequence[float]]) -> list[str]:
        return agreement.worst_by_score(cells, *_whole(cells), SHARE)

    return [_worst("sliceline", "SliceLine", picked, sizes, 100)]


def divexplorer(sizes: Sizes) -> list[Finding]:
    """(c) The worst slices, against DivExplorer."""

    def picked(cells: Mapping[str, Sequence[float]]) -> list[str]:
        return agreement.worst_by_rate(cells, _whole(cells)[0], SHARE)

    return [_worst("divexplorer", "DivExplorer", picked, sizes, 20)]


def intervals(sizes: Sizes) -> list[Finding]:
    """(d) Intervals on 10,000 slices after the scan, whatever the number of rows."""
    rows = (sizes.small, sizes.middle, sizes.large)
    taken = {n: our_process("intervals", data.log(n)).answer for n in rows}
    slowest = {n: max(metrics.values()) for n, metrics in taken.items()}
    each = ", ".join(f"{shown(ms, 'ms')} at {_rows(n)}" for n, ms in slowest.items())
    record = {f"{n}": metrics for n, metrics in taken.items()}
    return [
        Finding("intervals", "interval and bounds on 10,000 slices after the scan, the slowest of 7 metrics",
                max(slowest.values()), "ms", 50, "at most", each, record=record),
        Finding("intervals-growth", f"the same at {_rows(rows[-1])} over {_rows(rows[0])}",
                slowest[rows[-1]] / slowest[rows[0]], "×", 1.5, "at most", each),
    ]  # fmt: skip


def auc(sizes: Sizes) -> list[Finding]:
    """(e) The error of the binned AUC, where scores are saturated."""
    found = our_process("auc", data.log(sizes.middle, saturated=True)).answer
    error = abs(found["binned"] - found["exact"])
    question = f"error of the binned AUC on saturated scores, {_rows(sizes.middle)}"
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


CASES: Mapping[str, Callable[[Sizes], list[Finding]]] = {
    "slices": slices, "full": full, "fairlearn-bootstrap": fairlearn_bootstrap, "fairlearn": fairlearn,
    "evidently": evidently, "sklearn-bootstrap": sklearn_bootstrap, "sliceline": sliceline,
    "divexplorer": divexplorer, "intervals": intervals, "auc": auc, "start": start,
}  # fmt: skip


@dataclass(frozen=True)
class _Peer:
    """Another tool: its environment, its script, what the script takes beside the log, and how often it runs."""

    name: str
    script: str
    arguments: tuple[str, ...] = ()
    repeats: int = 1

    def run(self, rows: int, limits: Limits) -> Run:
        script = ROOT / "benchmarks" / "peers" / self.script
        command: list[str | Path] = [interpreter(self.name), script, data.log(rows), *self.arguments]
        return process(command, limits, keep_path=False)


def _alternately(task: str, peer: _Peer, rows: int, limits: Limits) -> tuple[list[Run], list[Run]]:
    """Whole processes of ours and of the peer, in turn; ours at least three times."""
    ours, theirs = [], []
    for at in range(max(3, peer.repeats)):
        ours.append(our_process(task, data.log(rows)))
        if at < peer.repeats:
            theirs.append(peer.run(rows, limits))
    return ours, theirs


def _beside(
    name: str, question: str, task: str, peer: _Peer, against: str, sizes: Sizes, rows: int, target: float
) -> Finding:
    ours, theirs = _alternately(task, peer, rows, sizes.limits)
    finished = theirs[0].answer is not None
    difference = agreement.proved_alike(ours[0].answer, theirs[0].answer) if finished else {}
    return _compared(
        name, question, ours, theirs, against, target, {"difference": difference, "peer": PACKAGES[peer.name]}
    )


def _worst(
    name: str, shown_name: str, picked: Callable[[Any], list[str]], sizes: Sizes, target: float
) -> Finding:
    peer = _Peer(name, f"{name}_worst.py", (str(SHARE),))
    ours, theirs = _alternately("worst", peer, sizes.middle, sizes.limits)
    mine = picked(ours[0].answer)
    if theirs[0].answer is not None and not agreement.same_slices(mine, theirs[0].answer):
        raise RuntimeError(f"{shown_name} finds other slices: {theirs[0].answer}, and we {mine}")
    question = (
        f"worst slices by up to 3 of 5 segments, the same {len(mine)} on both sides, {_rows(sizes.middle)}"
    )
    return _compared(
        name, question, ours, theirs, shown_name, target, {"slices": mine, "peer": PACKAGES[name]}
    )


def _compared(
    name: str,
    question: str,
    ours: Sequence[Run],
    theirs: Sequence[Run],
    against: str,
    target: float,
    record: Mapping[str, Any],
) -> Finding:
    over = next((run.over for run in theirs if run.over), "")
    return Finding(
        name,
        question,
        median_cpu_s(theirs) / median_cpu_s(ours),
        "×",
        target,
        "at least",
        _side(ours),
        f"{against}: {over or _side(theirs)}",
        bool(over),
        {"ours": [run.figures for run in ours], "theirs": [run.figures for run in theirs], **record},
    )


def _side(runs: Sequence[Run]) -> str:
    middle = sorted(runs, key=lambda run: run.cpu_s)[len(runs) // 2]
    return f"{shown(middle.cpu_s, 's')} CPU, {shown(middle.wall_s, 's')} wall, {shown(middle.peak_mb, 'MB')}"


def _start_of(name: str, command: list[str], target: float) -> Finding:
    runs = [process([sys.executable, *command]) for _ in range(7)]
    best, bare = least(runs), least([process([sys.executable, "-c", "pass"]) for _ in range(3)])
    wall_s = min(run.wall_s for run in runs)
    return Finding(
        f"start: {name}", f"`{name}`, CPU", best.cpu_s, "s", target, "at most", f"wall {shown(wall_s, 's')}",
        f"Python alone, {shown(bare.cpu_s, 's')}", record={"runs": [run.figures for run in runs]},
    )  # fmt: skip


def _whole(cells: Mapping[str, Sequence[float]]) -> tuple[float, float]:
    """Rows and wrong answers of everything: the slices of one segment together."""
    one = [counts for name, counts in cells.items() if name.startswith("device=") and "," not in name]
    return sum(rows for rows, _ in one), sum(bad for _, bad in one)


def _median(figures: Sequence[Mapping[str, float]]) -> float:
    return sorted(run["cpu_s"] for run in figures)[len(figures) // 2]


def _start(task: Run) -> dict[str, float]:
    """What the process took beside the work that was measured inside it."""
    within = sum(run["cpu_s"] for side in task.answer.values() if isinstance(side, list) for run in side)
    return {"rest_cpu_s": task.cpu_s - within}


def _rows(count: int, what: str = "rows") -> str:
    return f"{count // 1_000_000} M {what}" if count >= 1_000_000 else f"{count // 1_000} k {what}"
