"""Audit: the claims about the data, judged on all rows of the examples, and what else is wrong with them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from shipworthy.audit import data_questions, findings_of, judged
from shipworthy.audit.concealing import concealed
from shipworthy.audit.contract import contract_of
from shipworthy.audit.coverage import coverage, coverage_needs
from shipworthy.audit.findings import value_of
from shipworthy.audit.relabelling import with_plans
from shipworthy.audit.texts.counting import PAIRED
from shipworthy.documents import readiness_card
from shipworthy.errors import SpecError
from shipworthy.evidence import Audit, DataFacts, Provenance, Record
from shipworthy.query.data_scan import some_ids
from shipworthy.query.data_times import timeline
from shipworthy.query.engine import without_password
from shipworthy.query.profile import ends, plain_columns, profiles
from shipworthy.query.sampled import sample
from shipworthy.store import append, keep_text, records
from shipworthy.workbench.audits.contract import contract_facts, keep_contract, load_contract
from shipworthy.workbench.audits.held import held
from shipworthy.workbench.audits.looking import Seen, looked_at
from shipworthy.workbench.audits.reading import (
    faults_found,
    faults_of_values,
    looked_for,
    text_findings,
    text_notes,
)
from shipworthy.workbench.audits.representing import production_of, shifts_of, unlike
from shipworthy.workbench.audits.rows import again_facts, facts_of, sliced_rows, unsliced_rows
from shipworthy.workbench.audits.second_opinion import second_opinions
from shipworthy.workbench.audits.tallying import tallies_of, tallies_of_sample
from shipworthy.workbench.audits.texts import (
    ids_of,
    number_columns,
    shares_compared,
    text_columns,
    text_values,
    without_ends,
)
from shipworthy.workbench.audits.trying import NOTHING, Trials, tried
from shipworthy.workbench.checks.columns import missing_columns
from shipworthy.workbench.clock import now
from shipworthy.workbench.document import reports_folder, write_kind
from shipworthy.workbench.session import Session
from shipworthy.workbench.version import CODE_VERSION

if TYPE_CHECKING:
    from pathlib import Path

    from shipworthy.audit import DataQuestions
    from shipworthy.evidence import Finding, Verdict
    from shipworthy.query.data_rows import DataRows
    from shipworthy.workbench.audits.representing import Shifts
    from shipworthy.workbench.audits.texts import TextValues
    from shipworthy.workbench.product import Opened
    from shipworthy.workbench.train import Progress


def audit(opened: Opened, progress: Progress, trials: Trials = NOTHING) -> Record:
    """Judge every claim about the data, keep the record, and return it.

    Args:
        opened: the product.
        progress: told what is done.
        trials: what to try out beside counting.

    Raises:
        InputError: the product is wrong, or its data cannot be read at all.
        OutsideError: a database failed.
    """
    return audited(Session(opened, reads_on=True), progress, trials)


def audited(session: Session, progress: Progress, trials: Trials = NOTHING) -> Record:
    """The kept record of an audit of the examples."""
    progress("looking at the data")
    prove_columns(session)
    rows = unsliced_rows(session)
    rows, seen = _seen(session, rows)
    production = production_of(session, rows, seen)
    compared = () if production is None else [*production.categories]
    asked = data_questions(
        session.opened.product, facts_of(rows, seen.columns, seen.contract, seen.texts, compared)
    )
    rows = sliced_rows(session, rows, asked, seen.columns, seen.contract)
    shifts = shifts_of(session, rows, production, asked)
    progress("reading texts")
    values = text_values(asked, seen.sample, seen.texts)
    found = _judged(session, rows, asked, seen, values, shifts, progress)
    trial = tried(session, asked, trials, progress)
    planned = with_plans(asked, found.verdicts, trial.noise)
    found = replace(found, verdicts=planned, curves=trial.curves, noise=trial.noise, notes=trial.notes)
    progress("looking for what nobody asked about")
    ids = some_ids(rows, _wanted(asked, found.verdicts)) | ids_of(values, rows, seen.sample)
    apart = unlike(session, rows, production, shifts, seen.columns) if production else ()
    heard = tuple(second_opinions(seen.texts)) if trials.presidio else ()
    more = (*apart, *trial.findings(session.product), *(each.finding for each in heard))
    found = _with_findings(session, rows, asked, seen, found, ids, more)
    if load_contract(session.opened) is None:
        keep_contract(session.opened, seen.contract)
    suspected = trial.noise.ids if trial.noise else ()
    known = frozenset[str]().union(*(each.personal for each in heard))
    hidden = concealed(held(rows, seen, production, {**ids, "suspected": suspected}), known)
    record = Record("audit", now(), hidden(_provenance(session, found.rows)), audit=hidden(found))
    append(session.opened.workspace, record)
    return record


def _seen(session: Session, rows: DataRows) -> tuple[DataRows, Seen]:
    """What is seen of all rows before anything is asked, and the rows with what that says of them."""
    found = ends(rows)
    rows = replace(rows, plain=plain_columns(rows, found))
    taken = sample(rows, int(found["rows"]))
    columns = profiles(rows, found, taken)
    numbers = number_columns(taken, columns, rows.label)
    columns = without_ends(columns, numbers)
    kept = load_contract(session.opened)
    span, bins = timeline(rows) if rows.source.time else ("", ())
    texts = text_columns(taken, columns)
    return rows, Seen(
        columns, taken, kept or contract_of(session.product, columns), span, bins, texts, numbers
    )


def _judged(
    session: Session,
    rows: DataRows,
    asked: DataQuestions,
    seen: Seen,
    values: TextValues,
    shifts: Shifts,
    progress: Progress,
) -> Audit:
    """The verdicts on all claims and the coverage of segments, without any finding yet."""
    segments = [segment.column for segment in session.product.slicing]
    progress("counting rows")
    tallies = replace(tallies_of(rows, asked, coverage_needs(session.product, segments)), shifts=shifts)
    progress("counting a sample")
    of_sample = tallies_of_sample(rows, asked, seen.sample, session.local, values)
    of_sample = replace(of_sample, drawn=shares_compared(asked, seen.texts, seen.columns))
    known = {name: slicing.labels for name, slicing in rows.slicings.items()}
    verdicts = judged(asked, tallies, of_sample, known)
    estimates = tuple(coverage(session.product, segments, tallies, known))
    return Audit(seen.columns[0].rows, verdicts, (), seen.columns, estimates, seen.span, seen.timeline)


def _with_findings(
    session: Session,
    rows: DataRows,
    asked: DataQuestions,
    seen: Seen,
    found: Audit,
    ids: Mapping[str, tuple[str, ...]],
    more: Sequence[Finding],
) -> Audit:
    """The audit with its findings, the faults of texts and values, and what a reader should know of all that."""
    faults = faults_of_values(session.product, seen.columns, seen.texts, seen.sample)
    own = (*looked_at(session, rows, seen), *text_findings(session.product, seen.texts, faults, seen.numbers))
    lines = findings_of(asked, found.verdicts, session.product, ids)
    return replace(
        found,
        findings=(*own, *more, *lines),
        notes=(*_notes(asked, seen), *found.notes, *text_notes(seen.texts)),
        faults=faults_found({**seen.texts, **seen.numbers}, faults),
        looked_for=looked_for(seen.texts),
    )


def _notes(asked: DataQuestions, seen: Seen) -> Iterator[str]:
    """How far what was counted speaks for other rows."""
    yield "rows are taken as a sample of the process that made them: bounds say what further rows may be like"
    if not seen.sample.whole:
        named = sorted({claim.definition.metric.name for claim in asked.sampled})
        others = ("numbers of different values", "what was found in texts")
        yield f"{', '.join((*named, *others))}: from {seen.sample}"
        if {*named} & {*PAIRED}:
            yield "texts that are alike show where both were drawn; the upper bounds on them are of all rows"


def _wanted(asked: DataQuestions, verdicts: tuple[Verdict, ...]) -> dict[str, bool]:
    """The row values of claims that are not met, and whether rows should have them."""
    met = {verdict.requirement for verdict in verdicts if not verdict.slice and verdict.verdict == "met"}
    definitions = [
        claim.definition.inner or claim.definition
        for claim in asked.scanned
        if claim.requirement.text not in met
    ]
    return {value_of(each): each.entry.direction == "higher" for each in definitions if each.kind == "share"}


def write_card(opened: Opened, record: Record) -> Path:
    """Write the readiness card and the data card of an audit; the path of the first one's page."""
    card, reports = readiness_card(opened.product, record), reports_folder(opened)
    keep_text(reports / "data-readiness.md", card.markdown)
    keep_text(reports / "data-readiness.html", card.html)
    write_kind(opened, "data-card", {"audit": record})
    return reports / "data-readiness.html"


