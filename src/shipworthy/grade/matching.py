"""Answers held against a reference or against given texts: the same, containing, matching, naming a label."""

from __future__ import annotations

import re

from shipworthy.errors import InputError
from shipworthy.grade.answer import NO_REFERENCE, Answer, Grade, Grading, one_by_one, passed, unscored
from shipworthy.grade.words import normalised
from shipworthy.spec.grading import Contains, Exact, LabelMatch, Pattern

LONGEST = 100_000
"""Characters of an answer that a pattern is matched against; a longer one is unscored."""


def exact(settings: Exact) -> Grading:
    """Passes the answer that is the reference."""
    form = normalised if settings.normalise else str

    def graded(answer: Answer, text: str) -> Grade:
        reference = answer.value(settings.reference)
        if reference is None:
            return unscored(NO_REFERENCE)
        return passed(right=form(text) == form(reference), why=f"the reference is {_short(reference)}")

    return one_by_one(graded)


def contains(settings: Contains) -> Grading:
    """Passes the answer that holds any, all or none of the texts."""

    def form(text: str) -> str:
        spaced = " ".join(text.split())
        return spaced if settings.case else spaced.casefold()

    def graded(answer: Answer, text: str) -> Grade:
        own = answer.value(settings.column) if settings.column else None
        sought = settings.texts or ((own,) if own else ())
        if not sought:
            return unscored(f"no {settings.column}")
        there = [form(each) in form(text) for each in sought]
        right = {"any": any(there), "all": all(there), "none": not any(there)}[settings.wanted]
        listed = ", ".join(
            _short(each)
            for each, found in zip(sought, there, strict=True)
            if found == (settings.wanted == "none")
        )
        return passed(right=right, why=f"{'there' if settings.wanted == 'none' else 'not there'}: {listed}")

    return one_by_one(graded)


def regex(settings: Pattern) -> Grading:
    """Passes the answer that a pattern matches somewhere, in time that grows with its length alone (RE2).

    Raises:
        InputError: the pattern is none, or asks for what RE2 leaves out, such as a look-ahead or a back-reference.
    """
    _prove_pattern(settings.pattern)

    def graded(_: Answer, text: str) -> Grade:
        if len(text) > LONGEST:
            return unscored(f"the answer has more than {LONGEST:,} characters")
        found = _matches(settings.pattern, text)
        return passed(
            right=found == settings.wanted, why="it does not match" if settings.wanted else "it matches"
        )

    return one_by_one(graded)


def _prove_pattern(pattern: str) -> None:
    from pyarrow import ArrowInvalid

    try:
        _matches(pattern, "")
    except ArrowInvalid as error:
        told = str(error).partition(":")[2].strip() or str(error)
        raise InputError(
            "grade.pattern",
            f"{pattern!r} is no pattern: {told}",
            remedy="Patterns follow RE2, which has no look-around and no back-references, so that none can take for ever.",
        ) from None


def _matches(pattern: str, text: str) -> bool:
    import pyarrow as pa
    import pyarrow.compute as pc

    return bool(pc.match_substring_regex(pa.array([text], pa.string()), pattern)[0].as_py())


def label(settings: LabelMatch) -> Grading:
    """Passes the answer that names exactly one of the labels, as a whole word, and that of the reference."""
    forms = {normalised(each): each for each in settings.labels}
    found = {form: re.compile(rf"(?<!\w){re.escape(form)}(?!\w)") for form in forms}

    def graded(answer: Answer, text: str) -> Grade:
        reference = answer.value(settings.reference)
        if reference is None:
            return unscored(NO_REFERENCE)
        if normalised(reference) not in forms:
            return unscored(f"the reference {_short(reference)} is none of the labels")
        named = [form for form, pattern in found.items() if pattern.search(normalised(text))]
        named = [form for form in named if not any(form != other and form in other for other in named)]
        told = ", ".join(forms[form] for form in named) or "no label"
        return passed(right=named == [normalised(reference)], why=f"it names {told}")

    return one_by_one(graded)


def _short(text: str) -> str:
    """The beginning of a text, in quotes."""
    return repr(text if len(text) <= 60 else f"{text[:59]}…")
