"""The product.yaml of then: how a record keeps its text, and how it is read again."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from shipworthy.errors import InputError
from shipworthy.metrics import METRICS
from shipworthy.metrics.on_data import is_of_data
from shipworthy.query.engine import without_password
from shipworthy.spec.changes import SpecChanges, spec_changes
from shipworthy.spec.reading import read_product
from shipworthy.workbench.product import QUANTILES

if TYPE_CHECKING:
    from shipworthy.evidence import Record
    from shipworthy.spec.model import Product
    from shipworthy.workbench.product import Opened


@dataclass(frozen=True)
class Past:
    """The product as a record knew it; None, and what is lacking, where it cannot be had any more."""

    product: Product | None
    lacking: str = ""


def kept_text(text: str) -> str:
    """The text of product.yaml as records keep it: passwords in addresses are hidden."""
    return re.sub(r"\S+", lambda word: without_password(word[0]), text)


def past_of(opened: Opened, record: Record) -> Past:
    """The product.yaml that a decision was taken by."""
    text = (record.facts or {}).get("product_yaml")
    if record.provenance.spec_hash == opened.spec_hash:
        text = kept_text(opened.text)  # a record of before texts were kept may still be of the present one
    if text is None:
        return Past(
            None, "its record is of a version of Shipworthy that did not keep the text of product.yaml"
        )
    try:
        return Past(read_product(text, "product.yaml of then", metrics=[*METRICS, *QUANTILES]))
    except InputError as error:
        return Past(None, f"this version of Shipworthy cannot read its product.yaml: {error.problem.message}")


def changes_since(opened: Opened, past: Product) -> SpecChanges:
    """What is written otherwise today."""
    now = read_product(kept_text(opened.text), opened.shown, metrics=[*METRICS, *QUANTILES])
    return spec_changes(past, now)


def of_candidates(product: Product) -> Product:
    """A product without its claims about data, as candidates are judged by it."""
    claims = tuple(each for each in product.requirements if not is_of_data(each.metric))
    return product.model_copy(update={"requirements": claims})


def claims_data(product: Product) -> bool:
    """Whether some requirement is a claim about the data."""
    return any(is_of_data(each.metric) for each in product.requirements)
