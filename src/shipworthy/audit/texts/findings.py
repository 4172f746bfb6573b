"""What is told of texts without a claim: personal data by kind, and damage by kind; nothing of it is shown unmasked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from shipworthy.audit.fault import Fault
from shipworthy.audit.personal import Personal
from shipworthy.audit.texts.column import TextColumn, has_text
from shipworthy.audit.texts.damage import KINDS
from shipworthy.evidence import Finding
from shipworthy.evidence.audit import Colour
from shipworthy.personal import COVERAGE
from shipworthy.spec.model import Product
from shipworthy.spec.rights import NOTHING

_CONTRADICTED = (
    "Take them out, or change data.examples.personal, and state what allows holding them (basis:)."
)
_UNSTATED = "Take them out, or say with data.examples.personal: which the examples hold."


def personal_findings(product: Product, columns: Sequence[TextColumn]) -> Iterator[Finding]:
    """Personal data by column: red where product.yaml says that there are none, amber where it says nothing of them."""
    stated = product.data.examples.personal
    none_stated = stated is not None and NOTHING.match(stated) is not None
    colour: Colour = "red" if none_stated else "amber" if stated is None else "green"
    step = _CONTRADICTED if none_stated else _UNSTATED if stated is None else ""
    found = [column.personal for column in columns if column.personal.faults]
    for personal in found:
        against = f"; product.yaml says: personal: {stated}" if none_stated else ""
        what = f"{_counted(personal)}{against}"
        rows = len(personal.places)
        yield Finding(
            "personal", personal.column, colour, what, rows, cost=_cost(rows, colour), next_step=step
        )
    if columns and not found:
        names = f"{len(columns)} text columns" if len(columns) > 1 else f"the text column {columns[0].name}"
        what = f"none was found in {names}, as far as patterns tell"
        yield Finding("personal", "texts", "green", what)


def _counted(personal: Personal) -> str:
    """How many texts seem to hold personal data, by kind."""
    kinds = ", ".join(f"{COVERAGE[each.kind].name} ({each.share.rows:,})" for each in personal.faults)
    shown = " / ".join(fault.examples[0] for fault in personal.faults[:3] if fault.examples)
    such = f", such as {shown}" if shown else ""
    rows = len(personal.places)
    return f"{rows:,} of {personal.looked_at:,} values seem to hold personal data: {kinds}{such}"


def _cost(rows: int, colour: Colour) -> str:
    return "" if colour == "green" else f"{rows:,} rows to mend"


def damage_findings(columns: Sequence[TextColumn]) -> Iterator[Finding]:
    """What happened to texts on their way, by column."""
    for column in columns:
        faults = column.damage
        if faults:
            rows = len({place for fault in faults for place in fault.places})
            step = "Read the source in its own encoding, and mend what writes it; what was lost must be fetched again."
            yield Finding(
                "damage", column.name, "amber", _damage(faults, column), rows,
                cost=f"{rows:,} rows to mend", next_step=step,
            )  # fmt: skip


def _damage(faults: Sequence[Fault], column: TextColumn) -> str:
    looked_at = sum(has_text(text) for text in column.read)
    told = "; ".join(f"{fault.share.rows:,} hold {KINDS[fault.kind]}" for fault in faults)
    shown = next((f", such as {fault.examples[0]}" for fault in faults if fault.examples), "")
    return f"of {looked_at:,} texts {told}{shown}"
