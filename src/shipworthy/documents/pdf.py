"""A document as PDF, set by Typst with the fonts that it brings; the content is handed over as data, never as markup."""

from __future__ import annotations

import json
from datetime import datetime
from importlib.resources import files
from importlib.util import find_spec
from typing import TYPE_CHECKING

from shipworthy.documents.print_tree import tree_of
from shipworthy.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Sequence

INSTALL = 'Install it with: pip install "shipworthy[pdf]"'


def is_installed() -> bool:
    """Whether pages can be set."""
    return find_spec("typst") is not None


def pdf_of(text: str, *, product: str, title: str, time: str, records: Sequence[str]) -> bytes:
    """The pages of a document, the same bytes each time.

    Args:
        text: Markdown with its figures, charts, marks and blocks.
        product: whose document it is, for the head of each page.
        title: what it is.
        time: of the record, as the date of the file; "" where there is none.
        records: the ids of the records it was made from.

    Raises:
        InputError: Typst is not installed, or cannot set the text.
    """
    if not is_installed():
        raise InputError("document.no_typst", "--pdf needs the package typst", remedy=INSTALL)
    import typst

    data = {
        "product": product,
        "title": title,
        "date": time[:10],
        "records": list(records),
        "blocks": tree_of(text),
    }
    when = datetime.fromisoformat(time or "2000-01-01T00:00:00Z").replace(microsecond=0)
    source = files("shipworthy.documents").joinpath("templates/document.typ").read_bytes()
    try:
        found = typst.compile(source, format="pdf", sys_inputs={"data": json.dumps(data)}, timestamp=when)
    except typst.TypstError as error:
        message = f"{title}: the page cannot be set ({' '.join(str(error).split())[:300]})"
        remedy = "The Markdown and the page for a browser can: leave --pdf away."
        raise InputError("document.not_set", message, remedy=remedy) from None
    if not isinstance(found, bytes):
        raise TypeError("a PDF is one file")
    return found
