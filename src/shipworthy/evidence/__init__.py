"""What every judgement hands up: frozen values that turn into JSON and back, here and nowhere else."""

from shipworthy.evidence.audit import (
    Audit,
    ColumnProfile,
    Finding,
    LabelNoise,
    LearningCurve,
    Outlook,
    TimeBin,
)
from shipworthy.evidence.comparison import Comparison, Contender, Contest, Paired
from shipworthy.evidence.mitigation import Change, Mitigation
from shipworthy.evidence.operating import OperatingPoint
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
    Regret,
    Reliability,
    ReliabilityBin,
    SliceSearch,
    SplitFacts,
    Verdict,
    WorstSlice,
)

__all__ = [
    "Audit",
    "Batch",
    "CandidateFacts",
    "Change",
    "ColumnProfile",
    "Comparison",
    "Confused",
    "Contender",
    "Contest",
    "CurvePoint",
    "DataFacts",
    "Decision",
    "Effort",
    "Estimate",
    "Evaluation",
    "Finding",
    "Flow",
    "LabelNoise",
    "LearningCurve",
    "Mitigation",
    "Need",
    "Open",
    "OperatingPoint",
    "Outlook",
    "Paired",
    "Plan",
    "Provenance",
    "Record",
    "Regret",
    "Reliability",
    "ReliabilityBin",
    "SliceSearch",
    "Span",
    "SplitFacts",
    "TimeBin",
    "Verdict",
    "WorstSlice",
    "read_record",
]
