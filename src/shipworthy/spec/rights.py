"""Whose the data are and what allows their use: what product.yaml must say before anything ships, and what it should."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from shipworthy.spec.model import Product
from shipworthy.spec.sections import Source

NOTHING = re.compile(r"(none|no|nothing|keine?|aucune?)\b", re.IGNORECASE)
"""How a text begins that says there are no personal data."""


@dataclass(frozen=True)
class Gap:
    """Something that product.yaml does not say: of what (`the product`, a source, a column), what is missing, and what to write.

    Where it `blocks`, nothing ships while it is unsaid.
    """

    about: str
    sort: str
    message: str
    remedy: str
    blocks: bool


def gaps(product: Product) -> Iterator[Gap]:
    """Everything that is unsaid, what blocks first."""
    yield from sorted(_gaps(product), key=lambda gap: not gap.blocks)


def _gaps(product: Product) -> Iterator[Gap]:
    if not product.owner:
        remedy = "name who answers for the product, with owner:"
        yield Gap("the product", "owner", "the product has no owner", remedy, blocks=True)
    yield from _of_source("examples", product.data.examples)
    if product.data.production is not None:
        yield from _of_source("production", product.data.production)
    for item in product.protected:
        if not item.basis:
            message = f"the protected column {item.column} is held without a legal basis"
            remedy = f"state what allows you to hold it, with protected: {{{item.column}: {{basis: …}}}}"
            yield Gap(item.column, "basis", message, remedy, blocks=True)


def _of_source(role: str, source: Source) -> Iterator[Gap]:
    """What is unsaid of one source. What production looks like is only looked at, so nothing of it blocks."""
    who = "the examples" if role == "examples" else "the production data"
    verb, judged = "have", role == "examples"
    if not source.owner:
        remedy = f"name who answers for the data, with data.{role}.owner:"
        yield Gap(role, "owner", f"{who} {verb} no owner", remedy, blocks=judged)
    if not source.licence:
        remedy = f"say what allows their use, with data.{role}.licence:"
        yield Gap(role, "licence", f"{who} {verb} no licence", remedy, blocks=judged)
    if source.personal is None:
        remedy = f"say which personal data they hold, or none, with data.{role}.personal:"
        yield Gap(role, "personal", f"nobody said whether {who} {verb} personal data", remedy, blocks=False)
    elif not NOTHING.match(source.personal):
        yield from _of_personal(role, who, source)


def _of_personal(role: str, who: str, source: Source) -> Iterator[Gap]:
    """What must be said of a source with personal data."""
    if not source.basis:
        message = f"{who} hold personal data ({source.personal}) without a legal basis"
        remedy = f"state what allows you to hold them, with data.{role}.basis:"
        yield Gap(role, "basis", message, remedy, blocks=role == "examples")
    if not source.consent:
        remedy = f"say what the people in them agreed to, or why nobody was asked, with data.{role}.consent:"
        yield Gap(
            role, "consent", f"{who} hold personal data, and no consent is stated", remedy, blocks=False
        )
    if not source.retention:
        remedy = f"say how long they may be kept, with data.{role}.retention:"
        yield Gap(
            role, "retention", f"{who} hold personal data, and nobody said for how long", remedy, blocks=False
        )
