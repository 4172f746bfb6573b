"""What a process of its own does: `python -m benchmarks.tasks TASK LOG`. It prints its answer as one line of JSON."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from benchmarks import agreement, measuring, ours, statements
from benchmarks.data import SEGMENTS, WITH_NUMBER
from benchmarks.measuring import Run

COLUMNS = ("label", "prediction", "latency_ms", "cost_usd")
"""What question (a) reads beside the segments; question (b) reads the score and the unit too."""


def groups(path: Path) -> Any:
    """Shares by each segment, with intervals."""
    return ours.groups(ours.Opened(path).log)


def ranking(path: Path) -> Any:
    """Confusion metrics and the AUC of everything, with intervals."""
    return ours.ranking(ours.Opened(path).unsliced)


def everything(path: Path) -> Any:
    """The full evaluation, clustered by unit."""
    ours.everything(ours.Opened(path).log)


def everything_by_hand(path: Path) -> Any:
    """The full evaluation in SQL by hand."""
    statements.everything(statements.database(path))


def worst(path: Path) -> Any:
    """Rows and errors of every slice by one, two and three segments."""
    return ours.worst_cells(ours.Opened(path).log)


def slices_beside_scan(path: Path) -> Any:
    """Question (a) and the plain scan, alternately in one process."""
    return _slices_beside_scan(path, tuple(SEGMENTS))


def slices_with_number_beside_scan(path: Path) -> Any:
    """The same where one of the segments is a number that is cut in the engine."""
    return _slices_beside_scan(path, WITH_NUMBER)


def _slices_beside_scan(path: Path, segments: tuple[str, ...]) -> Any:
    opened = ours.Opened(path, with_number=segments == WITH_NUMBER)
    profile = measuring.inside(lambda: opened.log)
    log = replace(opened.log, slicings={name: opened.log.slicings[name] for name in segments})
    by_hand = statements.database(path)
    ours.slices(log, segments)
    sides = {
        "scan": lambda: statements.scan(by_hand, *COLUMNS, *segments),
        "ours": lambda: ours.slices(log, segments),
    }
    return {"profile": [profile.figures], **_figures(_alternately(sides, 5))}


def everything_beside_scan(path: Path) -> Any:
    """Question (b), the plain scan, and the same in SQL by hand, alternately in one process; and how far they differ."""
    opened = ours.Opened(path)
    by_hand, read = statements.database(path), (*COLUMNS, *SEGMENTS, "score", "unit")
    statements.scan(by_hand, *read)
    ours.everything(opened.log)
    runs = _alternately(
        {
            "scan": lambda: statements.scan(by_hand, *read),
            "ours": lambda: ours.everything(opened.log),
            "sql": lambda: statements.everything(by_hand),
        },
        2,
    )
    return _figures(runs) | {
        "difference": agreement.difference(runs["ours"][0].answer, runs["sql"][0].answer)
    }


def audit_beside_scan(folder: Path) -> Any:
    """Three plain looks at the examples of a product, and its audit, in one process."""
    by_hand = statements.database(next(folder.glob("wide.*")))
    runs = _alternately({"scan": lambda: statements.look(by_hand)}, 3)
    return _figures(runs | {"ours": [measuring.inside(lambda: ours.audited(folder))]})


def audit(folder: Path) -> Any:
    """The audit alone; how many rows it counted."""
    return ours.audited(folder)


def intervals(path: Path) -> Any:
    """Milliseconds of CPU for the intervals of every metric on 10,000 slices, after the scan; the least of seven."""
    found = ours.many_slices(ours.Opened(path))
    names = [str(definition.metric) for definition in found.definitions]
    return {
        name: min(measuring.inside(lambda at=at: found.intervals(at)).cpu_s for _ in range(7)) * 1e3  # type: ignore[misc] # a default binds the loop variable
        for at, name in enumerate(names)
    }


def auc(path: Path) -> Any:
    """The binned AUC of everything, and the exact one by ranks."""
    return {"binned": ours.binned_auc(ours.Opened(path).unsliced), "exact": _auc_by_ranks(path)}


def _auc_by_ranks(path: Path) -> float:
    """The Mann-Whitney statistic of every row, by SciPy's ranks."""
    import pyarrow.parquet as pq
    from scipy.stats import rankdata

    table = pq.read_table(path, columns=["score", "label"])
    label = table["label"].to_numpy()
    ranks = rankdata(table["score"].to_numpy())
    positives, negatives = float(label.sum()), float((~label).sum())
    return float((ranks[label].sum() - positives * (positives + 1) / 2) / (positives * negatives))


def _alternately(sides: Mapping[str, Callable[[], Any]], repeats: int) -> dict[str, list[Run]]:
    runs: dict[str, list[Run]] = {name: [] for name in sides}
    for _ in range(repeats):
        for name, work in sides.items():
            runs[name].append(measuring.inside(work))
    return runs


def _figures(runs: Mapping[str, list[Run]]) -> dict[str, list[dict[str, Any]]]:
    return {name: [run.figures for run in each] for name, each in runs.items()}


def main() -> None:
    """Run the task that is named."""
    task, path = sys.argv[1:]
    print(json.dumps(globals()[task](Path(path))))


if __name__ == "__main__":
    main()
