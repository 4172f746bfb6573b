"""Rows as columns of the prediction log."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from shipworthy.errors import InputError, Place, did_you_mean
from shipworthy.foreign.rows import Row

TEXTS = ("id", "output", "label", "error")
NUMBERS = ("latency_ms", "cost_usd")
SHOWN = 60


@dataclass(frozen=True)
class Sheet:
    """Columns of equal length, what is to be said of them, and whether ids are answered several times.

    `texts` and `numbers` are columns by name; None is a missing value.
    """

    texts: Mapping[str, Sequence[str | None]]
    numbers: Mapping[str, Sequence[float | None]]
    repeated: bool
    notes: tuple[str, ...] = ()


def sheet(
    rows: Sequence[Row],
    *,
    id_from: str | None,
    words: Sequence[str] | None,
    numeric: bool,
    file: str,
    where: Place | None = None,
) -> Sheet:
    """The rows as columns. Rows without an answer stay, with their error.

    Args:
        rows: of one model.
        id_from: the field that holds the ids of the examples; None for the tool's own.
        words: the values that an answer can have; None where any text is one.
        numeric: whether answers are numbers.
        file: the file that they stand in.
        where: the place of the candidate in product.yaml.

    Raises:
        InputError: no row has the field, or no answer is one of the words or a number.
    """
    named = _named(rows, id_from, file, where)
    numbered = _numbered(named)
    repeated = any(row.repeat != 1 for row in numbered)
    spoken = _spoken(numbered, words, numeric=numeric, file=file, where=where)
    texts: dict[str, list[str | None]] = {name: [getattr(row, name) for row in spoken] for name in TEXTS}
    numbers: dict[str, list[float | None]] = {
        name: [getattr(row, name) for row in spoken] for name in NUMBERS
    }
    if numeric:
        numbers["prediction"] = [_number(row.answer) for row in spoken]
    else:
        texts["prediction"] = [row.answer for row in spoken]
    texts["repeats"] = [str(row.repeat) for row in spoken]
    for name in sorted({name for row in spoken for name in row.fields} - {*texts, *numbers}):
        texts[name] = [row.fields.get(name) for row in spoken]
    for name in sorted({name for row in spoken for name in row.grades}):
        given = [row.grades.get(name, row.error or f"{file} has no grade of it") for row in spoken]
        numbers[f"grade.{name}"] = [None if isinstance(each, str) else each for each in given]
        texts[f"grade.{name}.unscored"] = [each if isinstance(each, str) else None for each in given]
    return Sheet(texts, numbers, repeated, _notes(numbered, spoken))


def _named(rows: Sequence[Row], id_from: str | None, file: str, where: Place | None) -> list[Row]:
    """The rows under the ids of the examples."""
    if id_from in (None, "id"):
        return [*rows]
    lacking = [row.id for row in rows if id_from not in row.fields]
    if lacking:
        fields = {name for row in rows for name in row.fields}
        found = (
            f"{len(lacking):,} of {len(rows):,} rows have none"
            if len(lacking) < len(rows)
            else "it has no such field"
        )
        raise InputError(
            "import.id",
            f"{file} cannot take its ids from {id_from}: {found}",
            where=where,
            remedy=did_you_mean(str(id_from), ["id", *fields]),
        )
    return [replace(row, id=row.fields[str(id_from)]) for row in rows]


def _numbered(rows: Sequence[Row]) -> list[Row]:
    """Each answer to an id with its number: the tool's own, else in the order of the file."""
    seen: Counter[str] = Counter()
    found = []
    for row in rows:
        seen[row.id] += 1
        found.append(replace(row, repeat=seen[row.id] if row.repeat is None else row.repeat))
    return found


def _spoken(
    rows: Sequence[Row], words: Sequence[str] | None, *, numeric: bool, file: str, where: Place | None
) -> list[Row]:
    """The rows with answers in the label's own words; an answer that is none of them is no answer, and says so."""
    if words is None and not numeric:
        return [*rows]
    known = {_plain(word): word for word in words or ()}
    found = []
    for row in rows:
        said = row.answer
        if numeric:
            taken = said if _number(said) is not None else None
        else:
            taken = said if said in (words or ()) else known.get(_plain(said or ""))
        what = "no number" if numeric else "none of the label's values"
        error = f"the answer is {what}: {_short(said)}" if said is not None and taken is None else row.error
        found.append(replace(row, answer=taken, error=error))
    if not any(row.answer is not None for row in found):
        first = next((row.answer for row in rows if row.answer is not None), None)
        if first is not None:
            wanted = "a number" if numeric else f"one of {', '.join(words or ())}"
            raise InputError(
                "import.words",
                f"no answer of {file} is {wanted}; the first one is {_short(first)}",
                where=where,
                remedy="Have the model answer in the label's values, or name the column that does: columns: {prediction: NAME}.",
            )
    return found


def _plain(word: str) -> str:
    """A word without case, quotes and stops around it."""
    return re.sub(r"^[\s\"'`*.:]+|[\s\"'`*.:!]+$", "", word).casefold()


def _short(said: str | None) -> str:
    line = " ".join((said or "").split())
    return repr(line if len(line) <= SHOWN else f"{line[: SHOWN - 1]}…")


def _number(said: str | None) -> float | None:
    try:
        found = float(said) if said is not None else None
    except ValueError:
        return None
    return found if found is not None and abs(found) < float("inf") else None


def _notes(before: Sequence[Row], after: Sequence[Row]) -> tuple[str, ...]:
    """How many answers are missing, and how many are none that the label could have."""
    failed = sum(row.answer is None and row.output is None for row in before)
    lost = sum(
        row.answer is not None and said.answer is None for row, said in zip(before, after, strict=True)
    )
    notes = []
    if failed:
        notes.append(f"{failed:,} of {len(before):,} recorded rows have no answer, and stay as unanswered")
    if lost:
        notes.append(
            f"recorded answers that are none of the label's values, and count as unanswered: {lost:,}"
        )
    return tuple(notes)
