"""How answers are graded: one grader under each name, with its settings."""

from __future__ import annotations

from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BeforeValidator, ConfigDict, Field, model_validator

from shipworthy.spec.judging import Judge
from shipworthy.spec.scalars import NAME, Count, Number, Share, Switch, Text
from shipworthy.spec.sections import Section

LANGUAGES = ("en", "de", "fr", "es", "it", "pt", "nl")
SCRIPTS = ("cyrillic", "greek", "arabic", "hebrew", "han", "kana", "hangul", "devanagari", "thai")
Language = Literal[
    "en", "de", "fr", "es", "it", "pt", "nl",
    "cyrillic", "greek", "arabic", "hebrew", "han", "kana", "hangul", "devanagari", "thai",
]  # fmt: skip


def _several(value: Any) -> Any:
    """One text counts as a list of one."""
    return [value] if isinstance(value, str) else value


Texts = Annotated[
    tuple[Text, ...],
    BeforeValidator(_several, json_schema_input_type=Text | tuple[Text, ...]),
    Field(min_length=1),
]


class Compared(Section):
    """A grader that holds the answer against a reference."""

    reference: Text | None = Field(
        default=None, description="the column of the reference, if not the target", examples=["answer"]
    )


class Exact(Compared):
    """The answer is the reference."""

    normalise: Switch = Field(
        default=True, description="whether case, punctuation and spaces are left aside", examples=["no"]
    )


class Contains(Section):
    """Texts that must stand in the answer."""

    texts: Texts | None = Field(default=None, description="the texts", examples=[["30 days", "refund"]])
    column: Text | None = Field(
        default=None, description="a column that holds the text", examples=["keyword"]
    )
    wanted: Literal["any", "all", "none"] = Field(
        default="all", description="how many of the texts must be there", examples=["any"]
    )
    case: Switch = Field(default=False, description="whether capitals must agree", examples=["yes"])

    @model_validator(mode="after")
    def _one_source(self) -> Self:
        if (self.texts is None) == (self.column is None):
            raise ValueError("say what is looked for, by texts: or by column:, and not by both")
        return self


class Pattern(Section):
    """A regular expression that the answer must match somewhere."""

    pattern: Text = Field(description="the expression, in the syntax of RE2", examples=["^ORDER-[0-9]{6}$"])
    wanted: Switch = Field(
        default=True, description="whether it must match; no: it must not", examples=["no"]
    )


class NumberWithin(Compared):
    """The number in the answer is that of the reference, within a tolerance."""

    tolerance: Annotated[Number, Field(ge=0)] = Field(
        default=0.0, description="how far it may be from it", examples=[0.01]
    )
    relative: Share = Field(
        default=0.0, description="how far it may be from it, as a share of it", examples=["1 %"]
    )


class LabelMatch(Compared):
    """The answer names one of the labels, that of the reference."""

    labels: Annotated[tuple[Text, ...], Field(min_length=2)] = Field(
        description="the labels", examples=[["refund", "delivery", "other"]]
    )


class Length(Section):
    """How long the answer is."""

    most_words: Count | None = Field(default=None, description="at most so many words", examples=[60])
    least_words: Count | None = Field(default=None, description="at least so many words", examples=[5])
    most_characters: Count | None = Field(
        default=None, description="at most so many characters", examples=[400]
    )
    least_characters: Count | None = Field(
        default=None, description="at least so many characters", examples=[20]
    )

    @model_validator(mode="after")
    def _bounded(self) -> Self:
        ends = (self.most_words, self.least_words, self.most_characters, self.least_characters)
        if all(end is None for end in ends):
            raise ValueError("length has no bound; write for example most_words: 60")
        for least, most in ((ends[1], ends[0]), (ends[3], ends[2])):
            if least is not None and most is not None and least > most:
                raise ValueError(f"no answer has at least {least} and at most {most}; swap the two")
        return self


class InLanguage(Section):
    """The language or the script of the answer."""

    code: Language | None = Field(default=None, description="the language or script", examples=["en"])
    column: Text | None = Field(
        default=None, description="a column that holds the code, row by row", examples=["language"]
    )

    @model_validator(mode="after")
    def _one_source(self) -> Self:
        if (self.code is None) == (self.column is None):
            raise ValueError("say which language, by code: or by column:, and not by both")
        return self


class Refusal(Section):
    """Whether the answer declines to answer."""

    wanted: Switch = Field(
        default=True, description="whether it should decline; no: it should not", examples=["no"]
    )


class PersonalData(Section):
    """No personal data stand in the answer."""

    allowed: tuple[Text, ...] = Field(
        default=(), description="columns whose personal data may be repeated", examples=[["question"]]
    )