def fresh_audit(session: Session) -> Record | None:
    """The newest audit of these claims and these data by this version, if it is of today: ages change from day to day."""
    today, wanted = (
        now()[: len("2026-01-31")],
        _fingerprints(session),
    )
    for record in reversed(records(session.opened.workspace, "audit")):
        inputs = record.provenance
        same = (inputs.spec_hash, inputs.code_version) == (session.opened.spec_hash, CODE_VERSION)
        data = tuple(each.fingerprint for each in inputs.data) == wanted
        if same and data and record.time.startswith(today):
            return record
    return None


def _fingerprints(session: Session) -> tuple[str, ...]:
    """The content that an audit rests on."""
    contract = contract_facts(session.opened).fingerprint
    facts = (*session.production_facts, *again_facts(session))
    return session.fingerprint, contract, *(each.fingerprint for each in facts)


def exit_code(found: Audit) -> int:
    """0: every claim is met. 1: one is missed, or the right to use the data is unknown. 3: otherwise.

    The claims that product.yaml writes count; where it writes none, the defaults do.
    """
    verdicts = found.written or found.rolled_up
    if any(finding.blocks for finding in found.findings):
        return 1
    if any(verdict.verdict == "missed" for verdict in verdicts):
        return 1
    return 0 if all(verdict.verdict == "met" for verdict in verdicts) else 3


def _provenance(session: Session, rows: int) -> Provenance:
    """The inputs that an audit rests on, with the statements that it ran."""
    source, opened = without_password(session.product.data.examples.source), session.opened
    own = DataFacts("examples", source, session.fingerprint, rows), contract_facts(opened)
    facts = (*own, *session.production_facts, *again_facts(session))
    return Provenance(opened.spec_hash, facts, {}, CODE_VERSION, 0, session.home.name, session.statements)


def prove_columns(session: Session) -> None:
    """Return where the data have every column that product.yaml names.

    Raises:
        SpecError: with each column that they do not have.
    """
    problems = tuple(missing_columns(session))
    if problems:
        raise SpecError(problems)
