"""What an answer should be, in the words in which answers are read, and whether tries agree with it and with each other."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from math import isclose
from typing import TYPE_CHECKING, Any

from shipworthy.errors import InputError
from shipworthy.models.chat.reading import by_words
from shipworthy.spec.task import class_text
from shipworthy.stats.semantic_entropy import clusters, same_text

if TYPE_CHECKING:
    from shipworthy.models.chat.reading import Words
    from shipworthy.probe import Try
    from shipworthy.workbench.session import Session


def words_of(session: Session) -> Words:
    """The words of each answer where no candidate says otherwise; none where answers are numbers or texts."""
    if session.task.kind == "multiclass":
        return {each: (each,) for each in session.task.classes}
    if session.task.kind != "binary":
        return {}
    positive = class_text(session.product.predicts.positive)
    return {positive: ("yes", "true"), f"not {positive}": ("no", "false")}


def expected(kind: str, labels: Words, stated: str | None, label: Any) -> str | None:
    """The answer that should come back: the stated one, else the label of the row, else None.

    Raises:
        InputError: what is stated is no answer of the product.
    """
    if stated is None:
        return _of_label(labels, label)
    if labels:
        return _named(labels, stated)
    if kind == "text":
        return stated
    try:
        return f"{float(stated):.12g}"
    except ValueError:
        message = f"--expect {stated!r}: answers of this product are numbers"
        raise InputError("probe.expect", message, remedy="Write one, as in --expect 3.5.") from None


def _of_label(labels: Words, label: Any) -> str | None:
    if isinstance(label, bool):
        return [*labels][0 if label else 1]
    if isinstance(label, float):
        return f"{label:.12g}"
    return None if label is None else str(label)


def _named(labels: Words, stated: str) -> str:
    same = [label for label in labels if label.casefold() == stated.strip().casefold()]
    read = by_words(stated, labels)
    if same or (read.outcome == "read" and read.value is not None):
        return same[0] if same else str(read.value)
    known = "; ".join(f"{label} ({', '.join(words)})" for label, words in labels.items())
    raise InputError(
        "probe.expect", f"--expect {stated!r} is no answer of this product", remedy=f"Known: {known}."
    )


Compared = Callable[[str, str], bool]
"""Whether two answers mean the same."""

SAMENESS: Mapping[str, tuple[Compared, str]] = {
    "text": (same_text, "the same words, whatever their case and punctuation"),
    "regression": (lambda one, other: isclose(float(one), float(other), rel_tol=1e-9), "equal numbers"),
}
"""When two answers of a kind mean the same; others do where they are the same label."""


def sameness(kind: str) -> tuple[Compared, str]:
    """When two answers of this kind mean the same, and how that is said."""
    return SAMENESS.get(kind, (str.__eq__, "equal answers"))


def compared(kind: str, tries: Sequence[Try], should: str | None, *, scores: bool = False) -> tuple[Try, ...]:
    """The tries with the number of the meaning of each, and whether it is as expected. A bare score is not held against a label."""
    same, _ = sameness(kind)
    answers = [each.answer for each in tries if each.answer is not None]
    numbers = iter(clusters(answers, same))
    meant = [replace(each, meaning=None if each.answer is None else next(numbers)) for each in tries]
    if should is None or scores:
        return tuple(meant)
    return tuple(
        replace(each, passed={**each.passed, "expected": _as_expected(kind, each, should)}) for each in meant
    )


def _as_expected(kind: str, tried: Try, should: str) -> bool | None:
    """A reply that says nothing is not as expected; where none came nobody can tell. A text holds what is expected of it."""
    if tried.outcome == "failed":
        return None
    if tried.answer is None:
        return False
    if kind == "text":
        return " ".join(should.casefold().split()) in " ".join(tried.answer.casefold().split())
    return sameness(kind)[0](tried.answer, should)
