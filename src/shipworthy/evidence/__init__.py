"""What every judgement hands up: frozen values that turn into JSON and back, here and nowhere else."""

from shipworthy.evidence.record import Provenance, Record, read_record
from shipworthy.evidence.values import (
    CandidateFacts,
    Confused,
    CurvePoint,
    DataFacts,
    Decision,
    Estimate,
    Evaluation,
    SplitFacts,
    Verdict,
)

__all__ = [
    "CandidateFacts",
    "Confused",
    "CurvePoint",
    "DataFacts",
    "Decision",
    "Estimate",
    "Evaluation",
    "Provenance",
    "Record",
    "SplitFacts",
    "Verdict",
    "read_record",
]
