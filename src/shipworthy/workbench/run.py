"""Run: check, train, evaluate, decide and document, skipping what is fresh and saying so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from shipworthy.evidence import Record
from shipworthy.store import fresh
from shipworthy.workbench.answers import expected_versions
from shipworthy.workbench.check import prove_ready
from shipworthy.workbench.checks.warnings import warnings
from shipworthy.workbench.decide import decided
from shipworthy.workbench.document import write_memo
from shipworthy.workbench.evaluate import count, judged, provenance_of
from shipworthy.workbench.session import Session

if TYPE_CHECKING:
    from pathlib import Path

    from shipworthy.errors import Problem
    from shipworthy.workbench.product import Opened
    from shipworthy.workbench.train import Progress


@dataclass(frozen=True)
class Run:
    """What a whole run found and wrote, and which steps were fresh."""

    warnings: tuple[Problem, ...]
    evaluation: Record
    decision: Record
    memo: Path
    skipped: tuple[str, ...]


def run(opened: Opened, progress: Progress) -> Run:
    """Take a product from its file to a memo. Candidates are counted once, for the evaluation and the decision alike.

    Raises:
        InputError: the product or its data is wrong.
        OutsideError: a database failed.
    """
    session = Session(opened)
    progress("checking")
    prove_ready(session)
    versions = expected_versions(session)
    evaluation, decision = _fresh(session, versions, "evaluate"), _fresh(session, versions, "decide")
    skipped = tuple(verb for verb, found in (("evaluate", evaluation), ("decide", decision)) if found)
    if not (evaluation and decision):
        counted = count(session, progress)
        evaluation = evaluation or judged(session, counted)
        decision = decision or decided(session, counted)
    progress("writing the memo")
    return Run(warnings(session), evaluation, decision, write_memo(opened, decision), skipped)


def _fresh(session: Session, versions: Mapping[str, str] | None, verb: str) -> Record | None:
    """The verb's record of exactly these inputs, if there is one."""
    if versions is None:
        return None
    return fresh(session.opened.workspace, verb, provenance_of(session, versions).fingerprint)
