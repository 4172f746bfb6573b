"""Answers that are measured: the number that they give, how long they are, and their language."""

from __future__ import annotations

import unicodedata
from collections import Counter

from shipworthy.grade.answer import NO_REFERENCE, Answer, Grade, Grading, one_by_one, passed, unscored
from shipworthy.grade.numbers import numbers
from shipworthy.grade.stop_words import STOP_WORDS
from shipworthy.grade.words import words
from shipworthy.spec.grading import LANGUAGES, SCRIPTS, InLanguage, Length, NumberWithin

ROUNDING = 1e-12

LEAST_LETTERS = 10
"""Letters below which the language of a text is not told."""

_SCRIPTS = {
    "LATIN": "latin", "CYRILLIC": "cyrillic", "GREEK": "greek", "ARABIC": "arabic", "HEBREW": "hebrew", "CJK": "han",
    "HIRAGANA": "kana", "KATAKANA": "kana", "HANGUL": "hangul", "DEVANAGARI": "devanagari", "THAI": "thai",
}  # fmt: skip


def number(settings: NumberWithin) -> Grading:
    """Passes the answer whose last number is that of the reference, within the tolerance.

    The last one counts because answers that reason give their result at the end.
    """

    def graded(answer: Answer, text: str) -> Grade:
        reference = answer.value(settings.reference)
        wanted = numbers(reference) if reference else ()
        if not wanted:
            return unscored("no number in the reference" if reference else NO_REFERENCE)
        given = numbers(text)
        if not given:
            return passed(right=False, why="it gives no number")
        slack = max(settings.tolerance, settings.relative * abs(wanted[-1])) + ROUNDING * abs(wanted[-1])
        right = abs(given[-1] - wanted[-1]) <= slack
        return passed(right=right, why=f"it gives {given[-1]:g}, and the reference {wanted[-1]:g}")

    return one_by_one(graded)


def length(settings: Length) -> Grading:
    """Passes the answer whose words and characters lie in their bounds."""

    def graded(_: Answer, text: str) -> Grade:
        counted = ((len(words(text)), "words"), (len(text.strip()), "characters"))
        for count, what in counted:
            least, most = (getattr(settings, f"{side}_{what}") for side in ("least", "most"))
            if most is not None and count > most:
                return passed(right=False, why=f"it has {count:,} {what}, and {most:,} are the most")
            if least is not None and count < least:
                return passed(right=False, why=f"it has {count:,} {what}, and {least:,} are the least")
        return passed(right=True)

    return one_by_one(graded)


def language(settings: InLanguage) -> Grading:
    """Passes the answer in a language; what no rule can tell is unscored."""

    def graded(answer: Answer, text: str) -> Grade:
        wanted = settings.code or answer.value(settings.column)
        if wanted is None:
            return unscored(f"no {settings.column}")
        if wanted.lower() not in (*LANGUAGES, *SCRIPTS):
            return unscored(f"the language {wanted} is none of those that are told apart")
        found = language_of(text)
        if found is None:
            return unscored("too little text to tell its language")
        return passed(right=found == wanted.lower(), why=f"it is {found}")

    return one_by_one(graded)


def language_of(text: str) -> str | None:
    """The language of a Latin text by its stop words, the script of any other; None where neither is clear.

    A language is told where at least two of its stop words stand in the text, and more than of any other language; one
    is enough in at least four words of which no other language has any.
    """
    letters = [sign for sign in text if sign.isalpha()]
    scripts = Counter(_SCRIPTS.get(unicodedata.name(sign, "").split(" ")[0], "other") for sign in letters)
    script, most = max(scripts.items(), key=lambda each: each[1], default=("other", 0))
    if scripts["kana"] > len(letters) / 10:
        return "kana"
    if script == "latin":
        return _by_stop_words(text) if len(letters) >= LEAST_LETTERS else None
    return script if script in SCRIPTS and most > len(letters) / 2 else None


def _by_stop_words(text: str) -> str | None:
    found = words(text)
    hits = sorted(
        ((sum(each in own for each in found), code) for code, own in STOP_WORDS.items()), reverse=True
    )
    (first, code), (second, _) = hits[:2]
    sure = first >= 2 and first > second
    return code if sure or (first == 1 and not second and len(found) >= 4) else None
