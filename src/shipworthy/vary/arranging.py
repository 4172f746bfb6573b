"""The same words otherwise arranged: in other capitals, with needless blanks, in another order."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

import numpy as np

Part = Literal["sentences", "lines", "paragraphs"]

_ENDS = {
    "sentences": re.compile(r"(?<=[.!?])\s+"),
    "lines": re.compile(r"\n+"),
    "paragraphs": re.compile(r"\n\s*\n"),
}
_GAP = re.compile(r"(?<=\S) (?=\S)")
TRIES = 20


def in_case(text: str, to: Literal["upper", "lower"]) -> str | None:
    """The text in these letters; None where it is already."""
    changed = text.upper() if to == "upper" else text.lower()
    return changed if changed != text else None


def with_blanks(text: str, doubled: float, draw: np.random.Generator) -> str | None:
    """The text with a blank before and after it, and about this share of its blanks doubled; None of an empty text."""
    if not text.strip():
        return None
    return f" {_GAP.sub(lambda _: '  ' if draw.random() < doubled else ' ', text)} "


def in_order(text: str, of: Part, draw: np.random.Generator) -> str | None:
    """The text with its parts in another order, and what stood between them in its place.

    None where it has fewer than two different parts.
    """
    between = [found[0] for found in _ENDS[of].finditer(text)]
    parts = _ENDS[of].split(text)
    if len({*filter(str.strip, parts)}) < 2:
        return None
    for _ in range(TRIES):
        shuffled = _woven([parts[at] for at in draw.permutation(len(parts))], between)
        if shuffled != text:
            return shuffled
    return _woven([*parts[1:], parts[0]], [*between])


def _woven(parts: Sequence[str], between: Sequence[str]) -> str:
    """The parts with what stands between them."""
    return "".join(part + gap for part, gap in zip(parts, (*between, ""), strict=True))
