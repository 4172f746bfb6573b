"""The table of all kinds, in the order in which they are listed and written: the memo last."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shipworthy.documents.kinds import data_card, memo, prd
from shipworthy.documents.kinds.kind import Kind
from shipworthy.errors import InputError, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Mapping

MEMO = "decision-memo"

KINDS: Mapping[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind(
            "prd", "Requirements document", "what it must do, on what data, and what is known of it by now",
            prd.view, uses=("decide", "audit", "frame"),
        ),
        Kind(
            "data-card", "Data card", "what anybody should ask of the data, answered or open",
            data_card.view, needs=("audit",), page="data_card.html.j2",
        ),
        Kind(
            MEMO, "Decision memo", "the answer, the evidence, and what would change it",
            memo.view, needs=("decide",), uses=("compare",), page="memo.html.j2",
        ),
    )
}  # fmt: skip


def kind_of(name: str) -> Kind:
    """The kind with this name.

    Raises:
        InputError: there is none.
    """
    if name not in KINDS:
        raise InputError(
            "document.kind",
            f"{name!r} is no kind of document",
            remedy=f"{did_you_mean(name, KINDS)} See them all: shipworthy document --list",
            next_command="shipworthy document --list",
        )
    return KINDS[name]
