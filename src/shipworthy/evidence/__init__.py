"""What every judgement hands up: frozen values that turn into JSON and back, here and nowhere else."""

from shipworthy.evidence.record import Provenance, Record, read_record
from shipworthy.evidence.values import (
    CandidateFacts,
    CurvePoint,
    DataFacts,
    Decision,
    Estimate,
    Evaluation,
    SliceSearch,
    SplitFacts,
    Verdict,
    WorstSlice,
)

__all__ = [
    "CandidateFacts",
    "CurvePoint",
    "DataFacts",
    "Decision",
    "Estimate",
    "Evaluation",
    "Provenance",
    "Record",
    "SliceSearch",
    "SplitFacts",
    "Verdict",
    "WorstSlice",
    "read_record",
]
