"""Evaluate: every candidate's log against every requirement, in one scan each."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from shipworthy.documents.measure import subject_of
from shipworthy.errors import InputError
from shipworthy.evaluate import (
    Found,
    Frozen,
    answered,
    confusion_of,
    counterpart,
    coverage_notes,
    mitigation,
    reliability_of,
    slice_search,
    trust_notes,
)
from shipworthy.evidence import CandidateFacts, Evaluation, Provenance, Record
from shipworthy.evidence.values import OF_LABELS
from shipworthy.metrics.outcomes import silent_cells
from shipworthy.misuse.tallying import attack_tallies
from shipworthy.query.scan import Log, scan
from shipworthy.query.slicing import MISSING, OTHER, Slicing
from shipworthy.query.split import TEST
from shipworthy.store import append
from shipworthy.tally.needs import OVERALL, Needs
from shipworthy.tally.scan import Tallies
from shipworthy.workbench.answering import Answers, answers
from shipworthy.workbench.attacking import attack_notes, attack_versions, tried_attacks
from shipworthy.workbench.check import prove_ready
from shipworthy.workbench.clock import now
from shipworthy.workbench.graded import failed_answers, unscored_notes
from shipworthy.workbench.graders import own_graders
from shipworthy.workbench.judging.trusting import trusted
from shipworthy.workbench.mitigating import mitigations
from shipworthy.workbench.operating import frozen_point, reviewed, split_log
from shipworthy.workbench.sampling import tallies_of_samples
from shipworthy.workbench.session import Session
from shipworthy.workbench.train import Progress, train
from shipworthy.workbench.varying import tried_variants
from shipworthy.workbench.version import CODE_VERSION

if TYPE_CHECKING:
    from shipworthy.evidence import Estimate, JudgeTrust, Mitigation, Verdict
    from shipworthy.misuse.findings import Findings
    from shipworthy.workbench.product import Opened


@dataclass(frozen=True, eq=False)
class Counted:
    """One candidate counted: its facts, the tallies of its test rows, the log that they were scanned from, and where it is worse.

    `mitigation` says what it costs against its counterpart, where it is mitigated and has one. `tried` are its answers to attacks, `judges` what those who
    graded it are worth.
    """

    facts: CandidateFacts
    tallies: Tallies
    log: Log
    found: Found | None = None
    mitigation: Mitigation | None = None
    judges: tuple[JudgeTrust, ...] = ()
    tried: Findings | None = None


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


def count(session: Session, progress: Progress, more: Needs | None = None) -> tuple[Counted, ...]:
    """Train what is stale, answer with every candidate, freeze thresholds, and scan the test rows, for `more` too."""
    prove_ready(session)
    trained = {training.candidate: training for training in train(session, progress)}
    needs = session.asked.needs | (more or Needs())
    counted = [_counted(session, each, needs, progress) for each in answers(session, trained, progress)]
    logs = {each.facts.name: each.log for each in counted}
    found = {each.candidate: each for each in mitigations(session, [each.facts for each in counted], logs)}
    return tuple(replace(each, mitigation=found.get(each.facts.name)) for each in counted)


def _counted(session: Session, each: Answers, needs: Needs, progress: Progress) -> Counted:
    progress(f"counting {each.name}")
    frozen = frozen_point(session, each)
    log = split_log(session, each, TEST, frozen.point if frozen else None)
    money = reviewed(session, each.name) if frozen else None
    search, eligible = session.searched, each.kind != "baseline"
    tallies = replace(scan(log, needs | search.needs if eligible else needs), reviewed=money)
    tried = tried_attacks(session, each.name, progress)
    beside = {"attacks": attack_tallies(tried, session.asked.needs_of("attacks"))}
    beside |= {"samples": tallies_of_samples(session, each, log)}
    varied = tried_variants(session, each, log, progress)
    beside |= {"variants": varied.tallies}
    tallies = replace(tallies, beside=beside)
    judges, tallies = trusted(session, each, log, tallies)
    overall = tallies.overall
    rows = int(overall.rows.sum())
    unanswered = int(overall.count(dict.fromkeys(silent_cells(session.task), 1.0)).sum())
    notes = (
        *each.notes,
        *_pointless(session, tallies),
        *_left(session, rows, unanswered, to_a_person=money is not None),
        *unscored_notes(session, log, rows),
        *coverage_notes(session.asked, tallies),
        *(note for judge in judges for note in trust_notes(judge)),
        *attack_notes(session, each.name, tried),
        *varied.notes,
    )
    facts = CandidateFacts(each.name, each.kind, each.version, eligible, rows, rows - unanswered, notes=notes)
    facts = replace(facts, handover=each.handover)
    facts = _mitigated(session, facts)
    facts = _operated(facts, frozen) if frozen else facts
    reliability = reliability_of(session.questions, tallies)
    facts = replace(facts, confusion=confusion_of(tallies, session.task), reliability=reliability)
    facts = replace(facts, failed=failed_answers(session, log))
    if not eligible:
        return Counted(facts, tallies, log, judges=judges)
    cubes = {by: tallies.cubes[by] for by in (OVERALL, *search.groupings)}
    found = slice_search(search.sought, cubes, each.name)
    return Counted(facts, _needed(tallies, needs), log, found, judges=judges, tried=tried)


def _mitigated(session: Session, facts: CandidateFacts) -> CandidateFacts:
    """The facts with what the candidate does to be fairer, and than which other one."""
    how, plain = mitigation(session.product, facts.name), counterpart(session.product, facts.name)
    return replace(facts, mitigation=how, mitigates=plain)


def _needed(tallies: Tallies, needs: Needs) -> Tallies:
    """The tallies without the cubes that only the search for slices took."""
    return replace(tallies, cubes={by: tallies.cubes[by] for by in needs.groupings})


def _pointless(session: Session, tallies: Tallies) -> tuple[str, ...]:
    """How many requests no order can be good for."""
    values = [name for name in tallies.overall.names if name.startswith(("#=ndcg", "#=recall", "#=mrr"))]
    if session.task.kind != "ranking" or not values:
        return ()
    requests = float(tallies.overall.rows.sum())
    without = round(requests - float(tallies.overall.count({values[0]: 1.0}).sum()))
    if not without:
        return ()
    return (
        f"{without:,} of {requests:,.0f} test requests have no relevant item: ndcg, recall, map and mrr leave them out",
    )


def _left(session: Session, rows: int, unanswered: int, *, to_a_person: bool) -> tuple[str, ...]:
    """What becomes of the rows that the candidate does not answer."""
    if to_a_person:
        share = f"{100 * unanswered / rows:.3g} %" if rows else "none"
        return (
            f"{unanswered:,} of {rows:,} test rows ({share}) go to a person; net value counts them, other metrics the rest",
        )
    if not unanswered:
        return ()
    held = "bounds hold however those would have been answered"
    if session.task.kind == "regression":
        held = "errors have no bounds, as those could be of any size"
    return (f"{unanswered:,} of {rows:,} test rows have no answer; {held}",)


def _operated(facts: CandidateFacts, frozen: Frozen) -> CandidateFacts:
    """The facts with the operating point and all that is known of it."""
    point = frozen.point
    return replace(
        facts,
        threshold=point.threshold,
        threshold_why="; ".join((frozen.why, *frozen.notes)),
        curve=frozen.curve,
        review_from=point.review_from,
        thresholds_by=point.by,
        thresholds=point.thresholds,
        regret=frozen.regret,
    )


def provenance(session: Session, counted: Iterable[Counted]) -> Provenance:
    """The inputs that an evaluation rested on, with the statements that it ran."""
    versions = {each.facts.name: each.facts.version for each in counted}
    return replace(provenance_of(session, versions), queries=session.statements)


def provenance_of(session: Session, versions: Mapping[str, str]) -> Provenance:
    """The inputs that an evaluation of candidates in these versions rests on, with the code of the product's own graders."""
    return Provenance(
        session.opened.spec_hash,
        (session.data_facts,),
        {**versions, **own_graders(session), **attack_versions(session)},
        CODE_VERSION,
        session.plan.seed,
        session.home.name,
    )


