"""The texts of a bounded sample: as columns to look at, as row values that claims count, and which rows these are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from shipworthy.audit.findings import value_of
from shipworthy.audit.texts import TEXT_VALUES, TextColumn
from shipworthy.audit.texts.counting import PAIRED, share_compared

if TYPE_CHECKING:
    from shipworthy.audit import DataQuestions
    from shipworthy.evidence import ColumnProfile
    from shipworthy.query.data_rows import DataRows
    from shipworthy.query.sampled import Sample

LEAST_NUMBER = 1_000_000
"""Smaller whole numbers are no telephone, card or national number."""

TextColumns = Mapping[str, TextColumn]
TextValues = Mapping[str, Sequence[float | None]]


def text_columns(taken: Sample, columns: Sequence[ColumnProfile]) -> TextColumns:
    """The columns of text that have values, by name."""
    names = [column.name for column in columns if column.kind == "text" and column.present]
    return {name: TextColumn(name, taken.texts(name), taken.parts) for name in names}


def number_columns(taken: Sample, columns: Sequence[ColumnProfile], label: str) -> TextColumns:
    """The columns of whole numbers that hold personal data, such as telephone or card numbers, by name."""
    import pyarrow.types as pt

    schema = taken.rows.schema
    long = [
        each.name
        for each in columns
        if each.name != label
        and pt.is_integer(schema.field(each.name).type)
        and isinstance(each.greatest, float)
        and each.greatest >= LEAST_NUMBER
    ]
    found = {name: TextColumn(name, taken.texts(name)) for name in long}
    return {name: column for name, column in found.items() if column.personal.faults}


def without_ends(columns: Sequence[ColumnProfile], personal: TextColumns) -> tuple[ColumnProfile, ...]:
    """The profiles without the least, the greatest and the listed values of columns that hold personal data in numbers."""
    return tuple(
        replace(each, least=None, greatest=None, values=()) if each.name in personal else each
        for each in columns
    )


def text_values(asked: DataQuestions, taken: Sample, texts: TextColumns) -> TextValues:
    """The row values that claims count of texts, by name."""
    return {
        value: TEXT_VALUES[name](texts.get(column) or TextColumn(column, taken.texts(column), taken.parts))
        for value, (name, column) in _asked(asked).items()
    }


def shares_compared(
    asked: DataQuestions, texts: TextColumns, columns: Sequence[ColumnProfile]
) -> dict[str, float]:
    """The share of all texts that was compared with each other, by row value."""
    present = {column.name: column.present for column in columns}
    return {
        value: share_compared(texts[column], present[column])
        for value, (name, column) in _asked(asked).items()
        if name in PAIRED and column in texts
    }


def _asked(asked: DataQuestions) -> dict[str, tuple[str, str]]:
    """The metric and the column of every row value that is worked out of texts."""
    definitions = [claim.definition.inner or claim.definition for claim in asked.sampled]
    return {
        value_of(each): (each.metric.name, each.reads[0])
        for each in definitions
        if each.metric.name in TEXT_VALUES
    }


def ids_of(values: TextValues, rows: DataRows, taken: Sample, most: int = 3) -> dict[str, tuple[str, ...]]:
    """The first ids (by their text) of rows with a fault, by row value."""
    if len(rows.identity) != 1:
        return {}
    ids = taken.texts(rows.identity[0])
    found = {
        value: sorted(name for name, fault in zip(ids, each, strict=True) if fault and name)
        for value, each in values.items()
    }
    return {value: tuple(dict.fromkeys(each))[:most] for value, each in found.items()}
