"""The columns that no candidate and no labeller may read, as they tell the answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from shipworthy.workbench.session import Session


def secret_columns(session: Session) -> dict[str, str]:
    """These columns, with what each is. Where a label is known at once, its time is that of the row, which is no secret."""
    source = session.product.data.examples
    told = {
        session.product.label: "the label that it is to predict",
        source.second_label: "which repeats the label that it is to predict",
        source.label_time: "which says when the label that it is to predict was known",
    }
    return {column: what for column, what in told.items() if column and column != source.time}
