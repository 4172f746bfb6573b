"""Documents written to disk: what people wrote between markers stays, what they wrote elsewhere is not overwritten."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from shipworthy.documents.blocks import Block, blocks
from shipworthy.documents.checking import Difference, differences
from shipworthy.documents.pdf import is_installed
from shipworthy.documents.seal import is_edited, seal_of
from shipworthy.errors import InputError, Place
from shipworthy.store import keep_bytes, keep_text

if TYPE_CHECKING:
    from shipworthy.documents.building import Draft

MOST_LINES = 5
"""Lines that would be lost are named up to so many."""


@dataclass(frozen=True)
class Prepared:
    """A document as it will stand on disk, with the blocks that people wrote into the present one."""

    draft: Draft
    blocks: tuple[Block, ...]
    markdown: str
    html: str


def prepared(draft: Draft, folder: Path) -> Prepared:
    """A document with the blocks of the file that it replaces.

    Raises:
        InputError: the file cannot be read, or the document breaks a rule of its kind.
    """
    told = blocks(text_of(folder / f"{draft.kind.name}.md"))
    return Prepared(draft, told, draft.markdown(told), draft.html(told))


def written(
    documents: Sequence[Prepared], folder: Path, *, pdf: bool = False, force: bool = False
) -> list[Path]:
    """Write documents, all of them or none; the paths in their order, the page of each after its Markdown.

    A PDF that is there already is set anew, so that none is left behind.

    Raises:
        InputError: a file was edited outside people's blocks or is not one of ours, a page cannot be set, or the place
            cannot be written.
    """
    texts = {
        folder / f"{each.draft.kind.name}.{ending}": made
        for each in documents
        for ending, made in (("md", each.markdown), ("html", each.html))
    }
    if not force:
        for path, made in texts.items():
            _prove_ours(path, made)
    pages = {
        path: each.draft.pdf(each.blocks)
        for path, each in ((folder / f"{each.draft.kind.name}.pdf", each) for each in documents)
        if pdf or (path.exists() and is_installed())
    }
    for path, content in pages.items():
        keep_bytes(path, content)
    for path, made in texts.items():
        keep_text(path, made)
    return [*pages, *texts]


def text_of(path: Path) -> str:
    """The text of a file as its bytes have it; "" where there is none.

    Raises:
        InputError: it cannot be read as UTF-8.
    """
    try:
        return path.read_bytes().decode() if path.exists() else ""
    except (OSError, UnicodeDecodeError) as error:
        message = f"{path.name} cannot be read: {error}"
        remedy = "Save it as text in UTF-8, or move it away."
        raise InputError("document.unreadable", message, where=str(path), remedy=remedy) from None


def _prove_ours(path: Path, made: str) -> None:
    """Return where a file may be overwritten: it is ours, and no hand changed it outside people's blocks."""
    text = text_of(path)
    if not text:
        return
    seal = seal_of(text)
    if seal is None:
        message = (
            f"{path.name} does not end with the line that Shipworthy writes, so it may be somebody's work"
        )
        remedy = "Move it away, or overwrite it with --force."
        raise InputError("document.not_ours", message, where=str(path), remedy=remedy)
    if is_edited(text, seal):
        raise _edited(path, differences(text, made))


def _edited(path: Path, found: Sequence[Difference]) -> InputError:
    lines = [each for each in found if each.found]
    shown = "; ".join(f"line {each.line}: {each.found.strip()}" for each in lines[:MOST_LINES])
    more = f"; and {len(lines) - MOST_LINES} more" if len(lines) > MOST_LINES else ""
    told = f", and would lose {shown}{more}" if lines else ""
    where = Place(str(path), lines[0].line if lines else None)
    markers = "Put what is yours between <!-- yours: … --> and <!-- end --> in the .md file"
    remedy = f"{markers}, or overwrite it with --force."
    return InputError(
        "document.edited",
        f"{path.name} was edited by hand{told}",
        where=where,
        remedy=remedy,
        next_command="shipworthy document --check",
    )
