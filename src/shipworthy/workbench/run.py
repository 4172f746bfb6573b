"""Run: check, train, evaluate, decide and document, skipping what is fresh and saying so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from shipworthy.errors import SpecError
from shipworthy.evidence import Record
from shipworthy.store import fresh
from shipworthy.workbench.answers import expected_versions
from shipworthy.workbench.check import check
from shipworthy.workbench.decide import decide
from shipworthy.workbench.document import write_memo
from shipworthy.workbench.evaluate import evaluate, provenance_of
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
    """Take a product from its file to a memo.

    Raises:
        InputError: the product or its data is wrong.
        OutsideError: a database failed.
    """
    progress("checking")
    checked = check(opened)
    if checked.problems:
        raise SpecError(checked.problems)
    evaluated = _fresh(opened, "evaluate")
    decided = _fresh(opened, "decide")
    evaluation = evaluated or evaluate(opened, progress)
    decision = decided or decide(opened, progress)
    progress("writing the memo")
    memo = write_memo(opened, decision)
    skipped = tuple(verb for verb, found in (("evaluate", evaluated), ("decide", decided)) if found)
    return Run(checked.warnings, evaluation, decision, memo, skipped)


def _fresh(opened: Opened, verb: str) -> Record | None:
    """The verb's record of exactly these inputs, if there is one."""
    session = Session(opened)
    versions = expected_versions(session)
    return (
        None
        if versions is None
        else fresh(opened.workspace, verb, provenance_of(session, versions).fingerprint)
    )
