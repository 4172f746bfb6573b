"""The concept: what is to be built and why, on one page; what would not fit says what to shorten."""

from __future__ import annotations

import re
from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING

from shipworthy.documents import marking, said
from shipworthy.documents.blocks import without_blocks
from shipworthy.documents.kinds.prd import framing, standing
from shipworthy.documents.statement import Statement
from shipworthy.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shipworthy.documents.sources import Sources
    from shipworthy.spec.model import Product

MOST_LINES = 57
WIDTH = 92
"""A page of print holds so many lines of so many characters, with some room to spare."""

LONGEST = 3
_TITLE, _HEADING, _BLANK = 2.6, 2.1, 0.3


@dataclass(frozen=True)
class Concept:
    """What the concept shows."""

    name: str
    owner: Statement
    problem: tuple[tuple[str, Statement], ...]
    feature: Statement
    undoing: Statement
    money: tuple[Statement, ...]
    framing: Statement
    claims: tuple[str, ...]
    judged: Statement
    data: tuple[tuple[str, Statement], ...]
    risks: tuple[Statement, ...]
    launch: tuple[tuple[str, Statement], ...]


def view(sources: Sources) -> Concept:
    """What the concept shows; nothing but product.yaml is needed."""
    product = sources.product
    return Concept(
        product.product,
        said.owner(product),
        said.problem(product),
        said.feature(product),
        said.undoing(product),
        said.money(product),
        framing(sources),
        tuple(each.text for each in product.requirements),
        standing(sources),
        said.data(product)[:3],
        said.risks(product),
        said.launching(product)[:3],
    )


def prove(sources: Sources, text: str) -> None:
    """Return where the concept fits one page.

    Raises:
        InputError: it does not; the longest parts of product.yaml are named.
    """
    lines = lines_of(text)
    if lines <= MOST_LINES:
        return
    over = ceil(lines - MOST_LINES)
    parts = sorted(_written(sources.product), key=lambda item: -len(item[1]))[:LONGEST]
    named = ", ".join(f"{key} ({len(value):,} characters)" for key, value in parts)
    own = lines - lines_of(without_blocks(text))
    beside = f" What was written by hand takes {ceil(own)} of them." if own >= 1 else ""
    raise InputError(
        "document.too_long",
        f"the concept would not fit a page: it has about {ceil(lines)} lines, and {MOST_LINES} fit",
        where="product.yaml",
        remedy=f"Shorten it by {over} lines of {WIDTH} characters; the longest parts are {named}.{beside}",
    )


def lines_of(text: str) -> float:
    """About how many lines a Markdown text takes in print."""
    shown = re.sub(r"<!--.*?-->\n?", "", marking.as_markdown(text), flags=re.DOTALL)
    return sum(_lines(line) for line in re.sub(r"\n\s*\n+", "\n\n", shown).splitlines())


def _lines(line: str) -> float:
    if not line.strip():
        return _BLANK
    if line.startswith("# "):
        return _TITLE * ceil(len(line) / (WIDTH / 2))
    return _HEADING if line.startswith("#") else float(ceil(len(line.replace("**", "")) / WIDTH))


def _written(product: Product) -> Iterator[tuple[str, str]]:
    """The texts of product.yaml that the concept shows, by their key."""
    why, action = product.problem, product.action
    texts = {
        "product": product.product,
        "problem.who": why and why.who,
        "problem.need": why and why.need,
        "problem.today": why and why.today,
        "problem.evidence": why and why.evidence,
        "action.do": action and action.do,
        "action.undo": action and action.undo,
        "data.examples.licence": product.data.examples.licence,
        "data.examples.owner": product.data.examples.owner,
        "data.examples.consent": product.data.examples.consent,
        "risks": " ".join(map(str, product.risks)),
        "requirements": " ".join(each.text for each in product.requirements),
    }
    return ((key, text) for key, text in texts.items() if text)
