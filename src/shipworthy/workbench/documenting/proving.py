"""Whether the documents of a product still say what their records say."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from shipworthy.documents.blocks import blocks
from shipworthy.documents.checking import Difference, differences
from shipworthy.documents.pdf import INSTALL, is_installed
from shipworthy.documents.seal import Seal, seal_of
from shipworthy.documents.sources import Sources
from shipworthy.errors import InputError
from shipworthy.store import load
from shipworthy.workbench.documenting.drafting import drafted, known_kinds
from shipworthy.workbench.documenting.gathering import own_templates
from shipworthy.workbench.documenting.writing import text_of
from shipworthy.workbench.version import CODE_VERSION

if TYPE_CHECKING:
    from shipworthy.documents.building import Draft
    from shipworthy.workbench.product import Opened


@dataclass(frozen=True)
class Proof:
    """What the check of one file found: lines that differ, or in `why` what kept it from being checked.

    `failed` says whether the file is wrong; a file that merely cannot be looked at here is not.
    """

    path: Path
    failed: bool
    differences: tuple[Difference, ...] = ()
    why: str = ""
    remedy: str = ""
    next_command: str = ""


def proofs(opened: Opened, folder: Path) -> tuple[Proof, ...]:
    """Every document of a folder against the records that it names, in the order of names.

    Raises:
        InputError: there is no document.
    """
    known = known_kinds(opened)
    paths = [folder / f"{name}.{ending}" for name in sorted(known) for ending in ("md", "html", "pdf")]
    found = [path for path in paths if path.exists()]
    if not found:
        raise InputError(
            "document.none",
            f"there is no document in {folder}, so there is nothing to check",
            remedy="Run: shipworthy document",
            next_command="shipworthy document",
        )
    drafts = _Drafts(opened)
    return tuple(_proof(drafts, path) for path in found)


@dataclass(frozen=True)
class _Drafts:
    """Documents as their records have them, each made once for all of its files that name the same records."""

    opened: Opened
    made: dict[str, tuple[Seal, Draft]] = field(default_factory=dict)

    def of(self, path: Path, seal: Seal) -> Draft:
        """The document of this file."""
        same, known = replace(seal, text=""), self.made.get(path.stem)
        if known is None or known[0] != same:
            known = self.made[path.stem] = same, _rebuilt(self.opened, path, seal)
        return known[1]


def _proof(drafts: _Drafts, path: Path) -> Proof:
    try:
        return _pages(drafts, path) if path.suffix == ".pdf" else _text(drafts, path)
    except InputError as error:
        told = error.problem
        return Proof(path, failed=True, why=told.message, remedy=told.remedy, next_command=error.next_command)


def _text(drafts: _Drafts, path: Path) -> Proof:
    """A Markdown file or a page, rebuilt."""
    text = text_of(path)
    seal = _sealed(path, text)
    rebuilt = drafts.of(path, seal)
    told = blocks(text_of(path.with_suffix(".md")))
    made = rebuilt.markdown(told) if path.suffix == ".md" else rebuilt.html(told)
    found = differences(text, made)
    why = ""
    if found and seal.version != CODE_VERSION:
        why = f"it was written by Shipworthy {seal.version}, and this is {CODE_VERSION}: lines may differ by that alone"
    return Proof(path, bool(found), found, why, "Write it again: shipworthy document" if why else "")


def _pages(drafts: _Drafts, path: Path) -> Proof:
    """A PDF, set again from the Markdown beside it."""
    if not is_installed():
        return Proof(path, failed=False, why="not checked: that needs the package typst", remedy=INSTALL)
    beside = path.with_suffix(".md")
    text = text_of(beside)
    made = drafts.of(path, _sealed(beside, text)).pdf(blocks(text))
    if made == path.read_bytes():
        return Proof(path, failed=False)
    why = f"it is not the print of {beside.name} and its records"
    return Proof(path, failed=True, why=why, remedy="Make it again: shipworthy document --pdf")


def _sealed(path: Path, text: str) -> Seal:
    seal = seal_of(text)
    if seal is None:
        message = f"{path.name} does not end with the line that names its records"
        raise InputError("document.not_ours", message, remedy="Write it again: shipworthy document --force")
    return seal


def _rebuilt(opened: Opened, path: Path, seal: Seal) -> Draft:
    """The document as its records have it.

    Raises:
        InputError: a record is missing or altered, or product.yaml or the template is another one than then.
    """
    kind = known_kinds(opened)[path.stem]
    found = {verb: load(opened.workspace, named[0]) for verb, named in seal.records.items()}
    if seal.product != opened.spec_hash:
        message = "product.yaml changed since it was written"
        remedy = "Run shipworthy decide and document again."
        raise InputError("document.stale", message, remedy=remedy, next_command="shipworthy decide")
    own = own_templates(opened).get(kind.name)
    if seal.template != (own.hash if own else ""):
        message = "its template changed since it was written"
        raise InputError("document.stale", message, remedy="Write it again: shipworthy document")
    return drafted(opened, kind, Sources(opened.product, found), redact=seal.redacted)
