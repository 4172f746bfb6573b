"""What an answer should be, in the words in which answers are read, and whether tries agree with it and with each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import isclose
from typing import TYPE_CHECKING, Any

from shipworthy.errors import InputError
from shipworthy.models.chat.reading import by_words
from shipworthy.spec.task import class_text
from shipworthy.workbench.probing.meaning import meanings

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


def compared(
    kind: str, labels: Words, tries: Sequence[Try], should: str | None
) -> tuple[tuple[Try, ...], str]:
    """The tries with the meaning of each and whether it is as expected, and when two are alike."""
    numbers, alike = meanings(kind, [each.answer for each in tries if each.answer is not None])
    following = iter(numbers)
    meant = [replace(each, meaning=None if each.answer is None else next(following)) for each in tries]
    if should is not None:
        meant = [
            replace(each, passed={"expected": _as_expected(kind, labels, each, should)}) for each in meant
        ]
    return tuple(meant), alike


def _as_expected(kind: str, labels: Words, tried: Try, should: str) -> bool | None:
    """A reply that says nothing is not as expected. A text holds what is expected of it.

    Where no reply came, or a bare score without a threshold, nobody can tell.
    """
    if tried.outcome == "failed" or (labels and tried.answer is not None and tried.answer not in labels):
        return None
    if tried.answer is None:
        return False
    if kind == "text":
        return " ".join(should.casefold().split()) in " ".join(tried.answer.casefold().split())
    if kind in ("regression", "ranking"):
        return isclose(float(tried.answer), float(should), rel_tol=1e-9)
    return tried.answer == should