def evaluation_of(session: Session, counted: Iterable[Counted], share_of_error: int) -> Evaluation:
    """Estimates and verdicts of all candidates, the error of a wrong verdict shared between so many of them."""
    candidates = tuple(counted)
    asked, known = session.asked, session.known_slices
    found = [answered(asked, each.tallies, each.facts.name, known, share_of_error) for each in candidates]
    searches = [each.found for each in candidates if each.found]
    return Evaluation(
        tuple(each.facts for each in candidates),
        session.splits,
        tuple(estimate for estimates, _ in found for estimate in estimates),
        tuple(verdict for _, verdicts in found for verdict in verdicts),
        notes=_notes(session),
        worst=tuple(worst for each in searches for worst in each.worst),
        searches=tuple(each.search for each in searches),
        mitigations=tuple(each.mitigation for each in candidates if each.mitigation),
        judges=tuple(judge for each in candidates for judge in each.judges),
    )


def _notes(session: Session) -> tuple[str, ...]:
    """What a reader should know: how rows were divided, and what was not judged."""
    notes = [f"split {session.plan}", *(f"{OF_LABELS}{note}" for note in session.label_notes)]
    notes += [_folded(slicing) for slicing in session.slicings.values() if slicing.folded]
    return (*notes, *session.fairness.notes, *(session.searched.notes if session.product.slicing else ()))


def _folded(slicing: Slicing) -> str:
    """What became of a column with many values."""
    kept = len([label for label in slicing.labels if label not in (OTHER, MISSING)])
    return f"{slicing.column} has {kept + slicing.folded:,} values: {kept} are slices of their own, the {slicing.folded:,} rarer ones are one, {OTHER}; claims for every {slicing.column} are judged on these"


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
    written = [requirement.text for requirement in opened.of_candidates.requirements]
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
    rows = {"attacks": "attacks", "samples": "inputs", "variants": "inputs"}.get(
        subject_of(estimate.metric), "rows"
    )
    slice_ = (
        f" at {', '.join(f'{column} = {value}' for column, value in estimate.slice.items())}"
        if estimate.slice
        else ""
    )
    return (
        (estimate.metric, f"{estimate.value:.6g}{slice_}"),
        ("counts", f"{events}{estimate.n:,} {rows}, {estimate.units:,} independent units"),
        *([("unscored", f"{estimate.unscored:,} {rows} more")] if estimate.unscored else []),
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
