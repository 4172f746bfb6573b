"""Two candidates' logs on the same rows, counted together in one statement."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import ibis

from shipworthy.compare.judged import COLUMN
from shipworthy.metrics.graded import BOTH_GRADED, ONE_GRADED, PASSED
from shipworthy.metrics.outcomes import joint_blocks
from shipworthy.query.scan import Log, of_requests
from shipworthy.query.tallying import tallied
from shipworthy.query.values import ANSWER, LABEL, row_value
from shipworthy.spec.task import Task
from shipworthy.tally.needs import Needs
from shipworthy.tally.scan import Tallies

BOTH = ("a", "b", "d")
"""Before a column's name: the first candidate's value, the second's, and their difference, where both have one."""


@dataclass(frozen=True)
class PairedLog:
    """The logs of two candidates on one split, in one engine, joined by id.

    Labels, slices, units and weights are those of the first. `columns` are numbers of the logs (or derived ones)
    that are compared row by row.
    """

    first: Log
    second: Log
    columns: tuple[str, ...] = ()

    def joined(self) -> ibis.Table:
        """One row per row of both logs, in the form of a sliced log; columns are `a:`, `b:` and `d:`.

        The number of the joint outcome stands for the answer.
        """
        mine, theirs = self._side(self.first, "a"), self._side(self.second, "b")
        table = mine.inner_join(theirs, mine["a id"] == theirs["b id"])
        label, first, second = (table[name] for name in ("a label", "a answer", "b answer"))
        places, before = [], 0
        for at, block in enumerate(joint_blocks(self.first.task)):
            places.append((label == at, before + first * len(block) + second))
            before += len(block) ** 2
        number = ibis.cases(*places, else_=ibis.null("int64")).cast("int64")
        values = {name: value for column in self.columns for name, value in _paired(table, column).items()}
        return table.mutate(**{LABEL: label, ANSWER: number}, **values)

    def _side(self, log: Log, side: str) -> ibis.Table:
        table = (of_requests(log, self.columns) if log.task.kind == "ranking" else log).sliced()
        own: dict[str, Any] = {f"{side} id": table.id}
        own |= {f"{side} {name}": value for name, value in _numbered(table, log.task).items()}
        own |= {f"{side} {column}": row_value(table, column) for column in self.columns}
        if side == "a":
            kept = [
                "unit",
                *(["weight"] if log.weighted else []),
                *(f"slice:{name}" for name in log.slicings),
            ]
            own |= {name: table[name] for name in kept}
        return table.select(**own)


def _numbered(table: ibis.Table, task: Task) -> dict[str, Any]:
    """The block of each row's label and the place of its answer there, in the order of `joint_blocks`."""
    label, answer = table[LABEL], table[ANSWER]
    if task.kind == "binary":
        found = [ibis.cases((key.isnull(), 2), (key, 0), else_=1) for key in (label, answer)]
        return {"label": found[0], "answer": found[1]}
    if task.kind == "multiclass":
        unlabelled = label.isnull()
        place = ibis.cases((unlabelled, 0), (answer.isnull(), 2), (answer == label, 0), else_=1)
        return {"label": ibis.cases((unlabelled, 1), else_=0), "answer": place}
    return {
        "label": ibis.cases((label, 0), else_=1),
        "answer": ibis.cases((label & ~answer, 1), else_=0),
    }


def _paired(table: ibis.Table, column: str) -> dict[str, Any]:
    first, second = table[f"a {column}"], table[f"b {column}"]
    both = first.notnull() & second.notnull()
    nothing = ibis.null("float64")
    if column.startswith(COLUMN):
        return _judged(first, second, column)
    if column.startswith(PASSED):
        return _graded(first, second, both, column)
    found = (first, second, first - second)
    return {
        f"{side}:{column}": ibis.cases((both, value), else_=nothing)
        for side, value in zip(BOTH, found, strict=True)
    }


def _graded(first: Any, second: Any, both: Any, column: str) -> dict[str, Any]:
    """Who passed: four numbers of which one is 1, where both have a grade; five others where one has none, or neither."""
    ways = (first * second, first * (1 - second), (1 - first) * second, (1 - first) * (1 - second))
    nothing = ibis.null("float64")
    scored = {
        f"{which}:{column}": ibis.cases((both, value), else_=nothing)
        for which, value in zip(BOTH_GRADED, ways, strict=True)
    }
    left = {
        f"{which}:{column}": ibis.cases((_got(first, mine) & _got(second, theirs), 1.0), else_=nothing)
        for which, (mine, theirs) in ONE_GRADED.items()
    }
    return {**scored, **left}


def _judged(first: Any, second: Any, column: str) -> dict[str, Any]:
    """What the judge and people said of both: differences from 0 to 1, where both have them; see `compare.judged`."""
    judges, people = [(each / 3).floor() for each in (first, second)], [each % 3 for each in (first, second)]
    judged, labelled = ((each[0] < 2) & (each[1] < 2) for each in (judges, people))
    of_judge, of_people = ((each[0] - each[1] + 1.0) / 2 for each in (judges, people))
    both, judge_only = judged & labelled, judged & ~labelled
    values = {
        "h": (both, of_people), "j": (both, of_judge), "l": (both, 1.0),
        "o": (judge_only, of_judge), "n": (judge_only, 1.0), "u": (~judged, 1.0),
    }  # fmt: skip
    return {
        f"{part}:{column}": ibis.cases((where, value), else_=0.0) for part, (where, value) in values.items()
    }


def _got(grade: Any, wanted: bool | None) -> Any:  # noqa: FBT001 - a grade is a value
    """Whether a row has this grade, never null."""
    return grade.isnull() if wanted is None else ibis.coalesce(grade == float(wanted), False)


def scan_pairs(pair: PairedLog, needs: Needs) -> Tallies:
    """The tallies of both candidates together; needs name joint outcomes, and columns as `a:NAME`, `b:NAME`, `d:NAME`."""
    log = pair.first
    task = replace(log.task, paired=True)
    return tallied(replace(log.in_slices(), table=pair.joined(), task=task), needs)
