"""Every error that a person can cause, and what each one tells.

    ShipworthyError        has a code, a message, a place and a remedy
    ├── InputError         what was given is wrong: file, data, model, record      exit code 2
    │   └── SpecError      one or more problems in product.yaml, each with its place
    └── OutsideError       a system that Shipworthy does not own failed             exit code 4

Messages say what was found and which rule it breaks; the remedy says what to do.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches


@dataclass(frozen=True)
class Place:
    """Where a problem stands: a file, and its 1-based line and column where they are known."""

    file: str
    line: int | None = None
    column: int | None = None

    def __str__(self) -> str:
        return ":".join(str(part) for part in (self.file, self.line, self.column) if part is not None)


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong: a stable code, what was found against which rule, where, and what to do."""

    code: str
    message: str
    where: Place | None = None
    remedy: str = ""

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        remedy = f"\n    {self.remedy}" if self.remedy else ""
        return f"{place}{self.message}{remedy}"


class ShipworthyError(Exception):
    """The root of the tree; raised only through its children."""

    exit_code = 2

    def __init__(
        self,
        code: str,
        message: str,
        *,
        where: Place | str | None = None,
        remedy: str = "",
        next_command: str = "",
    ) -> None:
        place = Place(where) if isinstance(where, str) else where
        self.problem = Problem(code, message, place, remedy)
        self.next_command = next_command
        super().__init__(str(self.problem))

    @property
    def problems(self) -> tuple[Problem, ...]:
        """All problems that the error reports, in the order of the file."""
        return (self.problem,)


class InputError(ShipworthyError):
    """What was given is wrong: a file, a table, a model, a record, an argument."""

    exit_code = 2


class SpecError(InputError):
    """product.yaml breaks one or more rules; all of them are reported at once."""

    def __init__(self, problems: Sequence[Problem], *, next_command: str = "") -> None:
        if not problems:
            raise ValueError("a SpecError needs at least one problem")
        first = problems[0]
        super().__init__(
            first.code, first.message, where=first.where, remedy=first.remedy, next_command=next_command
        )
        self._problems = tuple(problems)
        self.args = ("\n".join(str(problem) for problem in problems),)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Every problem of the file, in the order of its lines."""
        return self._problems


class OutsideError(ShipworthyError):
    """A database, a disk or a model endpoint failed; the input may be right."""

    exit_code = 4


def nearest(name: str, choices: Iterable[str]) -> str | None:
    """The valid name that a person most probably meant, if one is near."""
    known = {choice.casefold(): choice for choice in sorted(choices, reverse=True)}
    near = get_close_matches(name.casefold(), sorted(known), n=1, cutoff=0.6)
    return known[near[0]] if near else None


def did_you_mean(name: str, choices: Iterable[str]) -> str:
    """The nearest valid name as a sentence, or the valid names where none is near."""
    known = sorted(choices)
    near = nearest(name, known)
    if near:
        return f"Did you mean {near!r}?"
    return f"Known: {', '.join(known)}." if known else ""
