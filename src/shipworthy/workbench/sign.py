"""Sign: a person's name under a decision, with what they take upon themselves; kept as a record of its own."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from shipworthy.errors import InputError
from shipworthy.evidence import Record, Seal, Signature
from shipworthy.sign import Wanted, signature_of
from shipworthy.store import append, latest, load, records
from shipworthy.workbench.clock import now
from shipworthy.workbench.past import changes_since, past_of
from shipworthy.workbench.version import CODE_VERSION

if TYPE_CHECKING:
    from shipworthy.workbench.product import Opened

MOST_CHANGES = 8


def sign(opened: Opened, wanted: Wanted, name: str | None = None) -> Record:
    """Sign a decision, or add dissent to it; the record holds the signature.

    Args:
        opened: the product.
        wanted: who signs what.
        name: the id of the record, or how it begins; None for the newest decision.

    Raises:
        InputError: nothing was decided, the decision is not of the present product.yaml, a record was altered, or
            something that was given is wrong or missing.
    """
    record = to_sign(opened, wanted, name)
    kept = records(opened.workspace, "sign")
    earlier = [
        each.signature for each in kept if each.signature and each.signature.signed.record == record.id
    ]
    previous = Seal(kept[-1].id, kept[-1].hash) if kept else None
    time = now()
    signature = signature_of(record, wanted, time[:10], earlier, previous)
    signed = _record(record, signature, time)
    append(opened.workspace, signed)
    return signed


def to_sign(opened: Opened, wanted: Wanted, name: str | None = None) -> Record:
    """The decision that is to be signed. Dissent alone may be added to one that product.yaml has moved away from.

    Raises:
        InputError: there is none, it was altered, or it is not of the present product.yaml.
    """
    record = load(opened.workspace, name) if name is not None else latest(opened.workspace, "decide")
    if record is None:
        raise InputError(
            "record.none",
            "nothing was decided yet, so there is nothing to sign",
            remedy="Run: shipworthy decide",
            next_command="shipworthy decide",
        )
    if wanted.decides or not wanted.dissent:
        _prove_fresh(opened, record)
    return record


def _record(record: Record, signature: Signature, time: str) -> Record:
    inputs = replace(record.provenance, queries=(), code_version=CODE_VERSION)
    return Record("sign", time, inputs, parent=record.id, signature=signature)


def _prove_fresh(opened: Opened, record: Record) -> None:
    """Return where the decision is of the present product.yaml."""
    if record.provenance.spec_hash == opened.spec_hash:
        return
    past = past_of(opened, record)
    lines = changes_since(opened, past.product).lines if past.product else ()
    more = f"; and {len(lines) - MOST_CHANGES} more" if len(lines) > MOST_CHANGES else ""
    told = f": {'; '.join(lines[:MOST_CHANGES])}{more}" if lines else f" ({past.lacking})"
    raise InputError(
        "record.stale",
        f"product.yaml changed since the decision {record.id}{told}",
        remedy="Decide again, so that the signature is under the present requirements.",
        next_command="shipworthy decide",
    )
