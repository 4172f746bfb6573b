"""The claims about data that are judged where product.yaml writes none of their sort."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from shipworthy.audit.texts.counting import TEXT_DEFAULTS
from shipworthy.spec.claim import written_name
from shipworthy.spec.model import Product


@dataclass(frozen=True)
class Facts:
    """What must be known of the data before they are asked about.

    Attributes:
        columns: all of them, in order.
        informative: the inputs that could tell answers apart by themselves: numbers, yes or no, few values.
        bounded: those that the data contract bounds.
        texts: those of free text.
        parted: whether rows are divided into training and test rows.
        by_column: whether a column says which row is in which part.
        compared: the columns that production has too.
    """

    columns: tuple[str, ...]
    informative: tuple[str, ...] = ()
    bounded: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    parted: bool = False
    by_column: bool = False
    compared: tuple[str, ...] = ()


def default_claims(product: Product, facts: Facts) -> Iterator[tuple[str, str]]:
    """Each default claim with its sort, the name of its metric."""
    yield from _of_rows(product, facts)
    yield from _of_leaks(product, facts)
    for column in facts.columns:
        if column not in (product.label, product.data.examples.second_label):
            yield "missing", f"missing({written_name(column)}) <= 20 %"
    for column in facts.compared:
        yield "shift", f"shift({written_name(column)}) <= 10 %"
    for column in facts.bounded:
        yield "out_of_range", f"out_of_range({written_name(column)}) <= 1 %"
    for sort, bound in TEXT_DEFAULTS.items():
        for column in facts.texts if facts.parted or sort != "leaked_texts" else ():
            yield sort, f"{sort}({written_name(column)}) {bound}"


def _of_rows(product: Product, facts: Facts) -> Iterator[tuple[str, str]]:
    """Enough rows and labels, new enough, each once."""
    source, has_label = product.data.examples, product.label in facts.columns
    has_label = has_label and product.predicts.kind != "text"  # a reference answer is optional, and no label
    yield "rows", "rows >= 500"
    if has_label:
        yield "labelled", "labelled >= 80 %"
    if has_label and product.predicts.kind == "binary":
        yield "positives", "positives >= 100"
    if source.time in facts.columns and not source.collected:  # else their age is known, and told
        yield "freshness", "freshness <= 1 year"
    yield "duplicates", "duplicates <= 2 %"
    if source.id in facts.columns:
        yield "duplicate_ids", "duplicate_ids <= 1 %"
    if has_label:
        yield "conflicting_labels", "conflicting_labels <= 2 %"


def _of_leaks(product: Product, facts: Facts) -> Iterator[tuple[str, str]]:
    """Nothing of the answers or of the test rows where models can see it."""
    if facts.parted:
        yield "leaked_rows", "leaked_rows <= 2 %"
    if facts.by_column and product.data.examples.unit in facts.columns:
        yield "leaked_units", "leaked_units <= 2 %"
    for column in facts.informative:
        yield "leak_auc", f"leak_auc({written_name(column)}) <= 0.98"
