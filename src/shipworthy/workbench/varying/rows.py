"""The test rows of a product written otherwise, once for all candidates."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from shipworthy.evidence.record import content_hash
from shipworthy.query.varied import drawn_rows, varied_rows
from shipworthy.vary import maker

if TYPE_CHECKING:
    import pyarrow as pa

    from shipworthy.query.varied import Rewritten
    from shipworthy.spec.varying import Variants
    from shipworthy.workbench.session import Session


@dataclass(frozen=True, eq=False)
class Written:
    """The rows of one variant, a hash that tells them from any others, and their texts by id as they were and as they are."""

    name: str
    rows: pa.Table
    looked_at: int
    version: str
    before: Mapping[str, Mapping[str, Any]]
    after: Mapping[str, Mapping[str, Any]]


def variants_of(session: Session, variants: Variants) -> Mapping[str, Written]:
    """The rows of every variant."""
    drawn = drawn_rows(session.frame, variants.rows, variants.seed)
    return {name: _written(session, variants, name, drawn) for name in variants.names}


def _written(session: Session, variants: Variants, name: str, drawn: pa.Table) -> Written:
    found = varied_rows(drawn, _rewritten(variants, name))
    before = _texts(drawn, variants.columns)
    after = _texts(found.rows, variants.columns)
    version = content_hash([session.fingerprint, name, variants.model_dump(mode="json")])[:16]
    return Written(name, found.rows, found.looked_at, version, before, after)


def _rewritten(variants: Variants, name: str) -> Rewritten:
    """What writes a row otherwise: people's own words, or all columns together as they are made."""
    if variants.paraphrase is not None and name == "paraphrase":
        return partial(_reworded, variants.columns[0], variants.paraphrase.column)
    made = maker(variants, name)

    def rewritten(row: Mapping[str, Any]) -> Mapping[str, str] | None:
        texts = {column: row[column] or "" for column in variants.columns}
        found = {column: made(text, row["key:id"]) for column, text in texts.items()}
        if all(each is None for each in found.values()):
            return None
        return {column: texts[column] if each is None else each for column, each in found.items()}

    return rewritten


def _reworded(column: str, reworded: str, row: Mapping[str, Any]) -> Mapping[str, str] | None:
    """The words that somebody wrote; None where nobody did, or the same ones."""
    text = row[reworded]
    return {column: text} if text and text.strip() and text != row[column] else None


def _texts(rows: pa.Table, columns: tuple[str, ...]) -> dict[str, dict[str, Any]]:
    own = rows.select(["id", *(f"c:{column}" for column in columns)]).to_pylist()
    return {row["id"]: {column: row[f"c:{column}"] for column in columns} for row in own}
