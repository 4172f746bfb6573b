"""The sections of product.yaml that describe the product, its data and its life."""

from __future__ import annotations

import re
from typing import Annotated, Any, Self

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from shipworthy.spec.kinds import Kind
from shipworthy.spec.quantity import read_quantity
from shipworthy.spec.scalars import Count, Duration, Name, Number, Scalar, Share, Switch, Text, Volume


class Section(BaseModel):
    """A part of product.yaml: frozen, unknown keys are errors, and a key without a value counts as absent."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True, allow_inf_nan=False)

    @model_validator(mode="before")
    @classmethod
    def _without_empty_keys(cls, given: Any) -> Any:
        if not isinstance(given, dict):
            return given
        return {
            key: value for key, value in given.items() if value is not None or key not in cls.model_fields
        }


class Why(Section):
    """The problem behind the product: whose, which need, how it is met today, and how that is known."""

    model_config = ConfigDict(extra="allow")

    who: Text = Field(
        description="the people who have the problem", examples=["people who get unwanted mail"]
    )
    need: Text = Field(description="what they need", examples=["read what matters and miss nothing"])
    today: Text | None = Field(
        default=None, description="how they manage without the feature", examples=["by hand"]
    )
    evidence: Text | None = Field(
        default=None, description="how all this is known", examples=["12 interviews"]
    )


def _different(classes: tuple[Scalar, ...]) -> tuple[Scalar, ...]:
    if classes and len({str(each) for each in classes}) < max(2, len(classes)):
        raise ValueError("classes are at least two different values; write each once")
    return classes


class Predicts(Section):
    """What the feature answers: the target column, its positive value and the kind of answer."""

    target: Text = Field(description="the column that is predicted", examples=["spam"])
    positive: Scalar = Field(default=1, description="the value of the target that means yes", examples=[1])
    kind: Kind = Field(default="binary", description="the kind of answer", examples=["binary"])
    classes: Annotated[tuple[Scalar, ...], AfterValidator(_different)] = Field(
        default=(),
        description="the values of the target, where there are several; else those of the examples",
        examples=[["setosa", "versicolor", "virginica"]],
    )
    request: Text | None = Field(
        default=None,
        description="where items are ranked: the column of what they are ranked for",
        examples=["session_id"],
    )
    item: Text | None = Field(
        default=None, description="where items are ranked: the column that names the item", examples=["movie"]
    )
    each: Text | None = Field(
        default=None, description="what one row is, in a word that documents use", examples=["message"]
    )


class Action(Section):
    """What happens when the answer is positive, and whether it can be undone."""

    when: Text = Field(default="positive", description="the answer that triggers it", examples=["positive"])
    do: Text = Field(description="what is done", examples=["move to the spam folder"])
    reversible: Switch | None = Field(default=None, description="whether it can be undone", examples=["yes"])
    undo: Text | None = Field(
        default=None, description="how it is undone", examples=["move back to the inbox"]
    )


class Value(Section):
    """Money per decision of each outcome (gains positive, losses negative), and the number of decisions."""

    currency: Text = Field(default="USD", description="the currency of all amounts", examples=["USD"])
    volume: Volume | None = Field(
        default=None,
        description="how many decisions there are, per unit of time",
        examples=["2_000_000 / month"],
    )
    true_positive: Number = Field(
        default=0.0, description="money per rightly positive answer", examples=[0.02]
    )
    false_positive: Number = Field(default=0.0, description="money per false alarm", examples=[-0.5])
    true_negative: Number = Field(default=0.0, description="money per rightly negative answer", examples=[0])
    false_negative: Number = Field(default=0.0, description="money per missed case", examples=[-0.05])
    review: Number = Field(default=0.0, description="money per case that a person reviews", examples=[-0.4])


class Source(Section):
    """A table: a file (Parquet or CSV) or a database URL with a table, and whose it is."""

    source: Text = Field(
        description="a Parquet or CSV file, or a database URL", examples=["data/mail.parquet"]
    )
    table: Text | None = Field(
        default=None, description="the table, where the source is a database", examples=["mails"]
    )
    id: Text | None = Field(default=None, description="the column that names each row", examples=["id"])
    time: Text | None = Field(default=None, description="the column that says when", examples=["time"])
    unit: Text | None = Field(
        default=None,
        description="the column of whom several rows may come from, such as a user",
        examples=["user_id"],
    )
    label: Text | None = Field(
        default=None,
        description="the column of true answers, if not named like the target",
        examples=["is_spam"],
    )
    repeats: Text | None = Field(
        default=None, description="the column that numbers repeated rows of one id", examples=["attempt"]
    )
    weight: Text | None = Field(
        default=None,
        description="the column of how much each row counts, where rows were not drawn alike",
        examples=["weight"],
    )
    owner: Text | None = Field(default=None, description="who answers for the data", examples=["mail team"])
    licence: Text | None = Field(default=None, description="what allows their use", examples=["CC BY-SA 3.0"])
    consent: Text | None = Field(
        default=None, description="what the people in them agreed to", examples=["terms of use"]
    )
    collected: Name | None = Field(default=None, description="when they were collected", examples=["2012"])
    personal: Text | None = Field(
        default=None, description="which personal data they hold", examples=["none"]
    )
    basis: Text | None = Field(
        default=None,
        description="what allows holding these personal data",
        examples=["legitimate interest, assessed in 2025"],
    )
    retention: Text | None = Field(
        default=None, description="how long they may be kept", examples=["24 months"]
    )
    label_time: Text | None = Field(
        default=None, description="the column that says when the label was known", examples=["labelled_at"]
    )
    second_label: Text | None = Field(
        default=None,
        description="the column of what rows drawn at random were labelled with when they were labelled again",
        examples=["second_label"],
    )
    label_cost: Annotated[Number, Field(ge=0)] | None = Field(
        default=None, description="what one more label costs, in the currency of `value`", examples=[0.4]
    )
    labels_per_week: Annotated[Number, Field(gt=0)] | None = Field(
        default=None, description="how many rows can be labelled in a week", examples=[500]
    )

    @property
    def about_rows(self) -> frozenset[str]:
        """The columns that say which row it is, when, whose and how much it counts: no input, and new values are no news."""
        named = (
            self.id,
            self.time,
            self.unit,
            self.repeats,
            self.weight,
            self.label_time,
            self.second_label,
        )
        return frozenset(column for column in named if column is not None)

    @property
    def whose(self) -> str | None:
        """The column of the independent units: the unit, else the id where it has several rows."""
        return self.unit or (self.id if self.repeats else None)


class Split(Section):
    """How rows are divided into training, validation and test."""

    by: Text = Field(
        description="time, unit, random(seed), or a column that says train, validation or test",
        examples=["time"],
    )
    test: Share = Field(default=0.2, description="the share of rows that judge", examples=["30 %"])
    validation: Share = Field(
        default=0.2, description="the share of rows that set thresholds", examples=["20 %"]
    )
    seed: Count = Field(default=0, description="the seed of a random split", examples=[0])

    @model_validator(mode="before")
    @classmethod
    def _seed_in_parentheses(cls, given: Any) -> Any:
        written = (
            re.fullmatch(r"\s*random\s*\(\s*(\d{1,9})\s*\)\s*", str(given.get("by")))
            if isinstance(given, dict)
            else None
        )
        if written is None:
            return given
        if given.get("seed") is not None:
            raise ValueError("the seed is given twice; keep it in random(…) or in seed")
        return {**given, "by": "random", "seed": int(written[1])}

    @model_validator(mode="after")
    def _leaves_rows_to_train(self) -> Self:
        if self.test + self.validation >= 1:
            taken = f"{self.test + self.validation:.0%}"
            raise ValueError(
                f"test and validation take {taken} and leave no rows to train on; lower one of them"
            )
        return self


class Data(Section):
    """The data of the product: labelled examples, and what production looks like."""

    examples: Source = Field(
        description="rows whose true answer is known", examples=[{"source": "data/examples.csv"}]
    )
    production: Source | None = Field(
        default=None,
        description="what the world looks like",
        examples=[{"source": "data/production.parquet"}],
    )
    split: Split | None = Field(
        default=None,
        description="which rows train, set thresholds and judge",
        examples=[{"by": "time", "test": "30 %"}],
    )


def _margin(value: Any) -> Any:
    """A number, a text such as `1 %`, or one of these for each metric."""
    if isinstance(value, dict):
        return {str(name): _margin(each) for name, each in value.items()}
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise ValueError(f"{value!r} is not a margin; write it as 0.01 or 1 %, or one for each metric")
    margin = read_quantity(value).value if isinstance(value, str) else float(value)
    if margin < 0:
        raise ValueError(
            f"{value} is a margin below zero; write how much worse you would still accept, as 0.01"
        )
    return margin


class Compare(Section):
    """Who is to be beaten, in what, and how much worse still counts as no worse."""

    champion: Text | None = Field(default=None, description="the candidate to beat", examples=["keywords"])
    margin: Annotated[
        float | dict[Text, float] | None,
        BeforeValidator(_margin, json_schema_input_type=float | Text | dict[Text, float | Text]),
    ] = Field(
        default=None,
        description="how much worse still counts as no worse: for every share, or for each metric",
        examples=[0.01],
    )
    metrics: tuple[Text, ...] = Field(
        default=(),
        description="what is compared, if not what is required",
        examples=[["recall", "net_value"]],
    )

    @property
    def margins(self) -> dict[str, float]:
        """The margins by metric; that for every share under an empty name."""
        if self.margin is None:
            return {}
        return self.margin if isinstance(self.margin, dict) else {"": self.margin}


class Monitor(Section):
    """How often production is judged, how late labels come, and who is told."""

    every: Duration | None = Field(default=None, description="the length of a window", examples=["1 day"])
    label_delay: Duration | None = Field(
        default=None, description="how late true answers come", examples=["7 days"]
    )
    alert: tuple[Text, ...] = Field(default=(), description="who is told", examples=[["stdout"]])
