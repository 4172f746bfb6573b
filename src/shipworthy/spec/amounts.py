"""The kinds of ranges that the section `frame` takes: money, money per time, how often, shares, agreement, plain amounts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

from pydantic import BeforeValidator, PlainSerializer

from shipworthy.spec import measures
from shipworthy.spec.measures import Measure, measured
from shipworthy.spec.range import Range, range_of
from shipworthy.spec.scalars import Text


def _of(measure: Measure) -> Callable[[Any], Range]:
    def read(value: Any) -> Range:
        return value if isinstance(value, Range) else measured(range_of(value), measure)

    return read


def _taking(measure: Measure) -> BeforeValidator:
    takes = float | Text if measure.bare else Text
    return BeforeValidator(_of(measure), json_schema_input_type=takes)


_WRITTEN = PlainSerializer(str, return_type=str)
Gain = Annotated[Range, _taking(measures.GAIN_A_DECISION), _WRITTEN]
Price = Annotated[Range, _taking(measures.MONEY_A_DECISION), _WRITTEN]
Cost = Annotated[Range, _taking(measures.MONEY), _WRITTEN]
MoneyRate = Annotated[Range, _taking(measures.MONEY_EACH_MONTH), _WRITTEN]
Often = Annotated[Range, _taking(measures.EDITS), _WRITTEN]
Part = Annotated[Range, _taking(measures.SHARE), _WRITTEN]
Kappa = Annotated[Range, _taking(measures.AGREEMENT), _WRITTEN]
Amount = Annotated[Range, _taking(measures.ROWS), _WRITTEN]
