"""What people said, beside the answers of one candidate as they are now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from shipworthy.workbench.judging.expiring import AGAIN
from shipworthy.workbench.judging.people import NOBODY, People, load_people

if TYPE_CHECKING:
    from shipworthy.workbench.session import Session


class Heard:
    """People's verdicts for each judge of the product, matched with answers batch by batch."""

    def __init__(self, session: Session, candidate: str) -> None:
        """Nothing is matched yet."""
        self.session, self.candidate = session, candidate
        self._outputs: dict[str, str | None] = {}

    @cached_property
    def people(self) -> Mapping[str, People]:
        """The verdicts by judge."""
        judges = [name for name, grader in self.session.product.grade.items() if grader.judge is not None]
        return {name: load_people(self.session, name).get(self.candidate, NOBODY) for name in judges}

    @cached_property
    def _labelled(self) -> frozenset[str]:
        return frozenset(row for each in self.people.values() for row, _ in each.settled)

    def of(self, ids: Sequence[str], outputs: Sequence[str | None]) -> dict[str, list[float | None]]:
        """What people said of these answers, by judge: 1, 0, or nothing."""
        texts = [(str(row), text) for row, text in zip(ids, outputs, strict=True)]
        self._outputs |= {row: text for row, text in texts if row in self._labelled}
        return {
            name: [None if (said := each.said(row, text)) is None else float(said) for row, text in texts]
            for name, each in self.people.items()
        }

    def expired(self) -> dict[str, str]:
        """Of each judge whose labels no longer count, why."""
        counts = {name: each.changed(self._outputs) for name, each in self.people.items()}
        return {
            name: each.expired or _changed(counts[name], queued=each.queued)
            for name, each in self.people.items()
            if each.expired or counts[name]
        }

    def notes(self) -> list[str]:
        """What of people's labels could not be used."""
        told = []
        for name, each in self.people.items():
            away = sum(row not in self._outputs for row in {row for row, _ in each.settled})
            tied = sum(said is None for said in each.settled.values())
            told += [f"{name}: {note}" for note in each.notes]
            if away:
                told.append(f"{away:,} labels for {name} are of rows that are not judged: they do not count")
            if tied and not each.queued:
                told.append(
                    f"on {tied:,} answers as many people passed {name} as failed it: these do not count until one more person is asked"
                )
        return told


def _changed(count: int, *, queued: bool) -> str:
    """That labelled answers have changed since people saw them, and what to do."""
    if not queued:
        return f"its calibration has expired: {count:,} of the answers that people labelled read otherwise now; {AGAIN}"
    many = (
        "1 verdict is on an earlier answer and does"
        if count == 1
        else f"{count:,} verdicts are on earlier answers and do"
    )
    return f"its calibration has expired: {many} not count; have these rows labelled as they are answered now: shipworthy label --take {count}"
