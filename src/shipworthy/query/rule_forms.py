"""What a rule may say, and what each form means in Ibis: one table from sqlglot nodes to functions.

Meanings are chosen so that every engine gives the same answer and no row can stop a scan:

- Numbers are 64-bit: whole ones stay whole, all others are doubles, numbers with a point included.
- `/` is true division. Where arithmetic has no answer (division or remainder by zero, `ln` of what is not positive,
  `sqrt` of a negative number, a power that is no real number or beyond the doubles) the value is unknown (NULL).
- `exp` is held at its values for -700 and 700. `round` rounds halves away from zero.
- `least`, `greatest` ignore unknown values, as DuckDB, PostgreSQL and Spark do.
- Texts are equal or not; they have no order, because engines order them by different alphabets. Patterns of LIKE
  hold no backslash, which some engines take for an escape and others do not; regular expressions differ yet more.
- CAST makes 0 and 1 of a boolean, doubles of whole numbers, and texts of booleans and whole numbers; engines
  differ on the rest.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import ibis
from sqlglot import exp

KINDS = {"boolean": "true or false", "number": "a number", "text": "a text", "date": "a date"}
FUNCTIONS = (
    "abs", "ceil", "coalesce", "contains", "ends_with", "exp", "floor", "greatest", "least", "length", "ln", "lower",
    "nullif", "power", "round", "sqrt", "starts_with", "trim", "upper",
)  # fmt: skip
ALLOWED = (
    "A rule is made of columns, numbers, 'texts', TRUE and FALSE; + - * / % = <> < <= > >=; AND, OR, NOT, IN (…), "
    f"BETWEEN, LIKE, ILIKE, IS NULL, CASE, CAST to INTEGER, DOUBLE or TEXT; and {', '.join(FUNCTIONS)}."
)

_LARGEST_EXPONENT = 700.0
_MOST_DECIMALS = 9


class Unfit(Exception):  # noqa: N818 - a signal between two modules, never seen outside
    """Operands that a form does not take; the reader of the rule adds the piece that holds them."""


@dataclass(frozen=True)
class Form:
    """Operands of one kind, which is among `kinds`, and what is built of them in the order of the text."""

    kinds: tuple[str, ...]
    build: Callable[..., Any]
    parts: tuple[str, ...] = ("this", "expression")


@ibis.udf.scalar.builtin(name="floor")
def _floor(number: float) -> float:  # type: ignore[empty-body] # a declaration
    """The engines' own floor, a double; that of Ibis is cast to a whole number, which large values do not survive."""


@ibis.udf.scalar.builtin(name="ceil")
def _ceil(number: float) -> float:  # type: ignore[empty-body] # a declaration
    """The engines' own ceiling, for the same reason."""


@ibis.udf.scalar.builtin(name="trim")
def _trim(text: str) -> str:  # type: ignore[empty-body] # a declaration
    """SQL's TRIM, which takes spaces away and nothing else."""


def kind_of(value: Any) -> str:
    """The kind of an Ibis value: a key of `KINDS`, or the name of its type where rules know nothing of it."""
    dtype = value.type()
    if dtype.is_boolean():
        return "boolean"
    if dtype.is_numeric():
        return "number"
    if dtype.is_string():
        return "text"
    return "date" if dtype.is_date() or dtype.is_timestamp() else str(dtype)


def plain(column: Any) -> Any:
    """A column as rules see it: numbers of 64 bits, so that arithmetic neither overflows early nor loses digits."""
    dtype = column.type()
    if dtype.is_integer() and not dtype.is_uint64():
        return column if dtype.is_int64() else column.cast("int64")
    return column.cast("float64") if dtype.is_numeric() and not dtype.is_float64() else column


def equal(left: Any, right: Any) -> Any:
    """Whether two values of one kind are equal; unknown where one of them is."""
    return closed(left) == closed(right)


def closed(value: Any) -> Any:
    """A truth as the argument of a function: Ibis writes `(NOT a) IS NULL` and `(NOT a) = b` without parentheses."""
    return ibis.coalesce(value) if kind_of(value) == "boolean" else value


def number(text: str) -> Any:
    """A literal: a whole number where it is written so and has 64 bits, a double otherwise."""
    try:
        value = float(text)
    except ValueError as problem:
        raise Unfit("this is no number") from problem
    if not math.isfinite(value):
        raise Unfit("the number is too large")
    if text.isdecimal() and value < 2.0**63:
        return ibis.literal(int(text), "int64")
    # A bare 0.5 is a decimal to PostgreSQL and DuckDB; a text that is cast is a double everywhere.
    return ibis.literal(repr(value)).cast("float64")


def cast(value: Any, to: str) -> Any:
    """CAST to `int64`, `float64` or `string`, where all engines agree what it gives."""
    kind, whole = kind_of(value), value.type().is_integer()
    if kind == "boolean" and to != "string":
        one, zero = (ibis.literal(digit, "int64") for digit in (1, 0))
        return ibis.cases((value, one), (~value, zero)).cast(to)
    if kind == "boolean" or whole or (kind, to) in (("number", "float64"), ("text", "string")):
        return value.cast(to)
    if kind == "number" and to == "int64":
        raise Unfit("engines round differently in this CAST; write round(x), floor(x) or ceil(x)")
    raise Unfit(f"engines differ on a CAST of {KINDS.get(kind, kind)} to {to}")


