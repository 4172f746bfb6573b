"""The decision memo: what was decided, on what evidence, and what would change it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from shipworthy.documents.memo import memo_values

if TYPE_CHECKING:
    from shipworthy.documents.sources import Sources


def view(sources: Sources) -> Mapping[str, Any]:
    """What the memo shows.

    Raises:
        InputError: the record holds no decision.
    """
    return memo_values(sources.judged, sources.record("decide"), sources.records.get("compare"))
