"""The candidates of a product: what may become the answer."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BeforeValidator, ConfigDict, Field, model_validator

from shipworthy.spec.cascade import Cascade
from shipworthy.spec.chat import Chat
from shipworthy.spec.scalars import Number, Scalar, Share, Text
from shipworthy.spec.sections import Section

BASELINE = "baseline"
"""The name of the candidate that every product gets for free."""

Algorithm = Literal["logistic_regression", "linear_regression", "gradient_boosting"]
Rate = Literal["recall", "false_positive_rate", "selection_rate"]
LogColumn = Literal[
    "id", "prediction", "score", "low", "high", "latency_ms", "cost_usd", "error", "output", "label", "repeats", "request",
    "item",
]  # fmt: skip
Foreign = Literal["promptfoo", "inspect", "lm_eval", "openai_evals"]
KINDS = ("rule", "train", "recorded", "chat", "cascade")
_Trials = Annotated[str, Field(pattern=r"^\s*[1-9][0-9]{0,5}\s+trials?\s*$")]
KEYS_OF_KIND = {
    "features": "train",
    "text": "train",
    "drop": "train",
    "tune": "train",
    "options": "train",
    "reweigh": "train",
    "table": "recorded",
    "columns": "recorded",
    "format": "recorded",
    "model": "recorded",
}
"""Keys that say something about one kind of candidate only."""


def _trials(written: Any) -> Any:
    if not re.fullmatch(r"\s*[1-9]\d{0,5}\s+trials?\s*", str(written)):
        raise ValueError(
            f"{written!r} does not say how long to tune; write a number of trials, as in 30 trials"
        )
    return written


def _not_the_baseline(name: str) -> str:
    if name == BASELINE:
        raise ValueError(
            f"the name {BASELINE!r} is taken: every product gets that candidate for free; choose another name"
        )
    return name


class Abstain(Section):
    """Scores between two thresholds go to a person; which two is chosen on validation rows."""

    review: Number | None = Field(
        default=None,
        description="money per case that a person reviews, if not `value.review`",
        examples=[-0.4],
    )
    reviewer_accuracy: Annotated[Number, Field(gt=0, le=1)] = Field(
        default=1.0,
        description="the share of reviewed cases that the person decides rightly",
        examples=[0.95],
    )
    error: Share | None = Field(
        default=None,
        description="the error that automated answers may have, proved on validation with 95 % confidence",
        examples=["1 %"],
    )


class Candidate(Section):
    """Something that may become the answer. Exactly one of its kinds is given."""

    model_config = ConfigDict(json_schema_extra={"oneOf": [{"required": [kind]} for kind in KINDS]})

    rule: Text | None = Field(
        default=None,
        description="an expression over the columns of the row",
        examples=["winner = 'yes' OR dollar > 2"],
    )
    train: Algorithm | None = Field(
        default=None, description="a model to train", examples=["logistic_regression"]
    )
    recorded: Text | None = Field(
        default=None,
        description="predictions that somebody made: a file or a database URL",
        examples=["data/vendor.parquet"],
    )
    chat: Chat | None = Field(
        default=None,
        description="a chat model: its name, address, prompt and price",
        examples=[{"model": "small-1", "base_url": "http://localhost:8080/v1", "prompt": "prompts/spam.md"}],
    )
    cascade: Cascade | None = Field(
        default=None,
        description="two other candidates, the second for what the first is unsure of",
        examples=[{"first": "logistic", "then": "assistant", "between": [0.2, 0.8]}],
    )

    features: tuple[Text, ...] = Field(
        default=(), description="the only columns it learns from", examples=[["words", "channel"]]
    )
    text: tuple[Text, ...] = Field(
        default=(), description="columns that it reads as running text", examples=[["message"]]
    )
    drop: tuple[Text, ...] = Field(
        default=(), description="columns that it must not see", examples=[["account"]]
    )
    tune: Annotated[str, BeforeValidator(_trials, json_schema_input_type=_Trials)] | None = Field(
        default=None, description="how many settings are tried", examples=["30 trials"]
    )
    options: dict[str, Scalar] = Field(
        default_factory=dict, description="settings of the algorithm", examples=[{"max_iter": 200}]
    )
    reweigh: Text | None = Field(
        default=None,
        description="a column whose groups get training weights that make group and label independent",
        examples=["country"],
    )
    table: Text | None = Field(
        default=None, description="the table, where predictions are in a database", examples=["scores"]
    )
    columns: dict[LogColumn, Text] = Field(
        default_factory=dict, description="how its columns are named", examples=[{"prediction": "verdict"}]
    )
    format: Foreign | None = Field(
        default=None,
        description="the evaluation tool that wrote the file, where it is no table",
        examples=["promptfoo"],
    )
    model: Text | None = Field(
        default=None,
        description="whose answers they are, where the file of a tool holds several models",
        examples=["openai:gpt-5-mini"],
    )
    threshold: Number | None = Field(
        default=None, description="the score from which the answer is positive", examples=[0.5]
    )
    thresholds_by: Text | None = Field(
        default=None,
        description="a column whose groups get a threshold each, chosen on validation rows",
        examples=["country"],
    )
    equalise: Rate | None = Field(
        default=None,
        description="the rate that `thresholds_by` brings as near as it can in all groups",
        examples=["recall"],
    )
    abstain: Abstain | None = Field(
        default=None,
        description="scores between two thresholds go to a person",
        examples=[{"review": -0.4}],
    )
    cost: Annotated[Number, Field(ge=0)] | None = Field(
        default=None, description="cost per decision, in the currency of `value`", examples=[0.001]
    )

    @property
    def groups_by(self) -> tuple[str, ...]:
        """The columns whose groups it treats by themselves."""
        return tuple(column for column in (self.thresholds_by, self.reweigh) if column is not None)

    @property
    def kind(self) -> Literal["rule", "trained", "recorded", "chat", "cascade"]:
        """Which of the five kinds it is."""
        if self.rule is not None:
            return "rule"
        if self.train is not None:
            return "trained"
        if self.recorded is not None:
            return "recorded"
        return "chat" if self.chat is not None else "cascade"

    @model_validator(mode="after")
    def _has_one_kind(self) -> Self:
        given = [name for name in KINDS if getattr(self, name) is not None]
        if len(given) != 1:
            found = f"it is given by {' and '.join(given)}" if given else "nothing says what it is"
            raise ValueError(f"{found}; a candidate is exactly one of {', '.join(KINDS)}")
        return self

    @model_validator(mode="after")
    def _has_one_way_to_a_threshold(self) -> Self:
        ways = [name for name in ("threshold", "thresholds_by", "abstain") if getattr(self, name) is not None]
        if len(ways) > 1:
            raise ValueError(f"{' and '.join(ways)} exclude each other; keep one of them")
        if self.equalise is not None and self.thresholds_by is None:
            raise ValueError(
                "equalise does not say between which groups; add thresholds_by: with the column of the groups"
            )
        return self


CandidateName = Annotated[Text, AfterValidator(_not_the_baseline)]
