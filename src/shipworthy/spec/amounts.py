"""The kinds of ranges that product.yaml takes: money, money per time, how often, shares, agreement, plain amounts."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BeforeValidator, PlainSerializer

from shipworthy.spec.range import Range, read_range
from shipworthy.spec.scalars import Text


def _range(value: Any) -> Range:
    if isinstance(value, Range):
        return value
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise ValueError(f"{value!r} is no number; write for example 40_000..80_000 USD")
    return read_range(str(value))


def _is_money(found: Range) -> bool:
    return not found.unit or (len(found.unit) == 3 and found.unit.isupper())


def _money(value: Any) -> Range:
    found = _range(value)
    if not _is_money(found) or found.per:
        raise ValueError(f"{value!r} is not an amount of money; write for example 40_000..80_000 USD")
    return found


def _cost(value: Any) -> Range:
    found = _money(value)
    _prove_positive(found, value)
    return found


def _money_rate(value: Any) -> Range:
    found = _range(value)
    if not _is_money(found) or not found.per:
        raise ValueError(f"{value!r} is not money per time; write for example 1_500 USD / month")
    _prove_positive(found, value)
    return found


def _often(value: Any) -> Range:
    found = _range(value)
    if found.unit or not found.per:
        raise ValueError(f"{value!r} does not say how often; write for example 2 / month")
    _prove_positive(found, value)
    return found


def _part(value: Any) -> Range:
    found = _range(value)
    if found.unit not in ("", "%") or found.per or found.low < 0 or found.high > 1:
        raise ValueError(f"{value} is not a share between 0 and 1; write it as 8..12 % or 0.1")
    return found


def _agreement(value: Any) -> Range:
    found = _range(value)
    if found.unit or found.per or found.low < -1 or found.high > 1:
        raise ValueError(f"{value} is no agreement between -1 and 1; write Cohen's kappa, such as 0.7")
    return found


def _amount(value: Any) -> Range:
    found = _range(value)
    if found.unit or found.per:
        raise ValueError(f"{value!r} is no plain number; write for example 200")
    _prove_positive(found, value)
    return found


def _prove_positive(found: Range, value: Any) -> None:
    if found.low < 0:
        raise ValueError(f"{value} is below zero; write how much there is, or 0")


_WRITTEN = PlainSerializer(str, return_type=str)
_TAKES = float | Text
Money = Annotated[Range, BeforeValidator(_money, json_schema_input_type=_TAKES), _WRITTEN]
Cost = Annotated[Range, BeforeValidator(_cost, json_schema_input_type=_TAKES), _WRITTEN]
MoneyRate = Annotated[Range, BeforeValidator(_money_rate, json_schema_input_type=Text), _WRITTEN]
Often = Annotated[Range, BeforeValidator(_often, json_schema_input_type=Text), _WRITTEN]
Part = Annotated[Range, BeforeValidator(_part, json_schema_input_type=_TAKES), _WRITTEN]
Kappa = Annotated[Range, BeforeValidator(_agreement, json_schema_input_type=_TAKES), _WRITTEN]
Amount = Annotated[Range, BeforeValidator(_amount, json_schema_input_type=_TAKES), _WRITTEN]
