"""Drafts of documents: of the kinds that were asked for, or of all that the records allow."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from shipworthy.documents.building import Draft, draft
from shipworthy.documents.kinds import prd
from shipworthy.documents.kinds.kind import Kind
from shipworthy.documents.kinds.table import KINDS, MEMO, kind_of
from shipworthy.documents.redaction import redacted_draft
from shipworthy.workbench.documenting.gathering import gathered, own_templates
from shipworthy.workbench.version import CODE_VERSION

if TYPE_CHECKING:
    from shipworthy.documents.own_template import OwnTemplate
    from shipworthy.documents.sources import Sources
    from shipworthy.errors import InputError
    from shipworthy.workbench.product import Opened


@dataclass(frozen=True)
class Drafts:
    """The documents that can be made, the memo last, and by name why others cannot."""

    drafts: tuple[Draft, ...]
    lacking: Mapping[str, InputError]


def known_kinds(opened: Opened) -> Mapping[str, Kind]:
    """All kinds, and those of the team's own templates, which show what the requirements document does."""
    own = {
        name: Kind(name, name.replace("-", " ").capitalize(), "a template of this folder", prd.view, uses=KINDS["prd"].uses)
        for name in own_templates(opened)
        if name not in KINDS
    }  # fmt: skip
    return {**{name: kind for name, kind in KINDS.items() if name != MEMO}, **own, MEMO: KINDS[MEMO]}


def drafts(opened: Opened, kinds: Sequence[str] = (), *, redact: bool = False) -> Drafts:
    """Drafts of these kinds, or of all that can be made.

    Raises:
        InputError: a kind is unknown, one that was asked for cannot be made, or a template is wrong.
    """
    known, found = known_kinds(opened), gathered(opened)
    for name in kinds:
        if name not in known:
            kind_of(name)
    wanted = [kind for name, kind in known.items() if name in kinds or not kinds]
    lacking = {kind.name: why for kind in wanted if (why := found.lacking(kind))}
    if kinds and lacking:
        raise next(iter(lacking.values()))
    made = [
        drafted(opened, kind, found.sources, redact=redact) for kind in wanted if kind.name not in lacking
    ]
    return Drafts(tuple(made), lacking)


def drafted(opened: Opened, kind: Kind, sources: Sources, *, redact: bool = False) -> Draft:
    """The draft of one kind from these sources, by the team's template where there is one.

    Raises:
        InputError: the template is wrong, or the document breaks a rule of its kind.
    """
    own: OwnTemplate | None = own_templates(opened).get(kind.name)
    write = redacted_draft if redact else draft
    return write(kind, sources, version=CODE_VERSION, product_hash=opened.spec_hash, own=own)
