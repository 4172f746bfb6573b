"""What every judgement hands up: frozen values that turn into JSON and back, here and nowhere else."""

from shipworthy.evidence.plan import Batch, Effort, Flow, Need, Open, Plan, Span
from shipworthy.evidence.record import Provenance, Record, read_record
from shipworthy.evidence.values import (
    CandidateFacts,
    Confused,
    CurvePoint,
    DataFacts,
    Decision,
    Estimate,
    Evaluation,
    Reliability,
    ReliabilityBin,
    SplitFacts,
    Verdict,
)

__all__ = [
    "Batch",
    "CandidateFacts",
    "Confused",
    "CurvePoint",
    "DataFacts",
    "Decision",
    "Effort",
    "Estimate",
    "Evaluation",
    "Flow",
    "Need",
    "Open",
    "Plan",
    "Provenance",
    "Record",
    "Reliability",
    "ReliabilityBin",
    "Span",
    "SplitFacts",
    "Verdict",
    "read_record",
]
