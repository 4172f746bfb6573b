"""What to ask of a log, and what the tallies answer: the room behind `shipworthy evaluate`.

`asking` merges the needs of requirements, headline metrics and segments; `threshold` freezes a candidate's operating
point on validation rows; `answering` turns the tallies of the test rows into estimates and verdicts; `searching` says
where worse slices are searched for, and `worst` finds them.
"""

from shipworthy.evaluate.answering import answered
from shipworthy.evaluate.asking import Questions, questions
from shipworthy.evaluate.contrast import Sought
from shipworthy.evaluate.searching import Searched, searched
from shipworthy.evaluate.threshold import Frozen, freeze, validation_needs
from shipworthy.evaluate.worst import Found, slice_search, worst_slices

__all__ = [
    "Found", "Frozen", "Questions", "Searched", "Sought", "answered", "freeze", "questions", "searched", "slice_search",
    "validation_needs", "worst_slices",
]  # fmt: skip
