"""Other tools on the same question, whole process beside whole process."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks import agreement, data
from benchmarks.data import ROOT
from benchmarks.finding import Finding
from benchmarks.measuring import Run, median_cpu_s
from benchmarks.peers.environments import PACKAGES, interpreter
from benchmarks.processes import Limits, our_process, process
from benchmarks.sizes import Sizes, rows_text
from benchmarks.table import shown

SHARE = 0.01
"""The smallest slice that worst slices are looked for in, as a share of all rows."""

OUR_RUNS = 3


@dataclass(frozen=True)
class Peer:
    """Another tool: its environment, its script and what that takes beside the log, and how often it runs."""

    environment: str
    script: str
    arguments: tuple[str, ...] = ()
    runs: int = 1

    def run(self, rows: int, limits: Limits) -> Run:
        """One whole process of it."""
        script = ROOT / "benchmarks" / "peers" / self.script
        command: list[str | Path] = [interpreter(self.environment), script, data.log(rows), *self.arguments]
        return process(command, limits)


@dataclass(frozen=True)
class Contest:
    """One question to both: our task, the peer as `against` names it, and by what ratio of CPU we mean to win."""

    name: str
    question: str
    task: str
    rows: int
    peer: Peer
    against: str
    target: float

    def held(self, limits: Limits) -> tuple[list[Run], list[Run]]:
        """Our processes and theirs, in turn."""
        ours, theirs = [], []
        for at in range(OUR_RUNS):
            ours.append(our_process(self.task, data.log(self.rows)))
            if at < self.peer.runs:
                theirs.append(self.peer.run(self.rows, limits))
        return ours, theirs

    def finding(self, ours: Sequence[Run], theirs: Sequence[Run], record: Mapping[str, Any]) -> Finding:
        """What it came to. A peer that was stopped makes the ratio a lower bound."""
        over = next((run.over for run in theirs if run.over), "")
        return Finding(
            self.name,
            f"{self.question}, {rows_text(self.rows)}",
            median_cpu_s(theirs) / median_cpu_s(ours),
            "×",
            self.target,
            "at least",
            _taken(ours),
            f"{self.against}: {over or _taken(theirs)}",
            bool(over),
            {
                "ours": [run.figures for run in ours],
                "theirs": [run.figures for run in theirs],
                "peer": PACKAGES[self.peer.environment],
                **record,
            },
        )


def fairlearn_bootstrap(sizes: Sizes) -> list[Finding]:
    """Shares by each of five segments with intervals, against Fairlearn's bootstrap."""
    replicates = sizes.fairlearn_replicates
    peer = Peer("fairlearn", "fairlearn_groups.py", (str(replicates),))
    question, against = (
        "4 shares by each of 5 segments with intervals",
        f"Fairlearn, {replicates} replicates",
    )
    return _values(
        Contest("fairlearn-bootstrap", question, "groups", sizes.small, peer, against, 100), sizes.limits
    )


def fairlearn(sizes: Sizes) -> list[Finding]:
    """The same without intervals from Fairlearn; ours come with them."""
    peer = Peer("fairlearn", "fairlearn_groups.py", ("0",), runs=2)
    question = "4 shares by each of 5 segments, ours with intervals"
    against = "Fairlearn without intervals"
    return _values(Contest("fairlearn", question, "groups", sizes.middle, peer, against, 10), sizes.limits)


def evidently(sizes: Sizes) -> list[Finding]:
    """Confusion metrics and AUC, against Evidently's classification report."""
    peer = Peer("evidently", "evidently_report.py", runs=2)
    question, against = "confusion metrics and AUC, ours with intervals", "Evidently's classification report"
    return _values(Contest("evidently", question, "ranking", sizes.middle, peer, against, 10), sizes.limits)


def sklearn_bootstrap(sizes: Sizes) -> list[Finding]:
    """Confusion metrics and AUC with intervals, against a bootstrap around scikit-learn."""
    replicates = sizes.sklearn_replicates
    peer = Peer("sklearn", "sklearn_bootstrap.py", (str(replicates),))
    question = "precision, recall and AUC with intervals"
    against = f"scikit-learn, {replicates:,} bootstraps of the rows"
    return _values(
        Contest("sklearn-bootstrap", question, "ranking", sizes.small, peer, against, 50), sizes.limits
    )


def sliceline(sizes: Sizes) -> list[Finding]:
    """The worst slices, against SliceLine."""
    peer = Peer("sliceline", "sliceline_worst.py", (str(SHARE),))
    contest = Contest("sliceline", _WORST, "worst", sizes.middle, peer, "SliceLine", 100)
    return _slices(
        contest, sizes.limits, lambda cells: agreement.worst_by_score(cells, *_whole(cells), SHARE)
    )


def divexplorer(sizes: Sizes) -> list[Finding]:
    """The worst slices, against DivExplorer, and again where rows are so many that starting up hardly counts."""
    peer = Peer("divexplorer", "divexplorer_worst.py", (str(SHARE),))
    return [
        finding
        for name, rows in (("divexplorer", sizes.middle), ("divexplorer-large", sizes.large))
        for finding in _slices(
            Contest(name, _WORST, "worst", rows, peer, "DivExplorer", 20),
            sizes.limits,
            lambda cells: agreement.worst_by_rate(cells, _whole(cells)[0], SHARE),
        )
    ]


_WORST = "worst slices by up to 3 of 5 segments, the same on both sides"


def _values(contest: Contest, limits: Limits) -> list[Finding]:
    """A contest whose answers are values; those of a peer that was stopped are not known."""
    ours, theirs = contest.held(limits)
    known = theirs[0].answer is not None
    apart = agreement.proved_alike(ours[0].answer, theirs[0].answer) if known else {}
    return [contest.finding(ours, theirs, {"difference": apart})]


def _slices(contest: Contest, limits: Limits, picked: Callable[[Any], list[str]]) -> list[Finding]:
    """A contest whose answers are slices.

    Raises:
        RuntimeError: the peer names others.
    """
    ours, theirs = contest.held(limits)
    mine = picked(ours[0].answer)
    if theirs[0].answer is not None and not agreement.same_slices(mine, theirs[0].answer):
        raise RuntimeError(f"{contest.against} finds {theirs[0].answer}, and we find {mine}")
    return [contest.finding(ours, theirs, {"slices": mine})]


def _taken(runs: Sequence[Run]) -> str:
    middle = sorted(runs, key=lambda run: run.cpu_s)[len(runs) // 2]
    return f"{shown(middle.cpu_s, 's')} CPU, {shown(middle.wall_s, 's')} wall, {shown(middle.peak_mb, 'MB')}"


def _whole(cells: Mapping[str, Sequence[float]]) -> tuple[float, float]:
    """Rows and wrong answers of everything: the slices of one segment together."""
    one = [counts for name, counts in cells.items() if name.startswith("device=") and "," not in name]
    return sum(rows for rows, _ in one), sum(bad for _, bad in one)
