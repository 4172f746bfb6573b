"""Where a product's labels are kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from shipworthy.store.labels.opening import Labels
    from shipworthy.workbench.product import Opened


def open_labels(opened: Opened, of: str = "") -> Labels:
    """The queue of a product, made where it is missing: in its workspace, or in the database that product.yaml names.

    Args:
        opened: the product.
        of: what the queue holds, where it does not hold the rows of the examples.

    Raises:
        InputError: the place cannot be written, or is no database.
        OutsideError: the database does not answer.
    """
    from shipworthy.store.labels.opening import open_file, open_url

    section = opened.product.labelling
    if section.store is not None:
        return open_url(section.store, (section.queue or opened.product.label) + of)
    return open_file(opened.workspace.folder, opened.product.label + of)


def open_answer_queue(opened: Opened, grader: str) -> Labels:
    """The queue of the answers that one judge judged, made where it is missing.

    Raises:
        InputError: the place cannot be written, or is no database.
        OutsideError: the database does not answer.
    """
    return open_labels(opened, f": answers for {grader}")


def kept_answer_queue(opened: Opened, grader: str) -> Labels | None:
    """The queue of the answers that one judge judged, where one was ever made; nothing is made."""
    if opened.product.labelling.store is None and not opened.workspace.database.exists():
        return None
    return open_answer_queue(opened, grader)


def kept_labels(opened: Opened) -> Labels | None:
    """The queue of a product where one was ever made; nothing is made."""
    if opened.product.labelling.store is None and not opened.workspace.database.exists():
        return None
    product = opened.product
    if product.data.examples.id is None and product.predicts.kind != "ranking":
        return None
    return open_labels(opened)
