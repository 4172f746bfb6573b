"""Compare: every challenger against the champion, on the same test rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from shipworthy.compare import Asked, Joined, contest_of, pair_needs, quality_of
from shipworthy.errors import InputError
from shipworthy.evidence import Contest, Evaluation, Record
from shipworthy.judge.comparison import estimate_of
from shipworthy.metrics import measure
from shipworthy.misuse.pairing import paired_attacks
from shipworthy.query.pairs import PairedLog, scan_pairs
from shipworthy.store import append, records
from shipworthy.tally.needs import OVERALL, Needs
from shipworthy.workbench.answering.copying import local_log
from shipworthy.workbench.clock import now
from shipworthy.workbench.comparing import Options, asked_of, champion_of, options_of
from shipworthy.workbench.evaluate import Counted, count, evaluation_of, provenance
from shipworthy.workbench.session import Session

if TYPE_CHECKING:
    from shipworthy.query.scan import Log
    from shipworthy.workbench.product import Opened
    from shipworthy.workbench.train import Progress

LEVEL = 0.95


def compare(
    opened: Opened,
    progress: Progress,
    champion: str | None = None,
    metrics: Sequence[str] = (),
    margins: Sequence[str] = (),
) -> Record:
    """Hold every challenger against the champion, keep the record, and return it.

    Args:
        opened: the product.
        progress: hears each step.
        champion: who is to be beaten; None for the one of product.yaml, the last that shipped, or the best.
        metrics: what is compared; empty for what product.yaml says, or what it requires.
        margins: how much worse still counts as no worse: `0.01` for every share, `recall=0.01` for one metric.

    Raises:
        InputError: the product or its data is wrong, or there is nothing to compare.
        OutsideError: a database failed.
    """
    options = options_of(opened.product, champion, metrics, margins)
    session = Session(opened)
    found = asked_of(opened.product, session.questions, options, session.task)
    return compared(session, count(session, progress, quality_needs(found)), options, progress)


def quality_needs(found: Asked) -> Needs:
    """What to scan of each candidate for the table."""
    name = quality_of(found)
    quality = next(each.definition for each in found.questions if each.name == name)
    return quality.needs(OVERALL) if quality.subject == "answers" else Needs()


def compared(session: Session, counted: Sequence[Counted], options: Options, progress: Progress) -> Record:
    """The kept record of a comparison of candidates that were counted."""
    opened = session.opened
    found = asked_of(session.product, session.questions, options, session.task)
    evaluation = evaluation_of(session, counted, 1)
    champion, why = champion_of(opened, evaluation, options)
    pairs = {
        each.facts.name: _scanned(session, each, _named(counted, champion), found, progress)
        for each in counted
        if each.facts.eligible and each.facts.name != champion
    }
    complete = _with_quality(evaluation, counted, found)
    contest = contest_of(found, complete, pairs, champion, why)
    inputs = provenance(session, counted)
    parents = [
        each.id
        for each in records(opened.workspace, "evaluate")
        if each.provenance.fingerprint == inputs.fingerprint
    ]
    facts = {"asked": options.as_facts}
    record = Record(
        "compare", now(), inputs, facts=facts, parent=parents[-1] if parents else None, contest=contest
    )
    append(opened.workspace, record)
    return record


def fresh_comparison(session: Session, fingerprint: str, options: Options) -> Record | None:
    """The newest comparison of exactly these inputs that was asked the same."""
    found = [
        each
        for each in records(session.opened.workspace, "compare")
        if each.provenance.fingerprint == fingerprint and (each.facts or {}).get("asked") == options.as_facts
    ]
    return found[-1] if found else None


def exit_code(contest: Contest) -> int:
    """What the verdicts on what was asked say.

    0: some challenger is better, or no worse, in all of it. 1: every challenger is worse in some. 3: otherwise.
    """
    standings = [contest.standing(name) for name in contest.challengers]
    if any(standing in ("better", "no_worse") for standing in standings):
        return 0
    return 1 if all(standing == "worse" for standing in standings) else 3


def _named(counted: Sequence[Counted], name: str) -> Counted:
    return next(each for each in counted if each.facts.name == name)


def _scanned(
    session: Session, challenger: Counted, champion: Counted, found: Asked, progress: Progress
) -> Joined:
    """A challenger's test rows joined with the champion's, in one statement."""
    names = (challenger.facts.name, champion.facts.name)
    progress(f"comparing {names[0]} with {names[1]}")
    logs = (challenger.log, champion.log)
    if logs[0].engine is not logs[1].engine:
        logs = (_local(session, challenger), _local(session, champion))
    reviewed = (challenger.tallies.reviewed, champion.tallies.reviewed)
    unanswered = any(each.facts.scored < each.facts.rows for each in (challenger, champion))
    asked = pair_needs(found, logs[0].task, reviewed, unanswered=unanswered)
    tallies = scan_pairs(PairedLog(*logs, found.columns), asked)
    common = int(tallies.overall.rows.sum())
    if not common == challenger.facts.rows == champion.facts.rows:
        raise InputError(
            "compare.rows",
            f"{names[0]} has {challenger.facts.rows:,} test rows and {names[1]} {champion.facts.rows:,}; joined by id "
            f"there are {common:,}",
            remedy="Give every candidate one answer to each row, or all of them equally many.",
        )
    attacks = paired_attacks(challenger.tried, champion.tried, found.attack_needs)
    expired = {
        grader: f"{each.facts.name}: {why}"
        for each in (champion, challenger)
        for grader, why in each.tallies.uncalibrated.items()
    }
    tallies = replace(tallies, beside={"attacks": attacks}, uncalibrated=expired)
    return Joined(tallies, logs[0].task, reviewed)


def _local(session: Session, each: Counted) -> Log:
    """The log where the embedded engine can join it."""
    facts, log = each.facts, each.log
    table = local_log(session, facts.name, facts.version, log.engine, log.table)
    return replace(log, engine=session.local, table=table)


def _with_quality(evaluation: Evaluation, counted: Sequence[Counted], found: Asked) -> Evaluation:
    """The evaluation with the table's metric, where no requirement and no headline asked for it."""
    quality = quality_of(found)
    if any(each.metric == quality for each in evaluation.estimates):
        return evaluation
    definition = next(each.definition for each in found.questions if each.name == quality)
    more = [
        estimate_of(
            definition, measure(definition, each.tallies, OVERALL, LEVEL), 0, each.facts.name, {}, LEVEL
        )
        for each in counted
    ]
    return replace(evaluation, estimates=(*evaluation.estimates, *more))
