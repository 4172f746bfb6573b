"""Evaluate: every candidate's log against every requirement, in one scan each."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from shipworthy.errors import InputError
from shipworthy.evaluate import (
    Frozen,
    answered,
    confusion_of,
    freeze,
    reliability_of,
    validation_needs,
)
from shipworthy.evidence import CandidateFacts, Evaluation, Provenance, Record
from shipworthy.metrics.outcomes import silent_cells
from shipworthy.query.scan import Log, scan
from shipworthy.query.split import TEST, VALIDATION
from shipworthy.store import append
from shipworthy.tally.needs import OVERALL
from shipworthy.tally.scan import Tallies
from shipworthy.workbench.answers import Answers, answers
from shipworthy.workbench.check import prove_ready
from shipworthy.workbench.clock import now
from shipworthy.workbench.session import Session
from shipworthy.workbench.train import Progress, train
from shipworthy.workbench.version import CODE_VERSION

if TYPE_CHECKING:
    from shipworthy.evidence import Estimate, Verdict
    from shipworthy.workbench.product import Opened


@dataclass(frozen=True, eq=False)
class Counted:
    """One candidate counted: its facts, and the tallies of its test rows."""

    facts: CandidateFacts
    tallies: Tallies


def evaluate(opened: Opened, progress: Progress) -> Record:
    """Judge every candidate, keep the record, and return it.

    Raises:
        InputError: the product or its data is wrong.
        OutsideError: a database failed.
    """
    session = Session(opened)
    return judged(session, count(session, progress))


def judged(session: Session, counted: Sequence[Counted]) -> Record:
    """The kept record of an evaluation of candidates that were counted."""
    record = Record("evaluate", now(), provenance(session, counted), evaluation_of(session, counted, 1))
    append(session.opened.workspace, record)
    return record


def count(session: Session, progress: Progress) -> tuple[Counted, ...]:
    """Train what is stale, answer with every candidate, freeze thresholds, and scan the test rows."""
    prove_ready(session)
    trained = {training.candidate: training for training in train(session, progress)}
    return tuple(_counted(session, each, progress) for each in answers(session, trained, progress))


def _counted(session: Session, each: Answers, progress: Progress) -> Counted:
    progress(f"counting {each.name}")
    frozen = _frozen(session, each)
    log = test_log(session, each, frozen)
    tallies = scan(log, session.questions.needs)
    overall = tallies.overall
    rows = int(overall.rows.sum())
    unanswered = int(overall.count(dict.fromkeys(silent_cells(session.task), 1.0)).sum())
    notes = (*each.notes, *_unanswered_note(session, unanswered, rows))
    facts = CandidateFacts(
        each.name,
        each.kind,
        each.version,
        each.kind != "baseline",
        rows,
        rows - unanswered,
        notes=notes,
        reliability=reliability_of(session.questions, tallies),
    )
    if frozen:
        facts = replace(facts, threshold=frozen.threshold, threshold_why=frozen.why, curve=frozen.curve)
    return Counted(replace(facts, confusion=confusion_of(tallies, session.task)), tallies)


def _unanswered_note(session: Session, unanswered: int, rows: int) -> tuple[str, ...]:
    if not unanswered:
        return ()
    held = "bounds hold however those would have been answered"
    if session.task.kind == "regression":
        held = "errors have no bounds, as those could be of any size"
    return (f"{unanswered:,} of {rows:,} test rows have no answer; {held}",)


def _frozen(session: Session, each: Answers) -> Frozen | None:
    """The threshold, for a candidate that scores and does not predict."""
    if not each.scored:
        return None
    candidate = session.product.candidates.get(each.name)
    seen = scan(_log(session, each, VALIDATION, None), validation_needs())
    given = candidate.threshold if candidate else None
    return freeze(
        seen.histogram("score", OVERALL),
        session.questions.claims,
        session.product.value,
        session.test,
        given,
    )


def test_logs(session: Session, progress: Progress) -> dict[str, Log]:
    """The test rows of each candidate's log, those of the baseline too, with its frozen threshold."""
    trained = {training.candidate: training for training in train(session, progress)}
    return {
        each.name: test_log(session, each, _frozen(session, each))
        for each in answers(session, trained, progress)
    }


def test_log(session: Session, each: Answers, frozen: Frozen | None) -> Log:
    """The test rows of one candidate's log, answered at a threshold where it has one."""
    return _log(session, each, TEST, frozen.threshold if frozen else None)


def _log(session: Session, each: Answers, split: str, threshold: float | None) -> Log:
    table = each.log.filter(each.log.split == split)
    clustered = session.frame.clustered
    return Log(each.engine, table, session.slicings, threshold, clustered, task=session.task)


def provenance(session: Session, counted: Iterable[Counted]) -> Provenance:
    """The inputs that an evaluation rested on, with the statements that it ran."""
    versions = {each.facts.name: each.facts.version for each in counted}
    return replace(provenance_of(session, versions), queries=session.statements)


