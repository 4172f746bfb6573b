"""The sources of documents that tests make: the decision of `mail`, with an audit and failed answers beside it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from shipworthy.documents.building import Draft, draft
from shipworthy.documents.kinds.table import KINDS
from shipworthy.documents.own_template import OwnTemplate
from shipworthy.documents.sources import Sources
from shipworthy.evidence import Audit, ColumnProfile, Record, Reliability, ReliabilityBin
from shipworthy.evidence.audit import Finding
from shipworthy.evidence.values import Failed
from shipworthy.spec.model import Product
from tests.documents import mail

BINS = (
    ReliabilityBin(900.0, 0.2, 0.21, 0.18, 0.24),
    ReliabilityBin(100.0, 0.8, 0.76, 0.66, 0.84),
)


def decided(*, fast: bool = False) -> Record:
    """The decision of `mail`, whose closest candidate has reliability and failed answers."""
    record = mail.record(fast=fast)
    assert record.evaluation is not None
    own = {
        "reliability": Reliability(BINS, 0.03, 0.012),
        "failed": (Failed("grounded", "m-77", "'Ring Ada Lovelace.': 40% of its words"),),
    }
    candidates = tuple(
        replace(each, **own) if each.name == "logistic" else each for each in record.evaluation.candidates
    )
    return replace(record, evaluation=replace(record.evaluation, candidates=candidates))


def audited() -> Record:
    """An audit of its data."""
    columns = (ColumnProfile("format", "text", 13_337, 12, 2, values=(("html", 9_000), ("plain", 4_325))),)
    findings = (Finding("missing", "format", "amber", "0.09 % of rows", 12, ("m-5", "m-9")),)
    record = mail.record()
    return Record(
        "audit", "2026-11-22T06:00:00.000001Z", record.provenance, audit=Audit(13_337, (), findings, columns)
    )


def sources(**changed: Any) -> Sources:
    """The product (with these sections changed) and its records."""
    product = Product.model_validate({**mail.SPEC, **changed})
    return Sources(product, {"decide": decided(), "audit": audited()})


def paper(kind: str, given: Sources | None = None, own: OwnTemplate | None = None) -> Draft:
    """A document of a kind."""
    return draft(KINDS[kind], given or sources(), version="0.1.0", product_hash="9d31c0ffee", own=own)
