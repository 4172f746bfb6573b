"""A chat candidate: which model answers where, how it is asked, how its reply is read, and what it may cost."""

from __future__ import annotations

from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from shipworthy.spec.endpoint import Endpoint
from shipworthy.spec.scalars import Count, Name, Switch, Text
from shipworthy.spec.sections import Section


def _words(value: Any) -> Any:
    """One word or several, as a list of texts."""
    if isinstance(value, dict):
        raise ValueError("a group of keys stands where words were expected; write a word or a list of words")
    each = value if isinstance(value, list | tuple) else [value]
    return tuple(str(word).lower() if isinstance(word, bool) else str(word) for word in each)


Words = Annotated[
    tuple[Text, ...],
    BeforeValidator(_words, json_schema_input_type=Name | tuple[Name, ...]),
    Field(min_length=1),
]


def _told_apart(labels: dict[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    seen: dict[str, str] = {}
    for label, words in labels.items():
        for word in words:
            plain = word.strip().casefold()
            if seen.setdefault(plain, label) != label:
                raise ValueError(f"{word!r} means both {seen[plain]} and {label}; give each its own words")
    if len(labels) == 1:
        raise ValueError(
            f"only {next(iter(labels))} has words; give every answer its own, as in {{1: spam, 0: ham}}"
        )
    return labels


class Reading(Section):
    """How a reply becomes an answer: by the words of each answer, or by a field of JSON."""

    labels: Annotated[dict[Text, Words], AfterValidator(_told_apart)] = Field(
        default_factory=dict,
        description="the words that stand for each value of the target; yes and no, or the classes themselves, unless given",
        examples=[{"1": ["spam", "yes"], "0": ["ham", "no"]}],
    )
    json_schema: Text | dict[str, Any] | None = Field(
        default=None,
        description="a JSON Schema that the reply must follow: a file of the product, or the schema itself",
        examples=["prompts/verdict.json"],
    )
    field: Text | None = Field(
        default=None, description="the key of the JSON reply that holds the answer", examples=["spam"]
    )

    @model_validator(mode="after")
    def _schema_and_field_go_together(self) -> Self:
        if (self.json_schema is None) != (self.field is None):
            given, lacking = ("json_schema", "field") if self.field is None else ("field", "json_schema")
            raise ValueError(f"it has a {given} and no {lacking}; add {lacking}:, or take {given} out")
        return self


class Chat(Endpoint):
    """A model behind an endpoint that speaks the OpenAI chat protocol, and how it is asked."""

    prompt: Text = Field(
        description="the file with what is said to the model, in the product's folder",
        examples=["prompts/spam.md"],
    )
    answer: Reading = Field(
        default_factory=Reading,
        description="how a reply becomes an answer",
        examples=[{"labels": {"1": "spam", "0": "ham"}}],
    )
    samples: Annotated[Count, Field(ge=1, le=100)] = Field(
        default=1, description="how many replies each row gets", examples=[3]
    )
    logprobs: Switch = Field(
        default=False,
        description="whether the chance of each answer is read from the first token of the reply",
        examples=["yes"],
    )
    calibrate: Literal["content_free"] | None = Field(
        default=None,
        description="divides those chances by the ones of an empty input",
        examples=["content_free"],
    )

    @model_validator(mode="after")
    def _parts_go_together(self) -> Self:
        if self.calibrate is not None and not self.logprobs:
            raise ValueError("calibrate needs the chances of the answers; add logprobs: yes")
        if self.logprobs and self.answer.json_schema is not None:
            raise ValueError(
                "logprobs read the first token of a reply, which in JSON says nothing; take logprobs or json_schema out"
            )
        return self
