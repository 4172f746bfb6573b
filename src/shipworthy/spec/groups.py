"""Columns by which rows are grouped: segments, and protected columns."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from shipworthy.spec.kinds import MOST_VALUES
from shipworthy.spec.scalars import Number, Text
from shipworthy.spec.sections import Section


class Segment(Section):
    """A column to look at in slices; numeric ones are cut at quantiles or at given edges, long-tailed ones at the top."""

    column: Text = Field(description="the column", examples=["country"])
    quantiles: int | None = Field(
        default=None,
        ge=2,
        le=100,
        strict=True,
        description="into how many equally full parts a number is cut",
        examples=[4],
    )
    cuts: tuple[Number, ...] = Field(
        default=(), description="the edges at which a number is cut", examples=[[10, 100]]
    )

    top: int | None = Field(
        default=None,
        ge=1,
        le=MOST_VALUES,
        strict=True,
        description="how many of its most frequent values are slices; all others are one, `(other)`",
        examples=[20],
    )

    @model_validator(mode="after")
    def _is_cut_one_way(self) -> Self:
        ways = [
            word
            for word, given in (
                ("at quantiles", self.quantiles is not None),
                ("at edges", bool(self.cuts)),
                ("after its most frequent values", self.top is not None),
            )
            if given
        ]
        if len(ways) > 1:
            raise ValueError(f"{self.column!r} is cut {' and '.join(ways)}; keep one of them")
        if any(low >= high for low, high in pairwise(self.cuts)):
            raise ValueError(
                f"the edges of {self.column!r} do not ascend; write the smallest first, each once"
            )
        return self


class Protected(Section):
    """A column that groups must be compared on, and the legal basis for holding it."""

    column: Text = Field(description="the column", examples=["gender"])
    basis: Text | None = Field(
        default=None, description="the legal basis for holding it", examples=["consent"]
    )


def _segment(item: Any) -> Any:
    if isinstance(item, str):
        return {"column": item}
    named = _single(item)
    if named is None:
        return item
    column, how = named
    if isinstance(how, list):
        return {"column": column, "cuts": how}
    words = str(how).split()
    if len(words) == 2 and words[0].isdecimal() and words[1] in ("quantile", "quantiles"):
        return {"column": column, "quantiles": int(words[0])}
    if len(words) == 2 and words[0] == "top" and words[1].isdecimal():
        return {"column": column, "top": int(words[1])}
    raise ValueError(
        f"{how!r} does not say how to cut {column!r}; write 4 quantiles, top 20, or a list of edges such as [10, 100]"
    )


def _guarded(item: Any) -> Any:
    if isinstance(item, str):
        return {"column": item}
    named = _single(item)
    if named is None:
        return item
    column, detail = named
    if detail is not None and not isinstance(detail, dict):
        raise ValueError(
            f"{detail!r} stands where the details of {column!r} were expected; write {column}: {{basis: …}}"
        )
    return {"column": column, **(detail or {})}


def _single(item: Any) -> tuple[str, Any] | None:
    """The name and the rest of a short form such as `{num_char: 4 quantiles}`."""
    if not isinstance(item, Mapping) or len(item) != 1 or "column" in item:
        return None
    [(name, rest)] = item.items()
    return str(name), rest


def _listed(value: Any) -> Any:
    return [{name: detail} for name, detail in value.items()] if isinstance(value, Mapping) else value


_Cut = Annotated[dict[Text, Text | list[float]], Field(min_length=1, max_length=1)]
_Details = dict[Literal["basis"], Text | None] | None
_Named = Annotated[dict[Text, _Details], Field(min_length=1, max_length=1)]
AnySegment = Annotated[Segment, BeforeValidator(_segment, json_schema_input_type=Text | Segment | _Cut)]
AnyProtected = Annotated[
    Protected, BeforeValidator(_guarded, json_schema_input_type=Text | Protected | _Named)
]
ProtectedColumns = Annotated[
    tuple[AnyProtected, ...],
    BeforeValidator(_listed, json_schema_input_type=list[Text | Protected | _Named] | dict[Text, _Details]),
]
