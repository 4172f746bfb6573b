"""The examples as rows to audit, and what must be known of them before they are asked about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from shipworthy.audit import DataQuestions, Facts
from shipworthy.evidence import DataFacts
from shipworthy.evidence.record import content_hash
from shipworthy.query.data_rows import DataRows
from shipworthy.query.profile import known
from shipworthy.query.slicing import slicings
from shipworthy.spec.model import Segment
from shipworthy.workbench.labelling.given import with_second

if TYPE_CHECKING:
    from shipworthy.evidence import ColumnProfile
    from shipworthy.spec.contract import Contract
    from shipworthy.workbench.audits.texts import TextColumns
    from shipworthy.workbench.session import Session

SECOND = "audit:second label"
"""The column of labels that were given again in the queue."""

MOST_VALUES = 50
"""A column of text with more values could tell answers apart by chance alone."""


def unsliced_rows(session: Session) -> DataRows:
    """The rows under their own names, with what their columns are for."""
    product = session.product
    return DataRows(
        session.home,
        session.examples,
        product.data.examples,
        product.label,
        product.predicts.positive,
        product.predicts.kind,
        {},
        session.plan,
    )


def facts_of(
    rows: DataRows,
    columns: Sequence[ColumnProfile],
    contract: Contract,
    texts: TextColumns,
    compared: Sequence[str] = (),
) -> Facts:
    """What decides which claims make sense."""
    present, inputs = {column.name for column in columns}, {*rows.inputs}
    telling = [
        column.name
        for column in columns
        if column.name in inputs and rows.kind == "binary" and rows.label in present and _informative(column)
    ]
    bounded = [name for name, terms in contract.columns.items() if name in present and terms.bounded]
    return Facts(
        tuple(column.name for column in columns),
        tuple(telling),
        tuple(bounded),
        tuple(column.name for column in columns if column.name in inputs and _free(column, texts)),
        parted=rows.plan.by != "none",
        by_column=rows.plan.column is not None,
        compared=tuple(compared),
    )


def _informative(column: ColumnProfile) -> bool:
    if column.kind == "text":
        return 1 < len(column.values) <= MOST_VALUES
    return column.kind in ("number", "boolean") and column.distinct > 1


def _free(column: ColumnProfile, texts: TextColumns) -> bool:
    """Whether a column holds free text rather than words of a list."""
    return not column.values and column.name in texts and texts[column.name].free


def sliced_rows(
    session: Session,
    rows: DataRows,
    asked: DataQuestions,
    columns: Sequence[ColumnProfile],
    contract: Contract,
) -> DataRows:
    """The rows with the slices that claims go by and those of segments, the terms of the contract, and what is known by them."""
    named = {segment.column: segment for segment in session.product.slicing}
    sliced = dict.fromkeys([*named, *asked.sliced])
    fixed: dict[str, list[str]] = {}
    for claim in asked.claims:
        for column, label in claim.requirement.where:
            fixed.setdefault(column, []).append(label)
    wanted = [named.get(column, Segment(column=column)) for column in sliced]
    found = slicings(session.home, session.examples, wanted, fixed)
    rows = known(replace(rows, slicings=found, terms=contract.columns), columns)
    return _with_second(session, rows)


def _with_second(session: Session, rows: DataRows) -> DataRows:
    """The rows with the labels that people gave again in the queue, where product.yaml names no column of such."""
    if rows.source.second_label or session.labelled is None or not session.labelled.again:
        return rows
    table = with_second(session, rows.table, SECOND)
    return replace(rows, table=table, source=rows.source.model_copy(update={"second_label": SECOND}))


def again_facts(session: Session) -> tuple[DataFacts, ...]:
    """The labels that were given again as an input of a record; nothing where there are none."""
    given = session.labelled.again if session.labelled else ()
    if not given:
        return ()
    content = content_hash([[each.item, each.label] for each in given])
    return (DataFacts("labelled again", "the labelling queue", content, len(given)),)
