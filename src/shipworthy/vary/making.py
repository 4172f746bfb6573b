"""Which variant a text gets, as product.yaml asks for it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from shipworthy.vary.arranging import in_case, in_order, with_blanks
from shipworthy.vary.slips import with_slips

if TYPE_CHECKING:
    from shipworthy.spec.varying import Variants

Maker = Callable[[str, str], str | None]
"""The variant of a text in the row of an id; None where the text cannot be varied."""

_MADE: Mapping[str, Callable[[Any, str, np.random.Generator], str | None]] = {
    "typo": lambda how, text, draw: with_slips(text, how.edits, draw),
    "case": lambda how, text, _: in_case(text, how.to),
    "whitespace": lambda how, text, draw: with_blanks(text, how.doubled, draw),
    "order": lambda how, text, draw: in_order(text, how.of, draw),
}


def maker(variants: Variants, name: str) -> Maker:
    """The maker of a variant: the same text in the row of the same id always gets the same variant.

    Args:
        variants: the section of product.yaml.
        name: one of its variants but `paraphrase`, which people wrote.
    """
    how, make = getattr(variants, name), _MADE[name]

    def made(text: str, row_id: str) -> str | None:
        found = make(how, text, _draw(variants.seed, name, row_id, text))
        return None if found == text else found

    return made


def _draw(seed: int, *names: str) -> np.random.Generator:
    """Chance that depends on these names and on nothing else."""
    digest = hashlib.sha256("\x1f".join((str(seed), *names)).encode()).digest()
    return np.random.default_rng(int.from_bytes(digest[:8], "big"))
