"""Why candidates answer as they do: what drives them, the reasons of one row, and what other values would change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

Loss = Literal["log loss", "squared error"]
Method = Literal["linear", "sampled"]
Scale = Literal["log-odds", "units of the answer"]


@dataclass(frozen=True)
class Driver:
    """How much worse a model gets when the values of columns are dealt to other rows.

    `columns` is one, or several that are dealt together; `low`/`high` are the two-sided 95 % interval of the mean
    growth of the loss, None where there are too few rows. `along_with` names columns that go along with this one, so
    that each hides behind the other.
    """

    columns: tuple[str, ...]
    importance: float
    low: float | None
    high: float | None
    along_with: tuple[str, ...] = ()


@dataclass(frozen=True)
class Drivers:
    """What drives a model, on `rows` of the `of` labelled test rows, drawn by the digest of their ids.

    `value` is the mean loss as it is; each column was dealt anew `repeats` times.
    """

    loss: Loss
    value: float
    rows: int
    of: int
    repeats: int
    seed: int
    found: tuple[Driver, ...]


@dataclass(frozen=True)
class Reason:
    """One reason of an answer: a stable `code`, the column and its value, and what it contributes.

    `contribution` is positive where it raises the answer, on the scale of the `Reasons`; `error` is its standard error,
    0 where it is exact. `sentence` says it for people.
    """

    code: str
    column: str
    value: str | None
    contribution: float
    error: float
    sentence: str
    protected: bool = False


@dataclass(frozen=True)
class Reasons:
    """The reasons of one answer, or why they are withheld.

    The contributions of all columns add up to `value` - `base`: the answer to the row less the mean answer to the
    `background` rows it is held against. `of` is the class that is explained, where there are several. `stability` and
    `fidelity` are at most 1. Where `withheld` says why, there are no reasons.
    """

    method: Method
    scale: Scale
    value: float
    base: float
    background: int
    seed: int
    columns: int
    stability: float
    fidelity: float
    reasons: tuple[Reason, ...]
    withheld: str = ""
    of: str | None = None


@dataclass(frozen=True)
class RulePart:
    """One part of a rule, and what it is for the row: whether it holds, or its value; None where it is not known."""

    text: str
    value: bool | float | str | None


@dataclass(frozen=True)
class Replied:
    """What a candidate says of one row: its score, and the answer; None where there is none."""

    score: float | None
    answer: str | None


@dataclass(frozen=True)
class Change:
    """A column that was given another value; `read` says whether the candidate looks at it at all."""

    column: str
    before: str | None
    after: str | None
    read: bool
    protected: bool


@dataclass(frozen=True)
class Turn:
    """The smallest change of one column, among the values that the test rows have, that turns the answer."""

    column: str
    before: str | None
    after: str | None
    answer: str | None
    score: float | None
    protected: bool


@dataclass(frozen=True)
class OfRow:
    """One answer explained. `threshold` is the score from which the answer is yes, where there is one for all rows.

    `turns` has at most one change for each column; `steady` names the columns of which no observed value turns the
    answer. `changed` is the answer to the row with `changes`.
    """

    id: str
    label: str | None
    replied: Replied
    threshold: float | None
    reasons: Reasons | None = None
    parts: tuple[RulePart, ...] = ()
    turns: tuple[Turn, ...] = ()
    steady: tuple[str, ...] = ()
    changes: tuple[Change, ...] = ()
    changed: Replied | None = None


@dataclass(frozen=True)
class Mistake:
    """A test row that was answered wrongly."""

    id: str
    label: str
    answer: str
    score: float | None


@dataclass(frozen=True)
class Mistakes:
    """How many of the `answered` test rows were answered wrongly, and some of them, by the digest of their ids."""

    wrong: int
    answered: int
    shown: tuple[Mistake, ...]


@dataclass(frozen=True)
class Explained:
    """One candidate explained. Where `cannot` says why it cannot be, `instead` says what helps."""

    candidate: str
    kind: str
    version: str
    drivers: Drivers | None = None
    rule: str = ""
    row: OfRow | None = None
    mistakes: Mistakes | None = None
    worst: tuple[str, ...] = ()
    cannot: str = ""
    instead: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Explanation:
    """Every candidate that was asked about. `evaluated` is the record that the worst slices come from."""

    candidates: tuple[Explained, ...]
    evaluated: str | None = None
    notes: tuple[str, ...] = ()

    def of(self, candidate: str) -> Explained:
        """The candidate of this name.

        Raises:
            KeyError: there is none.
        """
        for each in self.candidates:
            if each.candidate == candidate:
                return each
        raise KeyError(candidate)


def read_explanation(found: Mapping[str, Any]) -> Explanation:
    """The explanation inside a record's JSON."""
    candidates = tuple(_explained(item) for item in found["candidates"])
    return Explanation(candidates, found["evaluated"], tuple(found["notes"]))


def _explained(item: Mapping[str, Any]) -> Explained:
    texts = {name: tuple(item[name]) for name in ("worst", "instead", "notes")}
    drivers = _drivers(item["drivers"]) if item["drivers"] else None
    row = _of_row(item["row"]) if item["row"] else None
    mistakes = _mistakes(item["mistakes"]) if item["mistakes"] else None
    return Explained(**{**item, **texts, "drivers": drivers, "row": row, "mistakes": mistakes})


def _mistakes(item: Mapping[str, Any]) -> Mistakes:
    return Mistakes(**{**item, "shown": tuple(Mistake(**each) for each in item["shown"])})


def _drivers(item: Mapping[str, Any]) -> Drivers:
    found = tuple(
        Driver(**{**each, "columns": tuple(each["columns"]), "along_with": tuple(each["along_with"])})
        for each in item["found"]
    )
    return Drivers(**{**item, "found": found})


def _of_row(item: Mapping[str, Any]) -> OfRow:
    return OfRow(
        **{
            **item,
            "replied": Replied(**item["replied"]),
            "reasons": _reasons(item["reasons"]) if item["reasons"] else None,
            "parts": tuple(RulePart(**each) for each in item["parts"]),
            "turns": tuple(Turn(**each) for each in item["turns"]),
            "steady": tuple(item["steady"]),
            "changes": tuple(Change(**each) for each in item["changes"]),
            "changed": Replied(**item["changed"]) if item["changed"] else None,
        }
    )


def _reasons(item: Mapping[str, Any]) -> Reasons:
    return Reasons(**{**item, "reasons": tuple(Reason(**each) for each in item["reasons"])})
