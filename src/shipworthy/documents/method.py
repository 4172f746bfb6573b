"""How we know: the inputs of the record and the statistics behind its numbers, in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from shipworthy.documents.operating import operating_words
from shipworthy.documents.wording import SPACE, listed, plural

if TYPE_CHECKING:
    from shipworthy.documents.figure import Sentence
    from shipworthy.evidence import CandidateFacts, Evaluation, Record

_METHODS = {
    "wilson": "shares are shown with Wilson intervals and judged by exact (Clopper–Pearson) bounds",
    "clopper_pearson": "shares of few events are shown with exact intervals too",
    "delta_t": "means and money have linearised variances and Student t intervals",
    "delta_logit": "bounded scores have linearised variances on the logit scale",
    "classes_exact": "averages over classes are bounded by the exact bounds of the classes where one is rare",
    "delta_log": "mean losses have linearised variances on the logarithmic scale",
    "delta_log_rest": "the explained share has its variance by the delta method",
    "cells_exact": "money is bounded exactly outcome by outcome where an outcome is rare",
    "order_statistic": "percentiles have order-statistic intervals",
    "delong": "ranking scores have DeLong intervals",
    "resampled": "average precision has intervals by resampled cells",
    "threshold_and_share": "points of the ROC curve are bounded for any threshold that may lie there",
    "reliability": "calibration errors are judged beyond what chance alone would show",
    "adverse_unit": "means of values from 0 to 1 are bounded with one adverse unit more",
    "jackknife": "clustered scores are judged by the spread between groups of units",
    "simultaneous": "gaps between groups have simultaneous intervals over all pairs of groups",
    "mixture_cs": "growing logs have confidence sequences, valid at every look",
    "worst_case": "rows without an answer or a grade are counted as the worst case",
    "ppi": "judged text is corrected by human labels (prediction-powered inference)",
    "post_stratified": "judged text is corrected by human labels on each side of the judge, by the size of the side",
    "lee": "judged text is corrected by the judge's sensitivity and specificity on human labels (Lee et al.)",
    "judge_alone": "what a judge alone says of text is shown without bounds, and decides nothing",
}


@dataclass(frozen=True)
class VersionRow:
    """One candidate's version and its frozen threshold."""

    name: str
    kind: str
    version: str
    threshold: Sentence
    why: str
    notes: str


def version_rows(evaluation: Evaluation) -> tuple[VersionRow, ...]:
    """Version and threshold of each candidate."""
    return tuple(_version_row(index, facts) for index, facts in enumerate(evaluation.candidates))


def _version_row(index: int, facts: CandidateFacts) -> VersionRow:
    threshold = operating_words(facts, f"/candidates/{index}")
    return VersionRow(
        facts.name, facts.kind, facts.version, threshold, facts.threshold_why, "; ".join(facts.notes)
    )


def inputs(record: Record) -> tuple[tuple[str, str], ...]:
    """The inputs of the record as pairs of a word and a text."""
    found = record.provenance
    return (
        *(
            (
                f"Data: {item.role}",
                f"{item.source}, {plural(item.rows, 'row')}, fingerprint {item.fingerprint}",
            )
            for item in found.data
        ),
        ("Requirements", f"hash {found.spec_hash}"),
        (
            "Computed by",
            f"Shipworthy {found.code_version} on {found.engine}, seed {found.seed}, {_queries(record)}",
        ),
        ("Record", f"{record.id}, SHA-256 {record.hash}"),
        *((("Follows from", record.parent),) if record.parent else ()),
    )


def _queries(record: Record) -> str:
    amount = len(record.provenance.queries)
    return f"{plural(amount, 'query', 'queries')} kept in the record" if amount else "no queries kept"


def rule_of_judgement(evaluation: Evaluation) -> str:
    """How a verdict is reached, and which intervals the numbers have."""
    verdicts = [verdict.estimate for verdict in evaluation.verdicts if verdict.estimate]
    levels = sorted({estimate.level for estimate in verdicts})
    sure = listed([f"{100 * level:.4g}{SPACE}%" for level in levels], "or") if levels else f"95{SPACE}%"
    shown = sorted({100 * estimate.confidence for estimate in (*evaluation.estimates, *verdicts)})
    wide = listed([f"{level:.4g}{SPACE}%" for level in shown], "or") if shown else f"95{SPACE}%"
    rule = (
        f"A requirement is met when the one-sided {sure} bound of the evidence clears it, missed when the opposite "
        "bound fails it, and undecided otherwise. "
        f"Ranges in parentheses are two-sided {wide} intervals; their ends are rounded outwards."
    )
    return f"{rule} {_intervals(evaluation)}".strip()


def _intervals(evaluation: Evaluation) -> str:
    judged = [verdict.estimate for verdict in evaluation.verdicts if verdict.estimate]
    used = {part for found in (*evaluation.estimates, *judged) for part in found.method.split("+")}
    told = listed([text for method, text in _METHODS.items() if method in used])
    return f"{told[0].upper()}{told[1:]}." if told else ""