def provenance_of(session: Session, versions: Mapping[str, str]) -> Provenance:
    """The inputs that an evaluation of candidates in these versions rests on."""
    return Provenance(
        session.opened.spec_hash,
        (session.data_facts,),
        versions,
        CODE_VERSION,
        session.plan.seed,
        session.home.name,
    )


def evaluation_of(session: Session, counted: Iterable[Counted], share_of_error: int) -> Evaluation:
    """Estimates and verdicts of all candidates, the error of a wrong verdict shared between so many of them."""
    found = [
        (
            each.facts,
            *answered(session.questions, each.tallies, each.facts.name, session.known_slices, share_of_error),
        )
        for each in counted
    ]
    return Evaluation(
        tuple(facts for facts, _, _ in found),
        session.splits,
        tuple(estimate for _, estimates, _ in found for estimate in estimates),
        tuple(verdict for _, _, verdicts in found for verdict in verdicts),
        notes=_notes(session),
    )


def _notes(session: Session) -> tuple[str, ...]:
    """What a reader should know: how rows were divided, and what was not judged."""
    notes = [f"split {session.plan}"]
    carried = [name for name, candidate in session.product.candidates.items() if candidate.kind == "chat"]
    if carried:
        notes.append(f"not judged by this version: the chat candidates {', '.join(carried)}")
    return tuple(notes)


def exit_code(evaluation: Evaluation) -> int:
    """What the verdicts say, or the decision where one was taken.

    0: some eligible candidate meets everything (ship). 1: every eligible one has a miss (do not ship). 3: otherwise.
    """
    if evaluation.decision:
        return {"ship": 0, "do_not_ship": 1, "not_yet": 3}[evaluation.decision.answer]
    eligible = [evaluation.rolled_up(facts.name) for facts in evaluation.candidates if facts.eligible]
    if any(all(verdict.verdict == "met" for verdict in verdicts) for verdicts in eligible):
        return 0
    missed = [any(verdict.verdict == "missed" for verdict in verdicts) for verdicts in eligible]
    return 1 if missed and all(missed) else 3


def requirement_named(opened: Opened, text: str) -> str:
    """The requirement as product.yaml writes it, from its text or the beginning of it.

    Raises:
        InputError: no requirement, or more than one, is meant.
    """
    written = [requirement.text for requirement in opened.product.requirements]
    found = [each for each in written if each == text] or [each for each in written if each.startswith(text)]
    if len(found) != 1:
        problem = "no requirement reads" if not found else f"{len(found)} requirements begin with"
        raise InputError(
            "cli.why",
            f"{problem} {text!r}",
            where=opened.shown,
            remedy=f"Requirements of the product: {'; '.join(written)}.",
            next_command=shlex.join(["shipworthy", "evaluate", "--why", written[0], opened.shown]),
        )
    return found[0]


def workings(verdict: Verdict) -> tuple[tuple[str, str], ...]:
    """How one verdict came about, as (what, how much): counts, interval, bounds, method, rule."""
    rolled_up = verdict.estimate is not None and bool(verdict.estimate.slice) and not verdict.slice
    whole = "all of them; the numbers are those of the weakest" if rolled_up else "all rows"
    where = ", ".join(f"{column} = {value}" for column, value in verdict.slice.items()) or whole
    lines = [("slice", where), ("verdict", f"{verdict.verdict}: {verdict.reason}")]
    for name, estimate in (("", verdict.estimate), ("at: ", verdict.at)):
        if estimate is not None and estimate.value is not None:
            lines += [(f"{name}{key}", shown) for key, shown in _numbers(estimate)]
    if verdict.needs_more is not None:
        lines.append(
            (
                "more rows",
                f"{verdict.needs_more:,} decide at this rate; {verdict.needs_more_80:,} with an 80 % chance"
                if verdict.needs_more_80
                else f"{verdict.needs_more:,}",
            )
        )
    if verdict.p_missed is not None:
        lines.append(("p (missed)", f"{verdict.p_missed:.3g}"))
    return tuple(lines)


def _numbers(estimate: Estimate) -> tuple[tuple[str, str], ...]:
    events = (
        f"{round(estimate.value * estimate.n):,} of "
        if estimate.value is not None and estimate.method in ("wilson", "clopper_pearson")
        else ""
    )
    slice_ = (
        f" at {', '.join(f'{column} = {value}' for column, value in estimate.slice.items())}"
        if estimate.slice
        else ""
    )
    return (
        (estimate.metric, f"{estimate.value:.6g}{slice_}"),
        ("counts", f"{events}{estimate.n:,} rows, {estimate.units:,} independent units"),
        (
            "interval",
            f"{_end(estimate.low)} to {_end(estimate.high)} at {100 * estimate.confidence:.4g} %, two-sided ({estimate.method})",
        ),
        (
            "bounds",
            f"at least {_end(estimate.lower)}, at most {_end(estimate.upper)}, each one-sided at {100 * estimate.level:.4g} %",
        ),
    )


def _end(value: float | None) -> str:
    return "unbounded" if value is None else f"{value:.6g}"
