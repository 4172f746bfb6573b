"""Frame: whether a rule, a predictive model, a generative one, a person or nobody should make a decision."""

from shipworthy.frame.framing import framing, questions
from shipworthy.frame.inputs import CATALOGUE, SORTS, Inputs, Sort, known, unknown
from shipworthy.frame.ranking import Change, Opportunity, Portfolio, portfolio

__all__ = [
    "CATALOGUE",
    "SORTS",
    "Change",
    "Inputs",
    "Opportunity",
    "Portfolio",
    "Sort",
    "framing",
    "known",
    "portfolio",
    "questions",
    "unknown",
]
