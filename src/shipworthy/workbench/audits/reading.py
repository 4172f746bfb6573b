"""What is found in texts and values one by one, on the sample: faults as evidence, and what a reader should know of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

from shipworthy.audit.texts.findings import damage_findings, personal_findings
from shipworthy.audit.values.findings import value_faults, value_findings
from shipworthy.evidence import PersonalKind, ValueFault
from shipworthy.personal import COVERAGE, NATIONAL

if TYPE_CHECKING:
    from shipworthy.audit.fault import Fault
    from shipworthy.evidence import ColumnProfile, Finding
    from shipworthy.query.sampled import Sample
    from shipworthy.spec.model import Product
    from shipworthy.workbench.audits.texts import TextColumns

COVERED = (
    f"personal data are looked for by patterns, with words of {len(COVERAGE['name'].languages)} languages and national ids of"
    f" {len(NATIONAL)} countries (the card names them); names in running text are missed"
)
"""What the search for personal data covers, in a sentence."""

Faults = dict[str, tuple["Fault", ...]]
"""By column."""


def faults_of_values(
    product: Product, columns: Sequence[ColumnProfile], texts: TextColumns, taken: Sample
) -> Faults:
    """What is written in several ways or of several types, in the columns of text that name no rows.

    Columns of few values are counted on all rows, the others on the sample.
    """
    source = product.data.examples
    names = (source.id, source.unit, source.repeats)
    return {
        column.name: value_faults(column.values or taken.counted(column.name), column.name)
        for column in columns
        if column.name in texts and column.name not in names
    }


def text_findings(
    product: Product, texts: TextColumns, faults: Faults, numbers: TextColumns
) -> Iterator[Finding]:
    """One line for each thing that is worth telling; `numbers` are columns of whole numbers that hold personal data."""
    columns = tuple(texts.values())
    yield from personal_findings(product, (*columns, *numbers.values()))
    yield from damage_findings(columns)
    for name, found in faults.items():
        yield from value_findings(found, name)


def faults_found(texts: TextColumns, faults: Faults) -> tuple[ValueFault, ...]:
    """All faults as evidence: personal data and damage by kind, then values."""
    own = [(name, fault) for name, each in texts.items() for fault in (*each.personal.faults, *each.damage)]
    own += [(name, fault) for name, each in faults.items() for fault in each]
    return tuple(
        ValueFault(
            each.sort,
            each.kind,
            name,
            each.share.rows,
            each.share.of,
            *each.share.interval,
            each.examples,
        )
        for name, each in own
    )


def looked_for(texts: TextColumns) -> tuple[PersonalKind, ...]:
    """The kinds of personal data that were looked for; none where there are no texts."""
    if not texts:
        return ()
    kept = ("name", "countries", "languages", "told_by", "misses")
    found = {kind: asdict(each) for kind, each in COVERAGE.items()}
    return tuple(PersonalKind(kind, *(each[key] for key in kept)) for kind, each in found.items())


def text_notes(texts: TextColumns) -> Iterator[str]:
    """Where not all texts of the sample were read, and what the search for personal data covers."""
    for name, column in texts.items():
        for verb, some in (
            ("searched for personal data and damage", column.read),
            ("compared", column.compared),
        ):
            if some is not column.texts and (verb != "compared" or "alike" in column.__dict__):
                count = sum(each is not None for each in some)
                yield f"{name}: {count:,} of the {len(column.texts):,} texts of the sample were {verb}"
    if texts:
        yield COVERED
