"""Who decided, against whose objection, and who can stop it, as signatures and product.yaml say."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from shipworthy.documents.answer import WORDS
from shipworthy.documents.statement import Statement, assumption, evidence, unanswered
from shipworthy.documents.wording import listed

if TYPE_CHECKING:
    from shipworthy.documents.sources import Sources
    from shipworthy.evidence import Record, Signature

COMMAND = "shipworthy sign"


def decided(sources: Sources) -> tuple[Statement, ...]:
    """Whose name stands under the decision, why, and who thinks otherwise."""
    found = _signature(sources.records.get("sign"))
    if found is None:
        return (unanswered("who takes the decision", run=COMMAND),)
    record, signature = found
    return tuple(evidence(told, record=record.id) for told in _signed(record, signature)) + dissent(sources)


def _signed(record: Record, found: Signature) -> Iterator[str]:
    answer = WORDS[found.answer] if found.answer else ""
    what = f"{answer} {found.candidate}" if found.candidate and found.answer == "ship" else answer
    because = f", because {found.because.rstrip('.')}" if found.because else ""
    yield f"{found.by} signed on {record.time[:10]}: {what}{because}."
    if found.override:
        yield f"That is against the evidence, which says: {WORDS[found.decided].lower()}."
    if found.revisit:
        yield f"It is looked at again on {found.revisit}."


def dissent(sources: Sources) -> tuple[Statement, ...]:
    """Who thinks otherwise, with the signature or after it."""
    found = (_signature(sources.records.get(name)) for name in ("sign", "dissent"))
    return tuple(
        evidence(f"{each.name} thinks otherwise: {each.says.rstrip('.')}.", record=record.id)
        for record, signature in filter(None, found)
        for each in signature.dissent
    )


def risks_left(sources: Sources) -> tuple[Statement, ...]:
    """The risks that whoever signed takes upon themselves."""
    found = _signature(sources.records.get("sign"))
    if found is None:
        return ()
    record, signature = found
    return tuple(evidence(f"{risk.rstrip('.')}.", record=record.id) for risk in signature.risks)


def stopping(sources: Sources) -> tuple[Statement, ...]:
    """Who may turn it off, and what stops it by itself."""
    launch = sources.product.launch
    found = _signature(sources.records.get("sign"))
    told: list[Statement] = []
    if found and found[1].kill_switch:
        told.append(evidence(f"{found[1].kill_switch} may turn it off.", record=found[0].id))
    elif launch and launch.owner:
        told.append(assumption(f"{launch.owner} decides about each stage."))
    else:
        told.append(unanswered("who may turn it off", run=f'{COMMAND} --kill-switch "NAME"'))
    if launch and launch.stop_if:
        told.append(assumption(f"It stops when {listed([each.text for each in launch.stop_if], 'or')}."))
    return tuple(told)


def _signature(record: Record | None) -> tuple[Record, Signature] | None:
    return (record, record.signature) if record is not None and record.signature is not None else None
