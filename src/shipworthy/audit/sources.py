"""Whose the data are, and how much of them could be read at all: findings that no row is counted for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from shipworthy.evidence import Finding
from shipworthy.evidence.audit import Colour
from shipworthy.spec.model import Product
from shipworthy.spec.rights import gaps

NAMED = 5
"""Broken lines that a finding names."""


@dataclass(frozen=True)
class Unread:
    """The lines that could not be read, as (file, line, why), and the encoding that was taken where files are not UTF-8."""

    lines: tuple[tuple[str, int, str], ...] = ()
    encoding: str = ""


def ownership(product: Product) -> Iterator[Finding]:
    """What nobody said of whose the data are, and what allows their use."""
    for gap in gaps(product):
        colour: Colour = "red" if gap.blocks else "amber"
        step = f"{gap.remedy[0].upper()}{gap.remedy[1:]}"
        yield Finding(gap.sort, gap.about, colour, gap.message, next_step=step, blocks=gap.blocks)
    source = product.data.examples
    if source.owner and source.licence:
        known = f"owner: {source.owner}; licence: {source.licence}"
        yield Finding("owner", "examples", "green", known)


def age(product: Product, newest: str, today: str) -> Iterator[Finding]:
    """How old examples are whose time of collection is stated: known, so it is told and not judged.

    Args:
        product: whose examples.
        newest: the day that the newest rows are of, or a little before, as ISO 8601 writes it; "" where rows have no time.
        today: the present day.
    """
    stated = product.data.examples.collected
    if not stated:
        return
    years = [newest[:4]] if newest else re.findall(r"\b(?:19|20)\d\d\b", stated)
    passed = int(today[:4]) - int(max(years, default=today[:4]))
    if passed > 1:
        what = (
            f"the newest rows are of {newest[:4]}, {passed} years ago; product.yaml says: collected: {stated}"
            if newest
            else f"product.yaml says: collected: {stated}, {passed} years ago"
        )
        step = "See whether the world has changed since; to have their age judged, claim freshness <= 1 year."
        yield Finding("age", "examples", "amber", what, next_step=step)


def reading(unread: Unread) -> Iterator[Finding]:
    """What of the files could not be read."""
    if unread.encoding:
        yield Finding(
            "encoding",
            "examples",
            "red",
            f"the file is not UTF-8; it was read as {unread.encoding}",
            next_step="Save it again as UTF-8; every other verb refuses it as it is.",
        )
    if unread.lines:
        yield _broken(unread.lines)


def _broken(lines: Sequence[tuple[str, int, str]]) -> Finding:
    named = "; ".join(f"{file}, line {line}: {why}" for file, line, why in lines[:NAMED])
    more = f"; and {len(lines) - NAMED} more" if len(lines) > NAMED else ""
    count = f"{len(lines)} lines" if len(lines) > 1 else "1 line"
    return Finding(
        "broken_lines",
        "examples",
        "red",
        f"{count} cannot be read and {'are' if len(lines) > 1 else 'is'} left out: {named}{more}",
        rows=len(lines),
        cost=f"{count} to mend",
        next_step="Correct them, or remove them; every other verb refuses the file as it is.",
    )
