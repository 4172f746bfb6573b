"""The section stability: whether the columns that are varied are there, hold texts, and say nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from shipworthy.errors import Problem, did_you_mean
from shipworthy.metrics.table import entry_of
from shipworthy.metrics.varied import FLIP

if TYPE_CHECKING:
    from shipworthy.workbench.session import Session


def variant_problems(session: Session) -> Iterator[Problem]:
    """What keeps inputs from being written otherwise, or answers to them from meaning anything."""
    product, places = session.product, session.opened.places
    variants = product.stability.variants if product.stability else None
    if variants is None:
        return
    kind, kinds = product.predicts.kind, entry_of(FLIP).kinds
    where = places.of("stability", "variants")
    if kind not in kinds:
        message = f"answers to variants are the same or not, and this product's are of the kind {kind}"
        yield Problem("stability.kind", message, where, f"Take variants: out; it is for {', '.join(kinds)}.")
        return
    named = [(column, places.of("stability", "variants", "columns")) for column in variants.columns]
    if variants.paraphrase is not None:
        there = places.of("stability", "variants", "paraphrase", "column")
        named.append((variants.paraphrase.column, there))
    for column, place in named:
        if fault := _fault(session, column):
            yield Problem("stability.columns", fault[0], place, fault[1])


def _fault(session: Session, column: str) -> tuple[str, str] | None:
    """What is wrong with a column that is varied, and what to do; None where nothing is."""
    source, texts = session.product.data.examples, _texts(session)
    if column not in session.examples.columns:
        return f"the examples have no column {column!r} to be varied", did_you_mean(column, texts)
    known = f"Columns of texts: {', '.join(texts) or 'none'}."
    roles = {session.product.label: "the label", source.id: "the id", source.unit: "the unit"}
    if column in roles:
        return f"{column} is {roles[column]}, and only what a candidate reads is varied", known
    return None if column in texts else (f"{column} holds no texts, and only texts are varied", known)


def _texts(session: Session) -> list[str]:
    """The columns of texts that a candidate may see."""
    source, examples = session.product.data.examples, session.examples
    hidden = {session.product.label, source.id, source.unit}
    strings = [name for name in examples.columns if examples[name].type().is_string()]
    return [name for name in strings if name not in hidden]
