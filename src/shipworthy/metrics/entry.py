"""One entry of the table of metrics."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from shipworthy.spec.kinds import Kind

Direction = Literal["higher", "lower", "either"]
Comparison = Literal["", "gap", "ratio", "worst", "conditional"]
Subject = Literal["answers", "data", "attacks", "samples", "variants"]
Unit = Literal["share", "money", "column", "number", "time"]

COLUMNS = "column[, column]"
"""One column or several, whose groups are crossed."""

CLASS, GRADER = "class", "grader"

VARIANT = "variant[, grader]"
"""A variant of the inputs, and a grader where its grades are meant."""


@dataclass(frozen=True)
class Entry:
    """One metric.

    `events` and `trials` name the cells that its numerator and denominator count, where it is a share of rows.
    `unit` says what its number is: a share, money, whatever the column (or the label) holds, a number without a unit, or
    a length of time in milliseconds. `kinds` are the kinds of answers that it is for; where answers are classes and it is `per_class`, it takes
    the class that counts as positive against all others: `recall(CLASS)`. `comparison` says how groups are compared, where
    it compares groups; `of` names the metrics that a named criterion compares. Metrics whose `subject` is the data are
    counted over all rows of the examples, whatever any candidate answers, and go with every kind of answers; where
    their argument is `optional`, it is the label, and where they are `sampled`, a bounded sample of rows is counted. What is
    `paired` shows in a row only where the row that it is like was drawn, too. Of the subject `attacks` are metrics that are counted over
    attacks instead of rows, of `samples` those over inputs that were answered several times, and of
    `variants` those over inputs that were written otherwise, too.
    """

    name: str
    definition: str
    direction: Direction
    events: tuple[str, ...] = ()
    trials: tuple[str, ...] = ()
    takes: tuple[str, ...] = ()
    unit: Unit = "share"
    estimator: str = "exact binomial bounds (Clopper-Pearson); Wilson interval shown"
    cannot: str = ""
    headline: bool = False
    kinds: tuple[Kind, ...] = ("binary",)
    per_class: bool = False
    comparison: Comparison = ""
    of: tuple[str, ...] = ()
    subject: Subject = "answers"
    optional: bool = False
    sampled: bool = False
    paired: bool = False

    @property
    def shape(self) -> str:
        """How a requirement writes it, as code: `recall`, or `recall(class)` where answers are classes."""
        plain = f"`{self.name}({', '.join(self.takes)})`" if self.takes else f"`{self.name}`"
        if self.optional:
            return f"`{self.name}`, {plain}"
        return f"{plain}, `{self.name}({CLASS})`" if self.per_class else plain

    def arguments(self, kind: Kind) -> tuple[str, ...]:
        """What it takes in parentheses where answers are of this kind."""
        return (CLASS,) if self.per_class and kind == "multiclass" else self.takes
