"""The data card: a datasheet's questions, answered from product.yaml and the audit, or open."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from shipworthy.documents.datasheet import card_values

if TYPE_CHECKING:
    from shipworthy.documents.sources import Sources


def view(sources: Sources) -> Mapping[str, Any]:
    """What the card shows.

    Raises:
        InputError: the record holds no audit.
    """
    return card_values(sources.product, sources.record("audit"))
