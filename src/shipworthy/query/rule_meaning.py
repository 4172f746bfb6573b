"""What a checked tree means: the same expression in Ibis, piece by piece, with the kinds of values proved to fit."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import ibis
from sqlglot import exp

from shipworthy.errors import InputError
from shipworthy.query.rule_checks import excerpt
from shipworthy.query.rule_forms import (
    ALLOWED,
    FORMS,
    KINDS,
    Unfit,
    cast,
    closed,
    equal,
    kind_of,
    number,
    rounded,
)

_TYPES = {"INT": "int64", "BIGINT": "int64", "DOUBLE": "float64", "TEXT": "string", "VARCHAR": "string"}


Columns = dict[str, Any]


def value_of(node: Any, columns: Columns) -> Any:
    """The Ibis value of a node of a checked tree.

    Args:
        node: of sqlglot.
        columns: the values that the names stand for.

    Raises:
        InputError: `rule.type`, with the piece whose operands do not fit.
    """
    special = _SPECIAL.get(type(node))
    try:
        if special is not None:
            return special(node, columns)
        form = FORMS[type(node)]
        children = [child for part in form.parts for child in _listed(node.args.get(part))]
        operands = [value_of(child, columns) for child in children]
        _check_kinds(operands, form.kinds)
        return form.build(*operands)
    except Unfit as problem:
        raise InputError("rule.type", f"{problem}: {excerpt(node)}", remedy=ALLOWED) from problem


def _listed(part: Any) -> list[Any]:
    return part if isinstance(part, list) else [part] if part is not None else []


def _check_kinds(operands: list[Any], kinds: tuple[str, ...]) -> None:
    found = [kind_of(operand) for operand in operands]
    for kind in found:
        if kind not in kinds:
            wanted = " or ".join(KINDS[name] for name in kinds)
            raise Unfit(f"{wanted} is needed where {KINDS.get(kind, f'a value of type {kind}')} stands")
    if len(set(found)) > 1:
        raise Unfit(" and ".join(KINDS[kind] for kind in dict.fromkeys(found)) + " do not go together")


def _literal(node: Any, _: Columns) -> Any:
    return ibis.literal(str(node.this), "string") if node.is_string else number(str(node.this))


def _null(_: Any, __: Columns) -> Any:
    raise Unfit("NULL stands only after IS, THEN or ELSE; nothing equals NULL, so write IS NULL")


def _is_null(node: Any, columns: Columns) -> Any:
    if not isinstance(node.expression, exp.Null):
        raise Unfit("IS goes with NULL only; for true or false, name the column, or NOT and the column")
    return closed(value_of(node.this, columns)).isnull()


def _is_in(node: Any, columns: Columns) -> Any:
    listed = node.args.get("expressions") or []
    literals = [item.this if isinstance(item, exp.Neg) else item for item in listed]
    if not listed or not all(isinstance(item, (exp.Literal, exp.Boolean)) for item in literals):
        raise Unfit("IN goes with a list of numbers or texts")
    value, *choices = operands = [value_of(item, columns) for item in (node.this, *listed)]
    _check_kinds(operands, ("boolean", "number", "text"))
    return closed(value).isin(choices)


def _like(node: Any, columns: Columns) -> Any:
    value, pattern = value_of(node.this, columns), node.expression
    _check_kinds([value], ("text",))
    if not pattern.is_string or "\\" in pattern.this:
        raise Unfit("LIKE goes with a pattern in quotes, without a backslash")
    found = value.ilike(pattern.this) if isinstance(node, exp.ILike) else value.like(pattern.this)
    return ~found if node.args.get("negate") else found


def _case(node: Any, columns: Columns) -> Any:
    branches = node.args["ifs"]
    conditions = [value_of(branch.this, columns) for branch in branches]
    if node.this is not None:
        subject = value_of(node.this, columns)
        _check_kinds([subject, *conditions], tuple(KINDS))
        conditions = [equal(subject, condition) for condition in conditions]
    _check_kinds(conditions, ("boolean",))
    results = [branch.args["true"] for branch in branches] + _listed(node.args.get("default") or exp.Null())
    values = [None if isinstance(result, exp.Null) else value_of(result, columns) for result in results]
    known = [value for value in values if value is not None]
    if not known:
        raise Unfit("CASE gives nothing but NULL")
    _check_kinds(known, tuple(KINDS))
    filled = [ibis.null(known[0].type()) if value is None else value for value in values]
    return ibis.cases(*zip(conditions, filled, strict=False), else_=filled[-1])


def _cast(node: Any, columns: Columns) -> Any:
    to = _TYPES.get(node.args["to"].this.value)
    if to is None or node.args["to"].expressions:
        raise Unfit("CAST goes with INTEGER, DOUBLE or TEXT")
    return cast(value_of(node.this, columns), to)


def _round(node: Any, columns: Columns) -> Any:
    decimals = node.args.get("decimals")
    if decimals is not None and not decimals.is_int:
        raise Unfit("round takes a whole number of decimals")
    value = value_of(node.this, columns)
    _check_kinds([value], ("number",))
    return rounded(value, int(decimals.name) if decimals is not None else 0)


_SPECIAL: dict[type, Callable[[Any, Columns], Any]] = {
    exp.Column: lambda node, columns: columns[node.name],
    exp.Paren: lambda node, columns: value_of(node.this, columns),
    exp.Literal: _literal,
    exp.Boolean: lambda node, _: ibis.literal(bool(node.this)),
    exp.Null: _null,
    exp.Is: _is_null,
    exp.In: _is_in,
    exp.Like: _like,
    exp.ILike: _like,
    exp.Case: _case,
    exp.Cast: _cast,
    exp.Round: _round,
}
