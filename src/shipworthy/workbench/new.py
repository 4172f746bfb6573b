"""New: a product folder from a template, or from a person's own table."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from shipworthy.errors import InputError, Place, Problem
from shipworthy.query.commas import CommaNumbers, comma_numbers
from shipworthy.query.engine import Engine, local_engine, remote_engine
from shipworthy.query.facts import Column, column_facts
from shipworthy.query.source import is_url, load_table
from shipworthy.spec.starter import ColumnFacts, ColumnKind, starter
from shipworthy.spec.starting import create_product, create_product_from
from shipworthy.workbench.checks.decimals import comma_problem

TEXT_LENGTH = 30
"""A text column whose values are longer than this on average holds free text, not categories."""


@dataclass(frozen=True)
class Made:
    """The files of a new product, product.yaml first, and what a model would misread in its table."""

    files: list[Path]
    warnings: tuple[Problem, ...] = ()


def new(name: str, template: str = "blank") -> Made:
    """Copy a template into a new folder.

    Raises:
        InputError: there is no such template, or the folder holds something already.
    """
    folder = Path(name)
    return Made(create_product(folder, template, name=folder.name if template == "blank" else None))


def new_from(name: str, source: str, label: str, table: str | None = None) -> Made:
    """A new folder around a person's own table: its columns are looked at, and three requirements proposed.

    Args:
        name: the folder, whose last part names the product.
        source: a Parquet or CSV file, or a database URL.
        label: the column with the true answers.
        table: the table, where the source is a database.

    Raises:
        InputError: the table cannot be read, has no such column, or it does not hold two values.
    """
    folder = Path(name)
    with tempfile.TemporaryDirectory() as temporary:
        engine, shown = _engine(folder, source, Path(temporary))
        found = load_table(engine, source, Path.cwd(), table)
        facts = column_facts(engine, found)
        texts = comma_numbers(engine, found, found.columns)
    if not next(iter(facts.values())).rows:
        raise InputError(
            "data.no_rows", f"{source} has no rows", remedy="Point --from at a table with labelled rows."
        )
    commas = {name: each for name, each in texts.items() if each.read_as_words}
    columns = [_facts(column, commas) for column in facts.values()]
    files = create_product_from(folder, starter(columns, label, shown, folder.name, table=table))
    learned, place = {name: commas[name] for name in commas if name != label}, Place(str(files[0]))
    return Made(files, tuple(comma_problem(*each, "a model", place) for each in learned.items()))


def _engine(folder: Path, source: str, temporary: Path) -> tuple[Engine, str]:
    """The engine that reads the source, and the source as product.yaml names it from its own folder."""
    if is_url(source):
        return remote_engine(source), source
    path = Path(source).absolute()
    return local_engine([path], temporary), os.path.relpath(path, folder.absolute())


def _facts(column: Column, commas: Mapping[str, CommaNumbers]) -> ColumnFacts:
    """What a proposal needs of a column; numbers with a comma are words to it, and no id."""
    values = tuple((str(value), count) for value, count in column.values)
    comma = commas[column.name].example if column.name in commas else None
    kind = _kind(column) if comma is None else "category"
    return ColumnFacts(column.name, kind, column.rows, column.nulls, column.distinct, values, comma)


def _kind(column: Column) -> ColumnKind:
    """The kind of a column as a proposal needs it: text is an id, a category or free text."""
    if column.kind != "text":
        return column.kind
    if (column.mean_length or 0) > TEXT_LENGTH:
        return "text"
    return "id" if column.distinct == column.rows and column.nulls == 0 else "category"
