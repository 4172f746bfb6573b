"""What people said of answers that a judge judged: read from a CSV file, and settled where several said something."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from io import StringIO

from shipworthy.errors import InputError, Place, did_you_mean

COLUMNS = ("id", "candidate", "verdict", "labeller")
OUTPUT = "output"
"""The column that may hold the text that people saw, so that an answer which has changed since is noticed."""

PASSES, FAILS = ("pass", "1", "yes", "true"), ("fail", "0", "no", "false")


@dataclass(frozen=True)
class PersonVerdict:
    """What one person said of one candidate's answer to a row. `output` is the text that was seen, None where not kept."""

    id: str
    candidate: str
    passed: bool
    labeller: str
    output: str | None
    line: Mapping[str, str]


def read_people(text: str, file: str) -> tuple[PersonVerdict, ...]:
    """The verdicts of a CSV file with the columns id, candidate, verdict and labeller.

    Raises:
        InputError: a column is missing, a verdict is no verdict, or one person labelled an answer twice.
    """
    rows = csv.DictReader(StringIO(text))
    names = [name or "" for name in rows.fieldnames or ()]
    missing = [name for name in COLUMNS if name not in names]
    if missing:
        raise InputError(
            "judge.people",
            f"the file of people's labels has no column {missing[0]!r}",
            where=Place(file, 1),
            remedy=f"{did_you_mean(missing[0], names)} Its first line is {','.join(COLUMNS)}.".strip(),
        )
    found: dict[tuple[str, str, str], PersonVerdict] = {}
    for row in rows:
        one = _verdict(row, Place(file, rows.line_num))
        if found.setdefault((one.candidate, one.id, one.labeller), one) is not one:
            message = (
                f"{one.labeller or 'nobody named'} labelled the answer of {one.candidate} to {one.id} twice"
            )
            remedy = "Keep one line for each person and answer."
            raise InputError("judge.people", message, where=Place(file, rows.line_num), remedy=remedy)
    return tuple(found.values())


def _verdict(row: Mapping[str, str | None], where: Place) -> PersonVerdict:
    line = {name: value.strip() for name, value in row.items() if name and isinstance(value, str)}
    said = line.get("verdict", "").casefold()
    if said not in (*PASSES, *FAILS):
        message = f"{line.get('verdict', '')!r} is no verdict"
        raise InputError("judge.people", message, where=where, remedy="Write pass or fail, or 1 or 0.")
    seen = row.get(OUTPUT)
    return PersonVerdict(
        line.get("id", ""),
        line.get("candidate", ""),
        said in PASSES,
        line.get("labeller", ""),
        seen if isinstance(seen, str) and seen.strip() else None,
        line,
    )


def settled(verdicts: Iterable[PersonVerdict]) -> dict[str, bool | None]:
    """What the majority said, by id; None where as many said pass as fail."""
    votes: dict[str, Counter[bool]] = {}
    for each in verdicts:
        votes.setdefault(each.id, Counter())[each.passed] += 1
    return {
        row: None if said[True] == said[False] else said[True] > said[False] for row, said in votes.items()
    }


def patterns(verdicts: Sequence[PersonVerdict]) -> tuple[tuple[int, int], ...]:
    """How many said fail and pass, of each answer that several people labelled: the ground for how far people agree."""
    votes: dict[str, list[int]] = {}
    for each in verdicts:
        votes.setdefault(each.id, [0, 0])[each.passed] += 1
    return tuple((fails, passes) for fails, passes in votes.values() if fails + passes > 1)


def changed(verdicts: Iterable[PersonVerdict], outputs: Mapping[str, str | None]) -> int:
    """How many labelled answers read otherwise now than when people saw them."""
    seen = {each.id: each.output for each in verdicts if each.output is not None}
    return sum(
        1 for row, text in seen.items() if row in outputs and (outputs[row] or "").strip() != text.strip()
    )
