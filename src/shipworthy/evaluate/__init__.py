"""What to ask of a log, and what the tallies answer: the room behind `shipworthy evaluate`.

`asking` merges the needs of requirements, headline metrics and segments; `threshold` freezes a candidate's operating
point on validation rows; `answering` turns the tallies of the test rows into estimates and verdicts; `calibrating`
says what the scores meant.
"""

from shipworthy.evaluate.answering import answered, confusion_of
from shipworthy.evaluate.asking import Questions, questions
from shipworthy.evaluate.calibrating import reliability_of
from shipworthy.evaluate.threshold import Frozen, freeze, validation_needs

__all__ = [
    "Frozen",
    "Questions",
    "answered",
    "confusion_of",
    "freeze",
    "questions",
    "reliability_of",
    "validation_needs",
]