class Canary(Section):
    """Texts that must never come out, such as a mark in a secret prompt."""

    texts: Texts = Field(description="the texts", examples=["ORCHID-7731"])


class Similarity(Compared):
    """The answer means about what the reference means, by the cosine of their embeddings."""

    at_least: Share = Field(default=0.9, description="the least cosine that passes", examples=[0.92])


class Groundedness(Section):
    """What the answer claims stands in the evidence."""

    evidence: Texts = Field(description="the column or columns that hold the evidence", examples=["context"])
    coverage: Share = Field(
        default=0.6,
        description="the share of a claim's content words that must stand there",
        examples=["70 %"],
    )
    claims: Share = Field(
        default=1.0, description="the share of the claims that must be grounded", examples=["90 %"]
    )


def _function(value: str) -> str:
    file, _, name = value.rpartition(":")
    if not file.endswith(".py") or not name.isidentifier():
        raise ValueError(f"{value!r} does not name a function of a file; write it as checks.py:function")
    return value


class Grader(Section):
    """Something that passes an answer or fails it. Exactly one of its kinds is given."""

    model_config = ConfigDict(
        json_schema_extra=lambda schema: schema.update(minProperties=1, maxProperties=1)
    )

    exact: Exact | None = Field(
        default=None, description="the answer is the reference", examples=[{"normalise": True}]
    )
    contains: Contains | None = Field(
        default=None, description="texts stand in the answer", examples=[{"texts": ["30 days"]}]
    )
    regex: Pattern | None = Field(
        default=None, description="a pattern matches the answer", examples=[{"pattern": "[0-9]+ days"}]
    )
    number: NumberWithin | None = Field(
        default=None, description="the number is the reference's", examples=[{"tolerance": 0.01}]
    )
    json_schema: dict[str, Any] | None = Field(
        default=None,
        description="the answer is JSON of this schema",
        examples=[{"type": "object", "required": ["total"]}],
    )
    label: LabelMatch | None = Field(
        default=None, description="the answer names the right label", examples=[{"labels": ["yes", "no"]}]
    )
    length: Length | None = Field(
        default=None, description="the answer is no longer or shorter", examples=[{"most_words": 60}]
    )
    language: InLanguage | None = Field(
        default=None, description="the answer is in a language", examples=[{"code": "en"}]
    )
    refusal: Refusal | None = Field(
        default=None, description="the answer declines, or does not", examples=[{"wanted": True}]
    )
    personal_data: PersonalData | None = Field(
        default=None, description="the answer has no personal data", examples=[{"allowed": ["question"]}]
    )
    canary: Canary | None = Field(
        default=None, description="a secret text does not come out", examples=[{"texts": ["ORCHID-7731"]}]
    )
    similarity: Similarity | None = Field(
        default=None, description="the answer means what the reference means", examples=[{"at_least": 0.9}]
    )
    groundedness: Groundedness | None = Field(
        default=None, description="its claims stand in the evidence", examples=[{"evidence": "context"}]
    )
    python: Annotated[Text, AfterValidator(_function)] | None = Field(
        default=None,
        description="a function of yours; evaluating runs its file",
        examples=["checks.py:polite"],
    )
    judge: Judge | None = Field(
        default=None,
        description="a model passes it, as far as people's labels bear it out",
        examples=[{"model": "small-1", "base_url": "http://localhost:8080/v1", "rubric": "helpful.md"}],
    )
    recorded: Switch | None = Field(
        default=None, description="grades that recorded logs bring along", examples=["yes"]
    )

    @property
    def kind(self) -> str:
        """Which of the kinds it is."""
        return next(name for name in KINDS if getattr(self, name) is not None)

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of the examples that it reads, beside the answer and the target."""
        found: list[str | None] = [getattr(self.settings, name, None) for name in ("reference", "column")]
        for several in ("evidence", "allowed", "columns"):
            found += getattr(self.settings, several, ())
        return tuple(dict.fromkeys(each for each in found if each))

    @property
    def settings(self) -> Any:
        """The settings of its kind."""
        return getattr(self, self.kind)

    @model_validator(mode="after")
    def _has_one_kind(self) -> Self:
        given = [name for name in KINDS if getattr(self, name) is not None]
        if len(given) != 1:
            found = f"it is given by {' and '.join(given)}" if given else "nothing says how it grades"
            raise ValueError(f"{found}; a grader is exactly one of {', '.join(KINDS)}")
        return self


KINDS = tuple(Grader.model_fields)
GraderName = Annotated[str, Field(pattern=NAME)]
