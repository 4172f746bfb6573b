"""What every judgement hands up: frozen values that turn into JSON and back, here and nowhere else."""

from shipworthy.evidence.operating import OperatingPoint
from shipworthy.evidence.record import Provenance, Record, read_record
from shipworthy.evidence.values import (
    CandidateFacts,
    CurvePoint,
    DataFacts,
    Decision,
    Estimate,
    Evaluation,
    Regret,
    SplitFacts,
    Verdict,
)

__all__ = [
    "CandidateFacts",
    "CurvePoint",
    "DataFacts",
    "Decision",
    "Estimate",
    "Evaluation",
    "OperatingPoint",
    "Provenance",
    "Record",
    "Regret",
    "SplitFacts",
    "Verdict",
    "read_record",
]
