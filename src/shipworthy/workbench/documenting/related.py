"""Records that belong to a document by what they are about, not by the product.yaml that they were made under."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from shipworthy.store import latest, records

if TYPE_CHECKING:
    from shipworthy.evidence import Record
    from shipworthy.store import Workspace

RELATED = ("compare", "sign", "dissent", "incident")
"""Verbs whose records are chosen so. `dissent` is a record of sign that adds an objection and nobody's signature."""


def related(workspace: Workspace, decision: Record | None) -> Mapping[str, Record]:
    """The comparison and the signature of a decision, dissent that was added to it, and the newest incident.

    Raises:
        InputError: a record is unreadable or was altered.
    """
    found = {
        "compare": _compared(workspace, decision),
        "sign": _signed(workspace, decision, by_somebody=True),
        "dissent": _signed(workspace, decision, by_somebody=False),
        "incident": latest(workspace, "incident"),
    }
    return {verb: record for verb, record in found.items() if record is not None}


def _compared(workspace: Workspace, decision: Record | None) -> Record | None:
    """The newest comparison of the inputs of a decision."""
    if decision is None:
        return None
    inputs = decision.provenance.fingerprint
    same = [each for each in records(workspace, "compare") if each.provenance.fingerprint == inputs]
    return same[-1] if same else None


def _signed(workspace: Workspace, decision: Record | None, *, by_somebody: bool) -> Record | None:
    """The newest signature of a decision, or the newest dissent that was added to it."""
    if decision is None:
        return None
    found = [
        each
        for each in records(workspace, "sign")
        if each.signature
        and each.signature.signed.record == decision.id
        and (each.signature.by is not None) == by_somebody
    ]
    return found[-1] if found else None
