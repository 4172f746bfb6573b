"""Audit: the claims about the data, judged on all rows of the examples."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from shipworthy.audit import DataQuestions, Facts, data_questions, findings_of, judged
from shipworthy.audit.findings import value_of
from shipworthy.errors import SpecError
from shipworthy.evidence import Audit, DataFacts, Provenance, Record
from shipworthy.query.data_rows import DataRows
from shipworthy.query.data_scan import newest, scan_data, some_ids
from shipworthy.query.engine import without_password
from shipworthy.query.slicing import slicings
from shipworthy.spec.model import Segment
from shipworthy.store import append, records
from shipworthy.tally.figure import Figure
from shipworthy.workbench.checks.columns import missing_columns
from shipworthy.workbench.clock import instant_ms, now
from shipworthy.workbench.session import Session
from shipworthy.workbench.version import CODE_VERSION

if TYPE_CHECKING:
    from shipworthy.evidence import Verdict
    from shipworthy.tally.cube import Key
    from shipworthy.tally.needs import Grouping
    from shipworthy.tally.scan import Tallies
    from shipworthy.workbench.product import Opened
    from shipworthy.workbench.train import Progress

FRESHNESS = "=freshness"


def audit(opened: Opened, progress: Progress) -> Record:
    """Judge every claim about the data, keep the record, and return it.

    Raises:
        InputError: the product is wrong, or its data cannot be read at all.
        OutsideError: a database failed.
    """
    session = Session(opened)
    return audited(session, progress)


def audited(session: Session, progress: Progress) -> Record:
    """The kept record of an audit of the examples."""
    progress("looking at the data")
    prove_columns(session)
    asked = data_questions(session.opened.product, Facts(tuple(session.examples.columns)))
    rows = _rows(session, asked)
    progress("counting rows")
    tallies = _tallies(rows, asked)
    known = {name: slicing.labels for name, slicing in rows.slicings.items()}
    verdicts = judged(asked, tallies, known)
    progress("naming rows")
    findings = findings_of(asked, verdicts, session.product, some_ids(rows, _wanted(asked, verdicts)))
    number = round(float(tallies.overall.rows.sum()))
    found = Audit(number, len(session.examples.columns), verdicts, findings)
    record = Record("audit", now(), _provenance(session, number), audit=found)
    append(session.opened.workspace, record)
    return record


def fresh_audit(session: Session) -> Record | None:
    """The newest audit of these claims and these data by this version, if it is of today: ages change from day to day."""
    today = now()[: len("2026-01-31")]
    for record in reversed(records(session.opened.workspace, "audit")):
        inputs = record.provenance
        same = (inputs.spec_hash, inputs.code_version) == (session.opened.spec_hash, CODE_VERSION)
        data = inputs.data[0].fingerprint == session.fingerprint
        if same and data and record.time.startswith(today):
            return record
    return None


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
    source = without_password(session.product.data.examples.source)
    facts = DataFacts("examples", source, session.fingerprint, rows)
    opened, home, statements = session.opened, session.home.name, session.statements
    return Provenance(opened.spec_hash, (facts,), {}, CODE_VERSION, 0, home, statements)


def prove_columns(session: Session) -> None:
    """Return where the data have every column that product.yaml names.

    Raises:
        SpecError: with each column that they do not have.
    """
    problems = tuple(missing_columns(session))
    if problems:
        raise SpecError(problems)


def _rows(session: Session, asked: DataQuestions) -> DataRows:
    """The examples as rows to audit, with the slices that claims go by."""
    product = session.opened.product
    named = {segment.column: segment for segment in product.slicing}
    wanted = [named.get(column, Segment(column=column)) for column in asked.sliced]
    fixed: dict[str, list[str]] = {}
    for claim in asked.claims:
        for column, label in claim.requirement.where:
            fixed.setdefault(column, []).append(label)
    return DataRows(
        session.home,
        session.examples,
        product.data.examples,
        product.label,
        product.predicts.positive,
        product.predicts.kind,
        slicings(session.home, session.examples, wanted, fixed),
    )


def _tallies(rows: DataRows, asked: DataQuestions) -> Tallies:
    """Everything that the claims need: sums in one statement, ages in one more."""
    needs = asked.needs
    found = scan_data(rows, needs)
    groupings = {by for name, by in needs.figures if name == FRESHNESS}
    if not groupings:
        return found
    present = instant_ms()
    figures: dict[tuple[str, Grouping], Mapping[Key, Figure]] = {
        (FRESHNESS, by): {key: Figure(float(present - at), n) for key, (at, n) in slices.items()}
        for by, slices in newest(rows, groupings).items()
    }
    return replace(found, figures=figures)


def _wanted(asked: DataQuestions, verdicts: tuple[Verdict, ...]) -> dict[str, bool]:
    """The row values of claims that are not met, and whether rows should have them."""
    met = {verdict.requirement for verdict in verdicts if not verdict.slice and verdict.verdict == "met"}
    definitions = [
        claim.definition.inner or claim.definition
        for claim in asked.claims
        if claim.requirement.text not in met
    ]
    return {value_of(each): each.entry.direction == "higher" for each in definitions if each.kind == "share"}
