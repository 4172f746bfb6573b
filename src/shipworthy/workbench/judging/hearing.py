"""What people said, beside the answers of one candidate as they are now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from shipworthy.grade.people import changed
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

    def of(self, ids: Sequence[str], outputs: Sequence[str | None]) -> dict[str, list[float | None]]:
        """What people said of these rows, by judge: 1, 0, or nothing."""
        texts = dict(zip(map(str, ids), outputs, strict=True))
        labelled = {row for each in self.people.values() for row in each.settled}
        self._outputs |= {row: text for row, text in texts.items() if row in labelled}
        return {
            name: [None if (said := each.settled.get(row)) is None else float(said) for row in texts]
            for name, each in self.people.items()
        }

    def expired(self) -> dict[str, str]:
        """Of each judge whose labelled answers have changed since people saw them, that it is so."""
        counts = {name: changed(each.verdicts, self._outputs) for name, each in self.people.items()}
        return {
            name: f"its calibration has expired: {count:,} of the answers that people labelled read otherwise now; {AGAIN}"
            for name, count in counts.items()
            if count
        }

    def notes(self) -> list[str]:
        """What of people's labels could not be used."""
        told = []
        for name, each in self.people.items():
            away = sum(row not in self._outputs for row in each.settled)
            tied = sum(said is None for said in each.settled.values())
            if away:
                told.append(f"{away:,} labels for {name} are of rows that are not judged: they do not count")
            if tied:
                told.append(
                    f"on {tied:,} answers as many people passed {name} as failed it: these do not count until one more person is asked"
                )
        return told
