"""The single values of product.yaml: text, shares, numbers, lengths of time, and how each is checked."""

from __future__ import annotations

from collections.abc import Sized
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field, PlainSerializer, WithJsonSchema

from shipworthy.spec.quantity import Quantity, Rate, read_quantity, read_rate


def _share(value: Any) -> Any:
    if isinstance(value, bool):
        raise ValueError(f"{str(value).lower()} is not a share; write it as 30 % or 0.3")
    share = read_quantity(value) if isinstance(value, str) else value
    if isinstance(share, Quantity):
        if share.unit not in ("", "%"):
            raise ValueError(f"{value!r} is not a share; write it as 30 % or 0.3")
        share = share.value
    if isinstance(share, int | float) and not 0 < share < 1:
        raise ValueError(f"{value} is not a share between 0 and 1; write it as 30 % or 0.3")
    return share


def _duration(value: Any) -> Any:
    if isinstance(value, Quantity):
        return value
    quantity = read_quantity(_one_value(value))
    if quantity.seconds <= 0:
        raise ValueError(f"{value!r} is not a length of time above zero; write for example 7 days")
    return quantity


def _rate(value: Any) -> Any:
    return value if isinstance(value, Rate) else read_rate(_one_value(value))


def _one_value(value: Any) -> str:
    if not isinstance(value, str | int | float):
        raise ValueError("a list or a group of keys stands where one value was expected")
    return str(value)


def _as_written(value: Any) -> Any:
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else value


def at_most(most: int, told: str) -> AfterValidator:
    """Proves that a collection has no more than so many; `told` is what is said after their number where it has."""

    def proved(given: Sized) -> Sized:
        if len(given) > most:
            raise ValueError(f"{len(given)} {told}")
        return given

    return AfterValidator(proved)


_WRITTEN = PlainSerializer(str, return_type=str)
_PERCENT = Annotated[str, Field(pattern=r"^\s*[0-9][0-9_.]*\s*%?\s*$")]

Scalar = bool | int | float | str
Text = Annotated[str, Field(pattern=r"\S")]
"""Text with something in it."""

NAME = r"^[A-Za-z_][A-Za-z0-9_]{0,59}$"
"""A name that requirements may use: one plain word."""

Number = Annotated[float, Field(strict=True)]
"""A plain number: neither text nor true."""

Count = Annotated[int, Field(strict=True)]
Name = Annotated[Text, BeforeValidator(_as_written, json_schema_input_type=Text | float)]
"""A name that may look like a number, such as the year in which data were collected."""

Switch = Annotated[bool, WithJsonSchema({"enum": [True, False, "yes", "no"]})]
Share = Annotated[float, BeforeValidator(_share, json_schema_input_type=float | _PERCENT)]
Duration = Annotated[Quantity, BeforeValidator(_duration, json_schema_input_type=str), _WRITTEN]
Volume = Annotated[Rate, BeforeValidator(_rate, json_schema_input_type=str), _WRITTEN]
