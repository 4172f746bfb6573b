"""What to ask of a log, and what the tallies answer: the room behind `shipworthy evaluate`.

`asking` merges the needs of requirements, headline metrics and segments; `threshold` freezes a candidate's operating
point on validation rows, `grouped` one for each group, `reviewing` a band that goes to a person; `curve` says what each
threshold would have been worth (all by the `options` that the rows tell apart); `answering` turns the tallies of the test
rows into estimates and verdicts; `fairness` says what is asked of protected columns unasked, `mitigation` which candidates
are fairer versions of which others; `searching` says where worse slices are searched for, and `worst` finds them;
`calibrating` says what the scores meant, `trusting` what the verdicts of judges are worth.
"""

from shipworthy.evaluate.answering import answered, confusion_of
from shipworthy.evaluate.asking import Questions, questions
from shipworthy.evaluate.calibrating import reliability_of
from shipworthy.evaluate.contrast import Sought
from shipworthy.evaluate.coverage import coverage_notes
from shipworthy.evaluate.fairness import Fairness, fairness, with_fairness
from shipworthy.evaluate.grouped import Groups, freeze_groups
from shipworthy.evaluate.mitigation import counterpart, mitigation
from shipworthy.evaluate.options import Weights
from shipworthy.evaluate.reviewing import freeze_band, review_money
from shipworthy.evaluate.searching import Searched, deepest_of_units, searched
from shipworthy.evaluate.threshold import Frozen, freeze, validation_needs
from shipworthy.evaluate.trusting import Origin, judge_trust, trust_notes
from shipworthy.evaluate.worst import Found, slice_search, worst_slices

__all__ = [
    "Fairness", "Found", "Frozen", "Groups", "Origin", "Questions", "Searched", "Sought", "Weights", "answered", "confusion_of", "counterpart",
    "coverage_notes", "deepest_of_units", "fairness", "freeze", "freeze_band", "freeze_groups", "judge_trust", "mitigation", "questions", "reliability_of", "review_money", "searched", "slice_search",
    "trust_notes", "validation_needs", "with_fairness", "worst_slices",
]  # fmt: skip
