"""Candidates that cannot be explained: why, and what helps instead."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

from shipworthy.evidence.explanation import Explained
from shipworthy.workbench.answering import expected_version

if TYPE_CHECKING:
    from shipworthy.spec.model import Candidate
    from shipworthy.workbench.session import Session


def unexplained(session: Session, name: str, candidate: Candidate) -> Explained:
    """A chat model, a recording or a cascade: that it cannot be explained, and what helps instead."""
    version = expected_version(session, name) or ""
    product = session.opened.shown.removesuffix("product.yaml").rstrip("/") or "."
    probe = shlex.join(["shipworthy", "probe", product, "--candidate", name])
    cannot, instead = {
        "chat": _chat(probe),
        "recorded": _recorded(product),
        "cascade": _cascade(candidate, product),
    }[candidate.kind]
    return Explained(name, candidate.kind, version, cannot=cannot, instead=instead)


def _chat(probe: str) -> tuple[str, tuple[str, ...]]:
    why = (
        "It is a language model behind an endpoint. Its weights are not here, and what it says of its own reasons"
        " is a text like any other, not what made the answer."
    )
    return why, (
        f"Ask it several times about one row, with and without a value changed: {probe} --row ID --var COLUMN=VALUE",
        f"Keep what went wrong, by kind: {probe} --log",
    )


def _recorded(product: str) -> tuple[str, tuple[str, ...]]:
    why = "It is a recording: its answers are known, and nothing can be asked again with another value."
    return why, (
        "Ask whoever made it for the reasons of each answer.",
        f"Train a candidate on the same columns, and explain that: shipworthy train {shlex.quote(product)}",
    )


def _cascade(candidate: Candidate, product: str) -> tuple[str, tuple[str, ...]]:
    parts = (candidate.cascade.first, candidate.cascade.then) if candidate.cascade else ()
    why = f"It is a cascade of {' and '.join(parts)}: an answer is that of one of the two."
    explain = ["shipworthy", "explain", product, "--candidate"]
    return why, tuple(f"Explain the one that answered: {shlex.join([*explain, part])}" for part in parts)
