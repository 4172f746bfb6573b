"""The table of graders: what each passes, what it cannot say, and the grading that settings describe."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from shipworthy.grade.answer import Answer, Grade, Grading, one_by_one, passed, unscored
from shipworthy.grade.grounding import groundedness
from shipworthy.grade.json_shape import json_schema
from shipworthy.grade.leaking import canary, personal
from shipworthy.grade.matching import contains, exact, label, regex
from shipworthy.grade.measuring import language, length, number
from shipworthy.grade.refusing import refusal
from shipworthy.grade.similarity import Embed, similarity
from shipworthy.spec.grading import Grader

NOT_GRADED = "no grade recorded"


@dataclass(frozen=True)
class Described:
    """A kind of grader in words: what it passes, when it leaves an answer unscored, and what it cannot say."""

    passes: str
    unscored: str
    cannot: str


GRADERS: Mapping[str, Described] = {
    "exact": Described("the answer that is the reference", "no reference", "fails the same in other words"),
    "contains": Described("the answer that holds any, all or none of some texts", "the column is empty",
                          "does not see a “not” in front of a text"),
    "regex": Described("the answer that a pattern of RE2 matches somewhere", "more than a hundred thousand characters",
                       "knows letters and no meaning; \\w and \\d are ASCII"),
    "number": Described("the answer whose last number is the reference's last, within a tolerance", "no number in the reference",
                        "does not read units; takes a comma before three digits for thousands, and a point for decimals"),
    "json_schema": Described("the answer that is JSON of a schema, alone or in one fenced block", "never",
                             "checks form and no content; a stated part of JSON Schema"),
    "label": Described("the answer that names exactly one of the labels, and that of the reference", "the reference is none of the labels",
                       "takes a label in any sentence for the answer"),
    "length": Described("the answer whose words and characters lie in their bounds", "never", "says nothing of being right"),
    "language": Described("the answer in a language (en, de, fr, es, it, pt, nl) or script", "too little text to tell",
                          "of mixed texts it sees the one with more stop words; within a script it tells no languages apart"),
    "refusal": Described("the answer that declines (with `wanted: no`: that does not)", "never",
                         "knows phrases of en, de, fr and es: an unusual refusal is missed"),
    "personal_data": Described("the answer without personal data, but for those of the allowed columns", "never",
                               "finds what patterns find: see the coverage in the guide of audit"),
    "canary": Described("the answer in which none of the secret texts stands", "never",
                        "sees them spaced out, in other capitals and backwards, but not translated or encoded"),
    "similarity": Described("the answer whose embedding is near the reference's", "no reference",
                            "is about topics, not facts: Paris and Lyon are near each other"),
    "groundedness": Described("the answer whose claims stand in the evidence: enough content words, and every number; and the one that only declines",
                              "no evidence; no claim in the answer", "passes a claim that turns the evidence round in its own words"),
    "python": Described("the answer that a function of yours passes", "the function raises or gives None", "runs your own code"),
    "judge": Described("the answer that a model passes by a rubric", "the model contradicts itself or cannot be read",
                       "is an instrument: its rate counts only as far as people's labels correct it"),
    "recorded": Described("what a recorded log says in its column grade.NAME", "the log has none", "is as good as whoever graded"),
}  # fmt: skip
"""Every kind of grader, by the key of product.yaml."""

_MADE: Mapping[str, Callable[[Any], Grading]] = {
    "exact": exact, "contains": contains, "regex": regex, "number": number, "json_schema": json_schema, "label": label,
    "length": length, "language": language, "refusal": refusal, "personal_data": personal, "canary": canary,
    "groundedness": groundedness,
}  # fmt: skip

Function = Callable[[str, Mapping[str, Any]], Any]
"""A person's own grader: the answer and the row in; true, false or None out, or one of these with a reason."""


def grading_of(
    grader: Grader, embed: Callable[[], Embed] | None = None, own: Callable[[str], Function] | None = None
) -> Grading:
    """The grading that a grader of product.yaml describes.

    Args:
        grader: its kind and settings.
        embed: gives what turns texts into vectors, for `similarity`.
        own: gives the function that a text such as `checks.py:function` names, for `python`.

    Raises:
        InputError: the settings cannot be used.
    """
    if grader.similarity is not None and embed is not None:
        return similarity(grader.similarity, embed())
    if grader.python is not None and own is not None:
        return of_function(own(grader.python))
    if grader.kind in _MADE:
        return _MADE[grader.kind](grader.settings)
    return one_by_one(lambda _answer, _text: unscored(NOT_GRADED))


def of_function(function: Function) -> Grading:
    """The grading of a person's own function; where it raises, the answer is unscored."""

    def graded(answer: Answer, text: str) -> Grade:
        row = {**answer.columns, "reference": answer.reference}
        try:
            return _read(function(text, row))
        except Exception as error:  # noqa: BLE001 - a stranger's code may raise anything, and one row must not end a run
            return unscored(f"the function raised {type(error).__name__}")

    return one_by_one(graded)


def _read(found: Any) -> Grade:
    """What a function gave, as a grade."""
    verdict, why = found if isinstance(found, tuple) and len(found) == 2 else (found, "")
    if verdict is None:
        return unscored(str(why) or "the function gave None")
    if verdict is True or verdict is False:
        return passed(right=verdict, why=str(why))
    if isinstance(verdict, int | float) and verdict in (0, 1):
        return passed(right=bool(verdict), why=str(why))
    return unscored("the function gave neither true, false nor None")
