"""Variants of inputs: which are made, what a candidate answers to them, and what that amounts to."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from shipworthy.evidence.record import content_hash
from shipworthy.store import keep_text
from shipworthy.vary import variant_tallies
from shipworthy.workbench.chatting.terms import plain_name
from shipworthy.workbench.varying.answering import pairs_of
from shipworthy.workbench.varying.rows import variants_of

if TYPE_CHECKING:
    from shipworthy.query.scan import Log
    from shipworthy.spec.varying import Variants
    from shipworthy.tally.scan import Tallies
    from shipworthy.vary import Pair
    from shipworthy.workbench.answering import Answers
    from shipworthy.workbench.session import Session
    from shipworthy.workbench.train import Progress
    from shipworthy.workbench.varying.rows import Written

ASKED = ("rule", "trained", "chat")
"""The kinds of candidates that can be asked anew."""


@dataclass(frozen=True, eq=False)
class Varied:
    """What became of a candidate's answers: tallies over inputs, and what a reader should know."""

    tallies: Tallies
    notes: tuple[str, ...] = ()


def tried_variants(session: Session, each: Answers, log: Log, progress: Progress) -> Varied:
    """What a candidate answers to each variant, kept for people to read; nothing where none is asked for.

    Raises:
        InputError: a candidate cannot answer.
        OutsideError: the endpoint of a chat candidate fails; what was answered is kept.
    """
    needs, stability = session.asked.needs_of("variants"), session.product.stability
    if stability is None or stability.variants is None or each.kind == "baseline":
        return Varied(variant_tallies({}, needs))
    if each.kind not in ASKED:
        why = f"no variant was tried on {each.name}: a {each.kind} candidate cannot be asked anew"
        return Varied(variant_tallies({}, needs), (why,))
    written = variants_of(session, stability.variants)
    found = {
        name: pairs_of(session, each, log, written[name], needs.sliced_by, progress)
        for name in stability.variants.names
    }
    file = _kept(session, each, stability.variants, written, found)
    notes = (
        *(_counted(name, found[name], written[name]) for name in found),
        f"each answer beside its original: {file}",
    )
    return Varied(variant_tallies(found, needs), notes)


def _counted(name: str, pairs: Sequence[Pair], written: Written) -> str:
    """How many answers changed, and how many rows there was a variant of."""
    changed, unknown = (sum(each.changed is state for each in pairs) for state in (True, None))
    told = f"{name}: {changed:,} of {len(pairs):,} answers change"
    told += f", {unknown:,} could not be compared" if unknown else ""
    left = written.looked_at - written.rows.num_rows
    return told + (f"; {left:,} of {written.looked_at:,} rows cannot be varied so" if left else "")


def _kept(
    session: Session,
    each: Answers,
    variants: Variants,
    written: Mapping[str, Written],
    found: Mapping[str, Sequence[Pair]],
) -> str:
    """The file of every answer beside that to the original, those that changed first, as it is named to people."""
    basis = [session.fingerprint, each.version, variants.model_dump(mode="json")]
    file = f"logs/variants-{plain_name(each.name)}-{content_hash(basis)[:16]}.json"
    rows = [
        {
            "id": pair.original.id,
            "variant": name,
            "changed": pair.changed,
            "original": written[name].before.get(_row_id(pair, each)),
            "written": written[name].after.get(_row_id(pair, each)),
            "answer": pair.original.answer,
            "answer to the variant": pair.variant.answer,
        }
        for name, pairs in found.items()
        for pair in sorted(pairs, key=lambda pair: (True, None, False).index(pair.changed))
    ]
    keep_text(session.opened.workspace.folder / file, json.dumps(rows, ensure_ascii=False, indent=1) + "\n")
    return f"{session.opened.workspace.folder.name}/{file}"


def _row_id(pair: Pair, each: Answers) -> str:
    """The id of the row, without the number of the sample."""
    return pair.original.id.rpartition("#")[0] if each.repeated else pair.original.id
