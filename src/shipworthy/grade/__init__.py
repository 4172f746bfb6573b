"""Graders: an answered row in, passed, failed or unscored out. Nothing here asks a model or reads a file.

`graders.grading_of` gives the grading that product.yaml describes; `is_refusal`, `leaked_texts` and `claims` are the
questions that graders ask, for others to ask as well.
"""

from shipworthy.grade.answer import NO_ANSWER, NO_REFERENCE, Answer, Grade, Grading
from shipworthy.grade.graders import GRADERS, Described, grading_of
from shipworthy.grade.grounding import Claim, claims
from shipworthy.grade.leaking import leaked_kinds, leaked_texts
from shipworthy.grade.refusing import is_refusal
from shipworthy.grade.similarity import Embed

__all__ = [
    "GRADERS",
    "NO_ANSWER",
    "NO_REFERENCE",
    "Answer",
    "Claim",
    "Described",
    "Embed",
    "Grade",
    "Grading",
    "claims",
    "grading_of",
    "is_refusal",
    "leaked_kinds",
    "leaked_texts",
]
