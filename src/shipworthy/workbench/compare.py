"""Compare: every challenger against the champion, on the same test rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from shipworthy.compare import LOGGED, Asked, comparisons, contenders, pair_needs, quality_of
from shipworthy.errors import InputError
from shipworthy.evidence import Contest, Evaluation, Paired, Record
from shipworthy.evidence.record import content_hash
from shipworthy.judge.comparison import estimate_of
from shipworthy.metrics import measure
from shipworthy.metrics.joint import answered, joint, joint_pairs
from shipworthy.query.pairs import PairedLog, scan_pairs
from shipworthy.query.source import load_table
from shipworthy.store import append, records
from shipworthy.tally.needs import OVERALL, Needs
from shipworthy.tally.scan import Tallies
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
    found = asked_of(opened.product, opened.questions, options)
    return compared(session, count(session, progress, quality_needs(found)), options, progress)


def quality_needs(found: Asked) -> Needs:
    """What to scan of each candidate for the table."""
    name = quality_of(found)
    return next(each.definition.needs(OVERALL) for each in found.questions if each.name == name)


def compared(session: Session, counted: Sequence[Counted], options: Options, progress: Progress) -> Record:
    """The kept record of a comparison of candidates that were counted."""
    opened = session.opened
    found = asked_of(session.product, opened.questions, options)
    evaluation = evaluation_of(session, counted, 1)
    champion, why = champion_of(opened, evaluation, options)
    pairs = {
        each.facts.name: _scanned(session, each, _named(counted, champion), found, progress)
        for each in counted
        if each.facts.eligible and each.facts.name != champion
    }
    contest = _contest(session, counted, found, evaluation, pairs, (champion, why))
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
) -> Tallies:
    """The tallies of a challenger's test rows joined with the champion's, in one statement."""
    names = (challenger.facts.name, champion.facts.name)
    progress(f"comparing {names[0]} with {names[1]}")
    logs = (challenger.log, champion.log)
    if logs[0].engine is not logs[1].engine:
        logs = (_local(session, challenger), _local(session, champion))
    repeats = session.product.data.examples.repeats
    keys = ("id", *([repeats] if repeats else []))
    unanswered = any(each.facts.scored < each.facts.rows for each in (challenger, champion))
    asked = pair_needs(found, logs[0].task, unanswered=unanswered)
    tallies = scan_pairs(PairedLog(*logs, keys, LOGGED), asked)
    common = int(tallies.overall.rows.sum())
    if not common == challenger.facts.rows == champion.facts.rows:
        raise InputError(
            "compare.rows",
            f"{names[0]} has {challenger.facts.rows:,} test rows and {names[1]} {champion.facts.rows:,}; joined by "
            f"{' and '.join(keys)} there are {common:,}",
            remedy="Name the column that numbers repeated rows with data.examples.repeats, or make ids unique.",
        )
    return tallies


def _local(session: Session, each: Counted) -> Log:
    """The log where the embedded engine can join it: one that lies in a database is copied to a file first."""
    if each.log.engine is session.local:
        return each.log
    basis = {"candidate": each.facts.name, "version": each.facts.version, "data": session.fingerprint}
    file = f"compared-{content_hash({**session.division, **basis, 'columns': list(session.frame.extra)})[:16]}.parquet"
    logs = session.opened.workspace.logs
    if not (logs / file).exists():
        each.log.engine.write(each.log.table, logs / file, f"copying {each.facts.name}", lambda batch: batch)
    return replace(each.log, engine=session.local, table=load_table(session.local, file, logs))


def _contest(
    session: Session,
    counted: Sequence[Counted],
    found: Asked,
    evaluation: Evaluation,
    pairs: Mapping[str, Tallies],
    champion: tuple[str, str],
) -> Contest:
    task = counted[0].log.task
    overall, slices = comparisons(found, pairs, champion[0], task)
    shown = [each for each in overall if each.asked or each.n]
    quality = quality_of(found)
    better = next((each.better for each in overall if each.metric == quality), "higher")
    answered_by = tuple(_paired(name, tallies, counted) for name, tallies in pairs.items())
    return Contest(
        champion[0],
        champion[1],
        quality,
        contenders(_with_quality(evaluation, counted, found, quality), champion[0], quality, better),
        answered_by,
        tuple(shown),
        slices,
        _family(found, len(pairs)),
        (*_notes(found), *(note for each in answered_by for note in _unanswered(each, champion[0]))),
    )


def _with_quality(
    evaluation: Evaluation, counted: Sequence[Counted], found: Asked, quality: str
) -> Evaluation:
    """The evaluation with the table's metric, where no requirement and no headline asked for it."""
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


def _paired(challenger: str, tallies: Tallies, counted: Sequence[Counted]) -> Paired:
    cells = [(joint(*each), answered(each[0]), answered(each[1])) for each in joint_pairs(counted[0].log.task)]

    def rows(first: bool, second: bool) -> int:  # noqa: FBT001 - the two answers stand side by side
        wanted = {name: 1.0 for name, one, other in cells if (one, other) == (first, second)}
        return round(float(tallies.overall.count(wanted)[0]))

    found = {(first, second): rows(first, second) for first in (True, False) for second in (True, False)}
    return Paired(
        challenger,
        sum(found.values()),
        found[True, True],
        found[True, False],
        found[False, True],
        found[False, False],
    )


def _family(found: Asked, challengers: int) -> str:
    """What was looked at together, and how that was corrected for."""
    alone = "with one challenger, each metric is judged by itself"
    several = f"in each metric, verdicts on {challengers} challengers are corrected together (Holm)"
    slices = (
        f"; slices of {', '.join(by[0] for by in found.slices)} are shown where a difference is found among all "
        "slices, metrics and challengers (Benjamini-Hochberg, 5 %)"
        if found.slices
        else ""
    )
    return f"{several if challengers > 1 else alone}{slices}"


def _notes(found: Asked) -> tuple[str, ...]:
    if any(each.margin is not None for each in found.questions):
        return ()
    return ("no margin is stated, so a challenger can be better or worse, but not no worse",)


def _unanswered(each: Paired, champion: str) -> tuple[str, ...]:
    """Rows that are not compared, in words."""
    if each.both == each.rows:
        return ()
    parts = (
        (each.only_challenger, f"only {each.challenger} answered"),
        (each.only_champion, f"only {champion} answered"),
        (each.neither, "neither answered"),
    )
    told = ", ".join(f"{rows:,} {who}" for rows, who in parts if rows)
    return (
        f"of {each.rows:,} test rows, {told}; differences are of the other {each.both:,}, and bounds hold however "
        "these would have been answered",
    )
