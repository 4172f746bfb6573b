"""Candidates that cannot be explained: why, and what helps instead."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

from shipworthy.evidence.explanation import Explained
from shipworthy.workbench.answering import expected_version
from shipworthy.workbench.explaining.mistakes import recorded_mistakes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shipworthy.evidence import Record
    from shipworthy.spec.cascade import Cascade
    from shipworthy.spec.model import Candidate
    from shipworthy.workbench.session import Session
    from shipworthy.workbench.train import Progress


TRAINED = ("binary", "multiclass", "regression")
MOST_FAILED = 3


def unexplained(
    session: Session, name: str, candidate: Candidate, record: Record | None, progress: Progress
) -> Explained:
    """A chat model, a recording or a cascade: that it cannot be explained, and what helps instead."""
    version = expected_version(session, name) or ""
    product = session.opened.shown.removesuffix("product.yaml").rstrip("/") or "."
    if candidate.chat is not None:
        cannot, instead = _chat(shlex.join(["shipworthy", "probe", product, "--candidate", name]))
    elif candidate.cascade is not None:
        cannot, instead = _cascade(candidate.cascade, product)
    else:
        cannot, instead = _recorded(product, trains=session.task.kind in TRAINED)
    known = candidate.kind == "recorded"  # others would have to be asked first
    wrong = recorded_mistakes(session, name, candidate, progress) if known else None
    instead = (*instead, *_failed(record, name))
    return Explained(name, candidate.kind, version, mistakes=wrong, cannot=cannot, instead=instead)


def _failed(record: Record | None, name: str) -> Iterator[str]:
    """Some answers that graders failed, from the newest evaluation."""
    candidates = record.evaluation.candidates if record is not None and record.evaluation is not None else ()
    for facts in candidates:
        if facts.name == name:
            for each in facts.failed[:MOST_FAILED]:
                yield f"Read an answer that failed: row {each.id}, {each.grader}: {each.why}"


def _chat(probe: str) -> tuple[str, tuple[str, ...]]:
    why = (
        "It is a language model behind an endpoint. Its weights are not here, and what it says of its own reasons"
        " is a text like any other, not what made the answer."
    )
    return why, (
        f"Ask it several times about one row, with and without a value changed: {probe} --row ID --var COLUMN=VALUE",
        f"List what was asked, and count what went wrong: {probe} --log",
    )


def _recorded(product: str, *, trains: bool) -> tuple[str, tuple[str, ...]]:
    why = "It is a recording: its answers are known, and nothing can be asked again with another value."
    ask = "Ask whoever made it for the reasons of each answer."
    train = f"Write a trained candidate over the same columns, and explain that: shipworthy train {shlex.quote(product)}"
    return why, (ask, train) if trains else (ask,)


def _cascade(cascade: Cascade, product: str) -> tuple[str, tuple[str, ...]]:
    parts = (cascade.first, cascade.then)
    why = f"It is a cascade of {' and '.join(parts)}: an answer is that of one of the two."
    explain = ["shipworthy", "explain", product, "--candidate"]
    return why, tuple(f"Explain the one that answered: {shlex.join([*explain, part])}" for part in parts)
