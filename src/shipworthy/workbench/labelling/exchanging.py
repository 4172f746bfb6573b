"""Labels to files and back: what other tools read, and what they write."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from shipworthy.errors import InputError, Place, Problem
from shipworthy.label.exchange import csv_text, read_csv, read_studio, studio_text, table_lines
from shipworthy.label.queue import Draw
from shipworthy.query.label_files import load_parquet, write_parquet
from shipworthy.store import keep_text
from shipworthy.workbench.clock import now
from shipworthy.workbench.labelling.taking import put

if TYPE_CHECKING:
    from shipworthy.label.exchange import Line, Read
    from shipworthy.workbench.labelling.desk import Desk

ENDINGS = (".csv", ".parquet", ".json")
BATCH = 500
SHOWN = 5


@dataclass(frozen=True)
class Exported:
    """A written file: its path, and how many rows and labels it holds."""

    path: Path
    items: int
    labels: int


@dataclass(frozen=True)
class Imported:
    """What a file brought: new labels, those that were known, rows that joined the queue, and what was left out, and why."""

    new: int
    known: int
    queued: int
    problems: tuple[Problem, ...]


def export(desk: Desk, path: Path) -> Exported:
    """Write the queue to a file whose ending says its form: CSV, Parquet, or JSON for Label Studio.

    Raises:
        InputError: the ending is none of these, or the place cannot be written.
    """
    from shipworthy.store.labels.reading import each_item, given

    _prove_ending(path)
    items, labels = list(each_item(desk.labels)), given(desk.labels)
    if path.suffix == ".json":
        keep_text(path, studio_text(items, labels, numeric=desk.scheme.numeric))
    elif path.suffix == ".csv":
        keep_text(path, csv_text(table_lines(items, labels)))
    else:
        try:
            write_parquet(path, table_lines(items, labels))
        except OSError as error:
            message = f"{path} cannot be written: {error.strerror or error}"
            raise InputError(
                "file.unwritable", message, where=str(path), remedy="Name another file."
            ) from None
    return Exported(path, len(items), len(labels))


def bring_in(desk: Desk, path: Path, name: str | None = None) -> Imported:
    """Keep the labels of a file; what cannot be kept is named, and the rest is.

    Rows of the examples that are not in the queue join it as `imported`: somebody else chose them, so their labels
    train and do not measure.

    Args:
        desk: the queue.
        path: CSV, Parquet, or Label Studio's JSON.
        name: whose labels they are, where the file does not say.

    Raises:
        InputError: the file cannot be read, or nothing in it can be kept.
    """
    read = _loaded(path)
    lines, problems = _valid(desk, read.lines, path, name or path.stem)
    joined, unknown = _join_queue(desk, lines, path)
    kept = [line for line in lines if line.item not in unknown]
    told = (*read.problems, *problems, *_of_unknown(desk, unknown, path))
    return brought(desk, path, kept, joined, told)


def brought(
    desk: Desk, path: Path, lines: list[Line], joined: int, problems: tuple[Problem, ...]
) -> Imported:
    """Keep lines of a file that are of the queue; what the file brought.

    Raises:
        InputError: nothing of it can be kept.
    """
    new, known, refused = _keep(desk, lines, path)
    told = (*problems, *refused)
    if not new and not known:
        raise _nothing(path, told)
    return Imported(new, known, joined, told)


def _prove_ending(path: Path) -> None:
    if path.suffix not in ENDINGS:
        raise InputError(
            "label.file",
            f"{path.name} is of no form that labels have",
            where=str(path),
            remedy=f"Known endings: {', '.join(ENDINGS)} (for Label Studio).",
        )


def _loaded(path: Path) -> Read:
    _prove_ending(path)
    try:
        if path.suffix == ".parquet" and path.is_file():
            return load_parquet(path)
        text = path.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        message = f"{path} cannot be read: {getattr(error, 'strerror', None) or 'it is not UTF-8'}"
        raise InputError("label.file", message, where=str(path), remedy="Name a file of labels.") from None
    return (read_studio if path.suffix == ".json" else read_csv)(text, str(path))


def _valid(
    desk: Desk, lines: tuple[Line, ...], path: Path, name: str
) -> tuple[list[Line], tuple[Problem, ...]]:
    """The lines whose label is one of the product's, as it is kept; the others as problems."""
    from dataclasses import replace

    kept, problems = [], []
    for line in lines:
        try:
            label = desk.scheme.read(line.label)
        except InputError as error:
            where = Place(str(path), line.number)
            problems.append(Problem("label.value", error.problem.message, where, error.problem.remedy))
            continue
        kept.append(replace(line, label=label, labeller=line.labeller or name, at=_moment(line.at)))
    return [line for line in kept if line.item], tuple(problems)


def _moment(written: str) -> str:
    """A time as the store keeps it; now where a file has none that can be read."""
    try:
        moment = datetime.fromisoformat(written)
    except ValueError:
        return now()
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return aware.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def _join_queue(desk: Desk, lines: list[Line], path: Path) -> tuple[int, list[str]]:
    """Queue the rows that are not in it; how many, and the ids that are no rows."""
    from shipworthy.store.labels.queueing import queued

    known = {*queued(desk.labels)}
    new = [item for item in dict.fromkeys(line.item for line in lines) if item not in known]
    if not new or not desk.joins:
        return 0, new
    draw = Draw("imported", "", (), f"from {path.name}: somebody else chose them")
    joined = put(desk, draw, dict.fromkeys(new, ("", 1.0)), len(new)).rows
    present = {*queued(desk.labels)}
    return joined, [item for item in new if item not in present]


def _of_unknown(desk: Desk, unknown: list[str], path: Path) -> tuple[Problem, ...]:
    if not unknown:
        return ()
    shown = ", ".join(unknown[:SHOWN]) + (", …" if len(unknown) > SHOWN else "")
    known = "row of the examples" if desk.joins else "answer of the queue"
    several = known.replace(" of", "s of", 1)
    many = f"{len(unknown):,} ids are no {several}" if len(unknown) > 1 else f"1 id is no {known}"
    message = f"{many}: {shown}"
    return (Problem("label.unknown_id", message, Place(str(path)), "Export again for the ids to label."),)


def _keep(desk: Desk, lines: list[Line], path: Path) -> tuple[int, int, list[Problem]]:
    """Keep labels in batches: how many were new, how many known, and which contradict the person's own."""
    from shipworthy.store.labels.keeping import keep
    from shipworthy.store.labels.opening import writing

    new = known = 0
    refused = []
    ordered = sorted(
        lines, key=lambda line: line.item
    )  # people who import at once then wait, and do not block
    for at in range(0, len(ordered), BATCH):
        with writing(desk.labels) as connection:
            for line in ordered[at : at + BATCH]:
                given = (line.item, line.labeller, line.label, line.at, "import")
                try:
                    fresh = keep(connection, desk.labels, given, numeric=desk.scheme.numeric)
                except InputError as error:
                    where = Place(str(path), line.number)
                    refused.append(Problem("label.given", error.problem.message, where, error.problem.remedy))
                    continue
                new, known = new + fresh, known + (not fresh)
    return new, known, refused


def _nothing(path: Path, problems: tuple[Problem, ...]) -> InputError:
    first = problems[0] if problems else None
    said = f": {first.message}" if first else ", as it holds no labels"
    return InputError(
        "label.import",
        f"nothing of {path} was kept{said}",
        where=(first.where if first else None) or Place(str(path)),
        remedy=(first.remedy if first else "") or "Columns are needed: id,label,labeller",
    )
