"""What a product's documents may be made from: its newest records that still fit product.yaml."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from shipworthy.documents.kinds.table import KINDS
from shipworthy.documents.own_template import OwnTemplate
from shipworthy.documents.sources import Sources
from shipworthy.errors import InputError
from shipworthy.store import latest
from shipworthy.workbench.documenting.related import RELATED, related

if TYPE_CHECKING:
    from pathlib import Path

    from shipworthy.documents.kinds.kind import Kind
    from shipworthy.workbench.product import Opened

NOTHING = {
    "decide": "nothing was decided yet",
    "audit": "the data were not audited yet",
    "evaluate": "nothing was evaluated yet",
    "risks": "the risks were not looked at yet",
    "incident": "no incident is on record",
}
OPENING = {"incident": 'shipworthy incident --open "what was said" --as NAME'}
"""Commands that need more than their name to make a record."""

TEMPLATES = "documents"
ENDING = ".md.j2"


@dataclass(frozen=True)
class Gathered:
    """Records by verb, and the ids of newer ones that were made before product.yaml changed."""

    sources: Sources
    stale: Mapping[str, str]

    def lacking(self, kind: Kind) -> InputError | None:
        """Why a kind cannot be made, with the command that would change it; None where it can."""
        verb = next((verb for verb in kind.needs if verb not in self.sources.records), None)
        if verb is None:
            return None
        command = f"shipworthy {verb}"
        if verb in self.stale:
            made = "decision" if verb == "decide" else verb
            message = f"product.yaml changed since the {made} {self.stale[verb]}"
            remedy = (
                f"Run {command} again, so that the {kind.title.lower()} speaks of the present requirements."
            )
            return InputError("record.stale", message, remedy=remedy, next_command=command)
        missing = NOTHING.get(verb, f"there is no record of {verb} yet")
        message = f"{missing}, so there is no {kind.title.lower()}"
        return InputError(
            "record.none", message, remedy=f"Run: {OPENING.get(verb, command)}", next_command=command
        )


def gathered(opened: Opened) -> Gathered:
    """The newest records of each verb that some kind names; of comparisons that of the decision's inputs.

    Raises:
        InputError: a record is unreadable or was altered.
    """
    verbs = dict.fromkeys(verb for kind in KINDS.values() for verb in kind.verbs)
    newest = {verb: latest(opened.workspace, verb) for verb in verbs}
    found = {verb: each for verb, each in newest.items() if each}
    fits = {verb: each for verb, each in found.items() if each.provenance.spec_hash == opened.spec_hash}
    for verb in RELATED:
        fits.pop(verb, None)
    kept = {**fits, **related(opened.workspace, fits.get("decide"))}
    stale = {verb: each.id for verb, each in found.items() if verb not in kept}
    return Gathered(Sources(opened.product, kept), stale)


def own_templates(opened: Opened) -> Mapping[str, OwnTemplate]:
    """The templates of the product folder by the name of their document.

    Raises:
        InputError: one cannot be read.
    """
    paths = sorted((opened.folder / TEMPLATES).glob(f"*{ENDING}"))
    return {path.name.removesuffix(ENDING): OwnTemplate(_shown(opened, path), _text(path)) for path in paths}


def _shown(opened: Opened, path: Path) -> str:
    return path.relative_to(opened.folder).as_posix()


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        message = f"{path.name} cannot be read: {error}"
        raise InputError(
            "document.unreadable", message, where=str(path), remedy="Save it as text in UTF-8."
        ) from None
