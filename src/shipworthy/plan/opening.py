"""What a claim still needs: its verdict now, and for each open comparison on each slice the rows that would decide it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from shipworthy.evidence import Effort, Estimate, Need, Open, Verdict
from shipworthy.judge import Claim, judge
from shipworthy.judge.comparison import Compared, compared, estimate_of
from shipworthy.judge.planning import plan as planned_rows
from shipworthy.judge.ranks import POWER
from shipworthy.judge.reason import reason_for
from shipworthy.judge.verdict import Known, absent_groups
from shipworthy.plan.batch import together
from shipworthy.plan.effort import Prices, effort
from shipworthy.plan.rows import RowsThatCount, Shares, rows_that_count, shares
from shipworthy.spec.task import BINARY, Task
from shipworthy.stats.sample_size import trials_to_decide, trials_with_power
from shipworthy.tally.cube import Key
from shipworthy.tally.scan import Tallies

GROWS = "no number of rows can be planned: each request may show items that none has shown, and the requests so far do not tell how many"


@dataclass(frozen=True, eq=False)
class Counted:
    """A candidate's tallies, the slices that columns have, and the most rows of a column that are ever measured.

    `items` is how many labelled rows stand behind each counted one: of ranked items, those of a request.
    """

    candidate: str
    tallies: Tallies
    known: Known
    most: Mapping[str, int]
    task: Task = BINARY
    items: float = 1.0


def opening(claim: Claim, counted: Counted, level: float, prices: Prices) -> Open:
    """What one requirement of one candidate needs, judged at a one-sided level."""
    verdicts = judge(claim, counted.tallies, counted.candidate, counted.known, level)
    parts = verdicts[1:] if claim.requirement.every else verdicts
    sides = [
        compared(definition, bound, counted.tallies, claim.by, level, both=claim.at is not None)
        for definition, bound in claim.comparisons
    ]
    needs = tuple(
        need
        for verdict in parts
        if verdict.verdict == verdicts[0].verdict == "undecided"
        for need in _needs(claim, sides, counted, verdict, prices)
    )
    return Open(
        claim.requirement.text,
        counted.candidate,
        verdicts[0].verdict,
        verdicts[0].estimate,
        needs,
        together(needs, "even", prices),
        together(needs, "likely", prices),
        verdicts[0].reason,
    )


def _needs(
    claim: Claim, sides: list[Compared], counted: Counted, verdict: Verdict, prices: Prices
) -> Iterator[Need]:
    """What the open comparisons of one slice need."""
    slices = dict(verdict.slice) or dict(claim.requirement.where)
    key = tuple(slices[column] for column in claim.by)
    for side in sides:
        asked = _Asked(claim, side, counted, key, prices)
        if asked.open:
            yield asked.need()


@dataclass(frozen=True, eq=False)
class _Asked:
    """One comparison on one slice, and what would decide it."""

    claim: Claim
    side: Compared
    counted: Counted
    key: Key
    prices: Prices

    @cached_property
    def own(self) -> Tallies:
        return self.counted.tallies.where(self.claim.by, self.key)

    @property
    def slice(self) -> dict[str, str]:
        return dict(zip(self.claim.by, self.key, strict=True))

    @property
    def at(self) -> int | None:
        return self.side.measured.position(self.key)

    @cached_property
    def estimate(self) -> Estimate:
        side = self.side
        return estimate_of(
            side.definition, side.measured, self.at, self.counted.candidate, self.slice, side.level
        )

    @property
    def open(self) -> bool:
        """Whether it is undecided: without rows, with a group left out, or by its bounds."""
        return self.at is None or self.side.answer(self.at) == "undecided" or bool(self.absent)

    @cached_property
    def absent(self) -> list[str]:
        """The groups of which there is no row."""
        if self.at is None or self.estimate.value is None:
            return []
        return absent_groups(self.claim, self.side, self.own, self.counted.known)

    @property
    def rows(self) -> RowsThatCount:
        return rows_that_count(self.side.definition, self.counted.task)

    @property
    def shares(self) -> Shares:
        counted, tallies = self.counted, self.counted.tallies
        return shares(
            self.side.definition,
            self.own,
            self.claim.by,
            tallies.overall,
            clustered=tallies.clustered,
            task=counted.task,
            items=counted.items,
        )

    def need(self) -> Need:
        """The rows that decide, or why none do."""
        definition, estimate = self.side.definition, self.estimate
        if self.at is None or estimate.value is None:
            return self._from_scratch()
        if definition.kind == "coverage":
            return self._need(None, None, None, GROWS)
        if self.absent:
            groups = ", ".join(self.absent)
            return self._need(None, None, None, f"no test row where {groups}: collect such rows first")
        planned = planned_rows(self.side, self.own, self.claim.by, self.key, estimate)
        reason = reason_for(self.side, self.at, "undecided", estimate, planned)
        if planned.even is None or planned.likely is None:
            return self._need(None, None, None, reason)
        most = self.counted.most.get(definition.column)
        wanted = estimate.n + planned.likely
        if most is not None and wanted > most:
            reason = f"{definition.column} is measured on at most {most:,} test rows here, and this claim needs {wanted:,}"
            return self._need(None, None, None, reason)
        bound = self.side.bound
        towards: Literal["met", "missed"] = (
            "met" if (estimate.value > bound.value) == bound.at_least else "missed"
        )
        return self._need(towards, planned.even, planned.likely, reason)

    def _from_scratch(self) -> Need:
        """Without a row: the plan as if half the errors that the claim allows were made."""
        definition, bound, level = self.side.definition, self.side.bound, self.side.level
        note = self.side.measured.notes[self.at] if self.at is not None else ""
        reason = note or f"no test row counts for {definition.metric}"
        # What follows from an answer is missing for lack of answers, which more rows do not mend.
        if definition.kind not in ("share", "rate") or definition.column.startswith("="):
            return self._need(None, None, None, reason)
        assumed = (1 + bound.value) / 2 if bound.at_least else bound.value / 2
        even = trials_to_decide(assumed, bound.value, level)
        likely = trials_with_power(assumed, bound.value, level, POWER)
        return self._need("met", even, likely, reason, assumed)

    def _need(
        self,
        towards: Literal["met", "missed"] | None,
        even: int | None,
        likely: int | None,
        reason: str,
        assumed: float | None = None,
    ) -> Need:
        found, rows = self.shares, self.rows

        def of(counted: int | None) -> Effort | None:
            return None if counted is None else effort(counted, found, self.prices, labels=rows.labels)

        name = str(self.side.definition.metric)
        return Need(
            name, self.slice, rows.words, towards, found.of_looked_at, of(even), of(likely), reason, assumed
        )
