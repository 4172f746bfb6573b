"""The claims about data that are judged where product.yaml writes none of their sort."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from shipworthy.spec.claim import written_name
from shipworthy.spec.model import Product


@dataclass(frozen=True)
class Facts:
    """What must be known of the data before it is asked about: its columns, in order, and which of them hold texts."""

    columns: tuple[str, ...]
    texts: tuple[str, ...] = ()


def default_claims(product: Product, facts: Facts) -> Iterator[tuple[str, str]]:
    """Each default claim with its sort, the name of its metric."""
    source, binary = product.data.examples, product.predicts.kind == "binary"
    has_label = product.label in facts.columns
    yield "rows", "rows >= 500"
    if has_label:
        yield "labelled", "labelled >= 80 %"
    if has_label and binary:
        yield "positives", "positives >= 100"
    if source.time in facts.columns:
        yield "freshness", "freshness <= 1 year"
    yield "duplicates", "duplicates <= 2 %"
    if source.id in facts.columns:
        yield "duplicate_ids", "duplicate_ids <= 1 %"
    if has_label:
        yield "conflicting_labels", "conflicting_labels <= 2 %"
    for column in facts.columns:
        if column != product.label:
            yield "missing", f"missing({written_name(column)}) <= 20 %"
