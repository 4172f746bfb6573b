"""A model behind an endpoint: its address and key, how its replies come, how fast it is asked, and what that may cost."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any, Literal, Self
from urllib.parse import urlsplit

from pydantic import BeforeValidator, Field, WithJsonSchema, model_validator

from shipworthy.spec.quantity import read_quantity
from shipworthy.spec.scalars import Count, Name, Number, Switch, Text
from shipworthy.spec.sections import Section

KEY_VARIABLE = "OPENAI_API_KEY"
"""The environment variable that holds the key unless product.yaml names another."""

_VARIABLE = re.compile(r"[A-Z_][A-Z0-9_]{0,63}")
_LONGEST_WITHOUT_UNDERSCORE = 20


def _variable(value: Any) -> Any:
    """The name of an environment variable. What is refused is never shown, as it may be a key."""
    text = value if isinstance(value, str) else ""
    looks_random = len(text) > _LONGEST_WITHOUT_UNDERSCORE and "_" not in text
    if not _VARIABLE.fullmatch(text) or looks_random:
        raise ValueError(
            "this is not the name of an environment variable (capitals, digits, underscores; not shown, as it may be a key); "
            f"put the key into a variable, and write the variable's name, as in key: {KEY_VARIABLE}"
        )
    return text


def _address(value: Any) -> Any:
    """An http address without a name or password in it. What is refused is not shown where it may hold a secret."""
    parts = urlsplit(str(value).strip())
    if parts.username or parts.password or parts.query:
        raise ValueError(
            "the address holds a name, a password or a query, which would be kept with every record; "
            f"write the address alone, and the key into the environment variable {KEY_VARIABLE}"
        )
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError(f"{value!r} is no web address; write it as http://localhost:8080/v1")
    return str(value).strip().rstrip("/")


def _seconds(value: Any) -> Any:
    """A length of time as seconds."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return float(value)
    return float(read_quantity(str(value)).seconds)


Variable = Annotated[str, BeforeValidator(_variable), WithJsonSchema({"type": "string"})]
Address = Annotated[str, BeforeValidator(_address, json_schema_input_type=Text)]
Seconds = Annotated[
    float, BeforeValidator(_seconds, json_schema_input_type=Text | float), Field(gt=0, le=86_400)
]


LIST: Literal["genai-prices"] = "genai-prices"
"""The package whose list of prices may be asked in place of stated ones."""


class Price(Section):
    """What tokens cost, and since when, so that costs can be held against the bill: stated, or looked up in a list."""

    input_per_million: Annotated[Number, Field(ge=0)] | None = Field(
        default=None, description="US dollars for a million tokens that are sent", examples=[0.15]
    )
    output_per_million: Annotated[Number, Field(ge=0)] | None = Field(
        default=None, description="US dollars for a million tokens that come back", examples=[0.6]
    )
    as_of: Name | None = Field(
        default=None, description="the day on which that was the price", examples=["2026-11-01"]
    )
    source: Text | None = Field(
        default=None, description="where the price stands", examples=["the price list of the vendor"]
    )
    listed_in: Literal["genai-prices"] | None = Field(
        default=None,
        description="the list of an installed package in which the price is looked up, in place of stating it",
        examples=[LIST],
    )
    provider: Text | None = Field(
        default=None,
        description="whose price it is in the list, if base_url does not tell",
        examples=["openai"],
    )
    listed_as: Text | None = Field(
        default=None,
        description="the name of the model in the list, if it is another one",
        examples=["gpt-4o-mini"],
    )

    @model_validator(mode="after")
    def _stated_or_listed(self) -> Self:
        stated = (self.input_per_million, self.output_per_million)
        if self.listed_in is None and None in stated:
            missing = "input_per_million" if stated[0] is None else "output_per_million"
            raise ValueError(
                f"it has no {missing!r}; write input_per_million: 0.15, output_per_million: 0.60, or {LIST} alone"
            )
        if self.listed_in is None and (self.provider or self.listed_as):
            raise ValueError(
                f"provider and listed_as say where a price stands in a list; add listed_in: {LIST}"
            )
        if self.listed_in is not None and stated != (None, None):
            raise ValueError(
                f"a price is stated or looked up; take input_per_million and output_per_million out, or listed_in: {LIST}"
            )
        if self.listed_in is not None and self.as_of is not None:
            _prove_day(self.as_of)
        return self


def _prove_day(text: str) -> None:
    try:
        date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"{text!r} is no day; write it like as_of: 2026-11-01") from None


def _list_alone(value: Any) -> Any:
    """The name of a list stands for all of its keys."""
    return {"listed_in": value} if isinstance(value, str) else value


class Endpoint(Section):
    """A model behind an endpoint that speaks the OpenAI chat protocol, and on which terms it is asked."""

    model: Text = Field(description="the name of the model, as its endpoint knows it", examples=["small-1"])
    base_url: Address = Field(
        description="the address of the endpoint, up to and without /chat/completions",
        examples=["http://localhost:8080/v1"],
    )
    key: Variable = Field(
        default=KEY_VARIABLE,
        description="the environment variable that holds the key; never the key itself",
        examples=[KEY_VARIABLE],
    )
    temperature: Annotated[Number, Field(ge=0, le=2)] | None = Field(
        default=None,
        description="how much chance there is in replies; 0 for none, the endpoint's own if not given",
        examples=[0],
    )
    top_p: Annotated[Number, Field(gt=0, le=1)] | None = Field(
        default=None,
        description="only the likeliest tokens that make up this share are drawn from",
        examples=[0.9],
    )
    max_tokens: Annotated[Count, Field(ge=1)] = Field(
        default=512, description="the most tokens that a reply may have", examples=[16]
    )
    seed: Count | None = Field(
        default=None,
        description="makes what is random in replies repeatable, where the endpoint can",
        examples=[0],
    )
    concurrency: Annotated[Count, Field(ge=1, le=256)] = Field(
        default=4, description="how many calls are under way at once", examples=[8]
    )
    requests_per_minute: Annotated[Number, Field(gt=0)] | None = Field(
        default=None, description="the most calls that begin in a minute", examples=[500]
    )
    attempts: Annotated[Count, Field(ge=1, le=20)] = Field(
        default=5, description="how often a call is tried before its row stays unanswered", examples=[3]
    )
    timeout: Seconds = Field(default=60.0, description="how long one call may take", examples=["60 s"])
    price: (
        Annotated[Price, BeforeValidator(_list_alone, json_schema_input_type=Price | Literal["genai-prices"])]
        | None
    ) = Field(
        default=None,
        description="what tokens cost, stated or looked up in a list; cost is unknown without it",
        examples=[{"input_per_million": 0.15, "output_per_million": 0.6}, LIST],
    )
    spend_limit: Annotated[Number, Field(gt=0)] | None = Field(
        default=None,
        description="the most US dollars that this model and prompt may cost, over all runs; asking stops before it is passed",
        examples=[5],
    )
    cache: Switch = Field(
        default=True,
        description="whether replies are kept, so that no question is asked twice",
        examples=["yes"],
    )

    @model_validator(mode="after")
    def _limit_has_a_price(self) -> Self:
        if self.spend_limit is not None and self.price is None:
            raise ValueError(
                "spend_limit needs prices to count with; add price: {input_per_million: 0.15, output_per_million: 0.60}"
            )
        return self