def rounded(value: Any, decimals: int = 0) -> Any:
    """Halves away from zero."""
    if not 0 <= decimals <= _MOST_DECIMALS:
        raise Unfit(f"round takes 0 to {_MOST_DECIMALS} decimals")
    if value.type().is_integer():
        return value
    scale = 10.0**decimals
    return (value < 0).ifelse(-1.0, 1.0) * (_floor(value.abs() * scale + 0.5) / scale)


def _known_where(condition: Any, value: Any) -> Any:
    return condition.ifelse(value, ibis.null(value.type()))


def _double(value: Any) -> Any:
    return value if value.type().is_float64() else value.cast("float64")


def _quotient(left: Any, right: Any) -> Any:
    return _double(left) / _double(right).nullif(ibis.literal(0.0))


def _remainder(left: Any, right: Any) -> Any:
    if not (left.type().is_integer() and right.type().is_integer()):
        raise Unfit("% takes whole numbers")
    return left % right.nullif(ibis.literal(0, "int64"))


def _whole_or(step: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return lambda value: value if value.type().is_integer() else step(value)


def _logarithm(value: Any) -> Any:
    return _known_where(value > 0, _double(value)).ln()


def _exponential(value: Any) -> Any:
    top = ibis.literal(_LARGEST_EXPONENT)
    return (value > top).ifelse(top, (value < -top).ifelse(-top, _double(value))).exp()


def _power(base: Any, exponent: Any) -> Any:
    base, exponent = _double(base), _double(exponent)
    real = (base > 0) | ((base == 0) & (exponent >= 0)) | ((base < 0) & (exponent == _floor(exponent)))
    small = (base == 0) | (exponent * _logarithm(base.abs()) <= _LARGEST_EXPONENT)
    return _known_where(real & small, base) ** exponent


def _length(value: Any) -> Any:
    return value.length().cast("int64")


_NUMBER, _BOOLEAN, _TEXT = ("number",), ("boolean",), ("text",)
_ORDERED = ("number", "date")
_ANY = tuple(KINDS)
_ONE, _MANY = ("this",), ("this", "expressions")

FORMS: dict[type, Form] = {
    exp.And: Form(_BOOLEAN, lambda left, right: left & right),
    exp.Or: Form(_BOOLEAN, lambda left, right: left | right),
    exp.Not: Form(_BOOLEAN, lambda value: ~value, _ONE),
    exp.EQ: Form(_ANY, equal),
    exp.NEQ: Form(_ANY, lambda left, right: closed(left) != closed(right)),
    exp.LT: Form(_ORDERED, lambda left, right: left < right),
    exp.LTE: Form(_ORDERED, lambda left, right: left <= right),
    exp.GT: Form(_ORDERED, lambda left, right: left > right),
    exp.GTE: Form(_ORDERED, lambda left, right: left >= right),
    exp.Between: Form(
        _ORDERED, lambda value, low, high: (value >= low) & (value <= high), ("this", "low", "high")
    ),
    exp.Add: Form(_NUMBER, lambda left, right: left + right),
    exp.Sub: Form(_NUMBER, lambda left, right: left - right),
    exp.Mul: Form(_NUMBER, lambda left, right: left * right),
    exp.Div: Form(_NUMBER, _quotient),
    exp.Mod: Form(_NUMBER, _remainder),
    exp.Neg: Form(_NUMBER, lambda value: -value, _ONE),
    exp.Abs: Form(_NUMBER, lambda value: value.abs(), _ONE),
    exp.Floor: Form(_NUMBER, _whole_or(_floor), _ONE),
    exp.Ceil: Form(_NUMBER, _whole_or(_ceil), _ONE),
    exp.Ln: Form(_NUMBER, _logarithm, _ONE),
    exp.Exp: Form(_NUMBER, _exponential, _ONE),
    exp.Sqrt: Form(_NUMBER, lambda value: _known_where(value >= 0, _double(value)).sqrt(), _ONE),
    exp.Pow: Form(_NUMBER, _power),
    exp.Least: Form(_ORDERED, ibis.least, _MANY),
    exp.Greatest: Form(_ORDERED, ibis.greatest, _MANY),
    exp.Coalesce: Form(_ANY, ibis.coalesce, _MANY),
    exp.Nullif: Form(_ANY, lambda value, other: value.nullif(other)),
    exp.Lower: Form(_TEXT, lambda value: value.lower(), _ONE),
    exp.Upper: Form(_TEXT, lambda value: value.upper(), _ONE),
    exp.Trim: Form(_TEXT, _trim, _ONE),
    exp.Length: Form(_TEXT, _length, _ONE),
    exp.Contains: Form(_TEXT, lambda value, piece: value.contains(piece)),
    exp.StartsWith: Form(_TEXT, lambda value, piece: value.startswith(piece)),
    exp.EndsWith: Form(_TEXT, lambda value, piece: value.endswith(piece)),
}
"""Operations whose operands are all of one kind."""
