"""Run: check, audit, train, evaluate, compare, decide and document, skipping what is fresh and saying so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from shipworthy.evidence import Record
from shipworthy.store import fresh
from shipworthy.tally.needs import Needs
from shipworthy.workbench.answering import expected_versions
from shipworthy.workbench.audit import audited, fresh_audit, write_card
from shipworthy.workbench.check import prove_ready
from shipworthy.workbench.checks.warnings import warnings
from shipworthy.workbench.compare import compared, fresh_comparison, quality_needs
from shipworthy.workbench.comparing import Options, asked_of, options_of
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
    """What a whole run found and wrote, and which steps were fresh. With one candidate there is no comparison."""

    warnings: tuple[Problem, ...]
    evaluation: Record
    decision: Record
    memo: Path
    skipped: tuple[str, ...]
    comparison: Record | None = None
    audit: Record | None = None


def run(opened: Opened, progress: Progress) -> Run:
    """Take a product from its file to a memo. Candidates are counted once, for the evaluation and the decision alike.

    Raises:
        InputError: the product or its data is wrong.
        OutsideError: a database failed.
    """
    session = Session(opened)
    progress("checking")
    prove_ready(session)
    audit = fresh_audit(session)
    audited_now = audit or audited(session, progress)
    versions = expected_versions(session)
    evaluation, decision = _fresh(session, versions, "evaluate"), _fresh(session, versions, "decide")
    if session.opened.claims_data and decision and (decision.facts or {}).get("audit") != audited_now.id:
        decision = None  # the data may say otherwise by now
    options = _options(session)
    comparison = _fresh_comparison(session, versions, options)
    found = (("audit", audit), ("evaluate", evaluation), ("compare", comparison), ("decide", decision))
    skipped = tuple(verb for verb, record in found if record)
    if not (evaluation and decision and (comparison or options is None)):
        counted = count(session, progress, _needs(session, options))
        evaluation = evaluation or judged(session, counted)
        if options is not None:
            comparison = comparison or compared(session, counted, options, progress)
        decision = decision or decided(session, counted, audited_now)
    progress("writing the memo")
    memo = write_memo(opened, decision, comparison)
    write_card(opened, audited_now)
    return Run(warnings(session), evaluation, decision, memo, skipped, comparison, audited_now)


def _options(session: Session) -> Options | None:
    """What product.yaml asks of a comparison; None where there are not two candidates to compare.

    Candidates that answer a row unequally often are judged, each with the uncertainty that it has, but not compared.
    """
    options = options_of(session.product)
    if len({each.chat.samples if each.chat else 1 for each in session.product.candidates.values()}) > 1:
        return None
    playing = {*session.product.candidates}
    return options if len(playing | ({options.champion} if options.champion else set())) > 1 else None


def _needs(session: Session, options: Options | None) -> Needs:
    """What to scan for the table of a comparison."""
    if options is None:
        return Needs()
    return quality_needs(asked_of(session.product, session.questions, options, session.task))


def _fresh_comparison(
    session: Session, versions: Mapping[str, str] | None, options: Options | None
) -> Record | None:
    """The comparison of exactly these inputs, if there is one."""
    if versions is None or options is None:
        return None
    return fresh_comparison(session, provenance_of(session, versions).fingerprint, options)


def _fresh(session: Session, versions: Mapping[str, str] | None, verb: str) -> Record | None:
    """The verb's record of exactly these inputs, if there is one."""
    if versions is None:
        return None
    return fresh(session.opened.workspace, verb, provenance_of(session, versions).fingerprint)
