"""Graders from the settings of product.yaml, asked about one answer."""

from __future__ import annotations

from typing import Any

from shipworthy.grade import Answer, Grade, grading_of
from shipworthy.spec.grading import Grader


def graded(settings: dict[str, Any], text: str | None, reference: str | None = None, **columns: Any) -> Grade:
    """What a grader says of one answer."""
    [grade] = grading_of(Grader.model_validate(settings))([Answer(text, reference, columns)])
    return grade


def verdict(settings: dict[str, Any], text: str | None, reference: str | None = None, **columns: Any) -> Any:
    """True, false, or the reason of an unscored answer."""
    found = graded(settings, text, reference, **columns)
    return found.unscored if found.passed is None else found.passed
