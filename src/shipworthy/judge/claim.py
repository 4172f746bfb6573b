"""A requirement bound to definitions and slices."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from shipworthy.errors import InputError
from shipworthy.metrics import Definition, define
from shipworthy.metrics.entry import Subject
from shipworthy.spec.language import Bound, Requirement
from shipworthy.spec.quantity import SECONDS
from shipworthy.spec.task import BINARY, Task
from shipworthy.tally.cube import Key
from shipworthy.tally.needs import Grouping, Needs, grouping

if TYPE_CHECKING:
    from shipworthy.spec.model import Value


@dataclass(frozen=True)
class Claim:
    """A requirement with the definition of its metric and of the metric of its `at` clause."""

    requirement: Requirement
    definition: Definition
    at: Definition | None

    @property
    def by(self) -> Grouping:
        """The columns that name the slices it is judged on."""
        return grouping((*self.requirement.every, *(column for column, _ in self.requirement.where)))

    @property
    def comparisons(self) -> tuple[tuple[Definition, Bound], ...]:
        """What is compared with what: the claim, and its `at` clause where it has one."""
        main, at = self.requirement.bound, self.requirement.at
        first = (self.definition, main)
        return (first, (self.at, at)) if self.at is not None and at is not None else (first,)

    @property
    def needs(self) -> Needs:
        """What to scan to judge it."""
        needs = self.definition.needs(self.by)
        return needs | self.at.needs(self.by) if self.at else needs

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column that it names."""
        return (*self.by, *self.definition.columns, *(self.at.columns if self.at else ()))

    @property
    def of_data(self) -> bool:
        """Whether it is a claim about the examples rather than about what candidates answer."""
        return self.definition.subject == "data"

    @property
    def subject(self) -> Subject:
        """What it is counted over."""
        return self.definition.subject

    @property
    def rows(self) -> str:
        """What a row is called that it counts: claims about data count all of them."""
        return {"data": "row", "attacks": "attack", "samples": "input", "variants": "input"}.get(
            self.subject, "test row"
        )

    def covers(self, key: Key) -> bool:
        """Whether a slice is one of those that the requirement speaks of."""
        wanted = dict(self.requirement.where)
        return all(wanted.get(column, value) == value for column, value in zip(self.by, key, strict=True))


def claim_of(requirement: Requirement, value: Value | None, task: Task = BINARY) -> Claim:
    """The claim that a requirement makes of a product with this kind of answers.

    Raises:
        InputError: a metric is unknown or misused, or no candidate could ever meet or miss the bound.
    """
    definition = define(requirement.metric, value, task)
    at = define(requirement.at.metric, value, task) if requirement.at else None
    claim = Claim(requirement, definition, at)
    for each, bound in claim.comparisons:
        _prove_possible(bound, each)
    _prove_columns_once(claim)
    _prove_one_subject(claim)
    return claim


def _prove_columns_once(claim: Claim) -> None:
    """A column that names the slices of a claim can neither be fixed by `where` nor hold the groups that are compared."""
    fixed = {column for column, _ in claim.requirement.where}
    grouped = {column for each, _ in claim.comparisons for column in each.grouped}
    twice = sorted(({*claim.requirement.every} & (fixed | grouped)) | (fixed & grouped))
    if twice:
        raise InputError(
            "requirement.column_twice",
            f"'{claim.requirement.text}' uses {', '.join(twice)} twice",
            remedy="Compare groups of one column within slices of another.",
        )


def _prove_one_subject(claim: Claim) -> None:
    """A claim speaks of the data, of answers, of attacks or of samples alone; one of the data stands by itself."""
    subjects = [each.subject for each, _ in claim.comparisons]
    if len({*subjects}) > 1 and "data" not in subjects:
        raise InputError(
            "requirement.subject",
            f"'{claim.requirement.text}' makes a claim about {subjects[0]} hold at one about {subjects[1]}",
            remedy="State each claim on its own line.",
        )
    if len(subjects) > 1 and "data" in subjects:
        raise InputError(
            "requirement.of_data",
            f"'{claim.requirement.text}' makes a claim about data hold at another one",
            remedy="State each claim on its own line.",
        )


def _prove_possible(bound: Bound, definition: Definition) -> None:
    """Shares lie from 0 to 1: a bound outside can never be met, one at the end that proves nothing can never be missed."""
    if bound.quantity.unit == "%" and definition.unit != "share":
        raise InputError(
            "requirement.unit",
            f"'{bound}' bounds {bound.metric} by a percentage, but it is not a share",
            remedy="Write the bound in the unit of the column.",
        )
    if definition.unit == "time" and bound.quantity.unit not in SECONDS:
        raise InputError(
            "requirement.unit",
            f"'{bound}' bounds a length of time by {bound.quantity}, which has no unit of time",
            remedy=f"Write for example {bound.metric} {bound.comparator} 7 days.",
        )
    if definition.unit != "share":
        return
    if not 0 <= bound.value <= 1:
        hint = f"{bound.value:g} %" if 2 <= bound.value <= 100 else "0.95"
        raise InputError(
            "requirement.impossible",
            f"'{bound}' can never hold: {bound.metric} lies from 0 to 1",
            remedy=f"Write a share, such as {hint}.",
        )
    unprovable = 1.0 if bound.at_least else 0.0
    if bound.value == unprovable:
        raise InputError(
            "requirement.unprovable",
            f"'{bound}' can never be proved: no number of rows without an error shows that there is none",
            remedy=f"Ask for {'0.999' if bound.at_least else '0.1 %'}, which {2_995:,} rows without an error would prove.",
        )
