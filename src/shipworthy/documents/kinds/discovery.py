"""What was found out before anything was decided: whether a model should, what the data are worth, what is done without it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from shipworthy.documents import readiness
from shipworthy.documents.choice import overall
from shipworthy.documents.figure import counted, measured, sentence
from shipworthy.documents.kinds.prd import framing
from shipworthy.documents.measure import metric_words, scale_of
from shipworthy.documents.statement import Statement, evidence, unanswered

if TYPE_CHECKING:
    from shipworthy.documents.sources import Sources

MOST_FINDINGS = 3
BESIDE = {
    "binary": ("recall", "false_positive_rate", "net_value"),
    "multiclass": ("accuracy",),
    "regression": ("mae",),
}
Titled = tuple[tuple[str, Statement], ...]


def discovery(sources: Sources) -> Titled:
    """What `frame`, `audit` and the baseline say, each with a title."""
    return (
        ("Is it a problem for a model", framing(sources)),
        *_framed(sources),
        *_audited(sources),
        *_baseline(sources),
    )


def _framed(sources: Sources) -> Iterator[tuple[str, Statement]]:
    record = sources.records.get("frame")
    if record is None or record.framing is None:
        return
    found = record.framing
    told = f"{found.measured} of {len(found.inputs)} inputs were measured, and {found.stated - found.measured} were stated by people."
    yield "What that rests on", evidence(told, record=record.id)


def _audited(sources: Sources) -> Iterator[tuple[str, Statement]]:
    record = sources.records.get("audit")
    if record is None or record.audit is None:
        yield "The data", unanswered("whether they are fit to judge with", run="shipworthy audit")
        return
    audit = record.audit
    rows = counted(audit.rows, "/audit/rows")
    told = sentence(rows, f" rows of {len(audit.columns)} columns. {readiness.headline(audit)[1]}.")
    yield "The data", evidence(told, record=record.id)
    poor = [each for each in readiness.card_lines(audit) if each.colour != "green"]
    for each in poor[:MOST_FINDINGS]:
        yield each.title.replace(": ", ", "), evidence(f"{each.told.rstrip('.')}.", record=record.id)


def _baseline(sources: Sources) -> Iterator[tuple[str, Statement]]:
    """What comes of doing without: the free baseline that everything is held against."""
    if sources.decided is None:
        return
    record, evaluation, _ = sources.decided
    free = next((each for each in evaluation.candidates if not each.eligible), None)
    if free is None:
        return
    found = [
        overall(evaluation, free.name, metric) for metric in BESIDE.get(sources.product.predicts.kind, ())
    ]
    parts = [
        sentence(
            f"{metric_words(each[1].metric)} ",
            measured(each[1], each[0], scale_of(each[1].metric, sources.product)),
        )
        for each in found
        if each and each[1].value is not None
    ]
    joined = [part for each in parts for part in (each, ", ")][:-1]
    if joined:
        yield "Without it", evidence(f"{free.name}: ", *joined, ".", record=record.id)
