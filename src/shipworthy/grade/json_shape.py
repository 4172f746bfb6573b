"""Answers as JSON of a schema: the part of JSON Schema that says what an answer looks like."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import Any

from shipworthy.errors import InputError, did_you_mean
from shipworthy.grade.answer import Answer, Grade, Grading, one_by_one, passed

_TYPES: Mapping[str, tuple[type, ...]] = {
    "object": (dict,), "array": (list,), "string": (str,), "boolean": (bool,), "null": (type(None),),
    "integer": (int,), "number": (int, float),
}  # fmt: skip

KEYWORDS = (
    "type", "properties", "required", "additionalProperties", "items", "enum", "const", "minimum", "maximum",
    "minLength", "maxLength", "minItems", "maxItems",
)  # fmt: skip
"""The keywords that are checked; others are refused, so that nothing is passed unseen."""

NOTES = ("title", "description", "$schema", "$id", "examples", "default")
"""Keywords that check nothing."""


def json_schema(schema: Mapping[str, Any]) -> Grading:
    """Passes the answer that is JSON of the schema, alone or in one fenced block.

    Raises:
        InputError: the schema has a keyword that is not checked.
    """
    prove_schema(schema)

    def graded(_: Answer, text: str) -> Grade:
        try:
            found = json.loads(_unfenced(text), parse_constant=_refused)
        except (ValueError, RecursionError):
            return passed(right=False, why="it is no JSON")
        faults = list(misfits(found, schema))
        return passed(right=not faults, why="; ".join(faults[:3]))

    return one_by_one(graded)


def _refused(constant: str) -> Any:
    raise ValueError(constant)


def _unfenced(text: str) -> str:
    fenced = re.fullmatch(r"\s*```(?:json)?\s*\n(.*?)\n?```\s*", text, re.DOTALL)
    return fenced[1] if fenced else text


def prove_schema(schema: Any, path: str = "$") -> None:
    """Return where every keyword of a schema is one that is checked.

    Raises:
        InputError: one is not, or a type is unknown.
    """
    if not isinstance(schema, Mapping):
        raise InputError(
            "grade.schema", f"the schema at {path} is no mapping", remedy="Write for example type: object."
        )
    for key in schema:
        if key not in (*KEYWORDS, *NOTES):
            raise InputError(
                "grade.schema",
                f"the schema at {path} has {key!r}, which is not checked here",
                remedy=f"{did_you_mean(key, KEYWORDS)} Checked are {', '.join(KEYWORDS)}; use python: for the rest.",
            )
    for name in _listed(schema.get("type", ())):
        if name not in _TYPES:
            known = ", ".join(_TYPES)
            raise InputError(
                "grade.schema", f"the schema at {path} has the type {name!r}", remedy=f"Types: {known}."
            )
    for name, each in (schema.get("properties") or {}).items():
        prove_schema(each, f"{path}.{name}")
    if "items" in schema:
        prove_schema(schema["items"], f"{path}[]")
    if isinstance(schema.get("additionalProperties"), Mapping):
        prove_schema(schema["additionalProperties"], f"{path}.*")


def _listed(value: Any) -> tuple[Any, ...]:
    return tuple(value) if isinstance(value, list | tuple) else (value,)


def misfits(value: Any, schema: Mapping[str, Any], path: str = "$") -> tuple[str, ...]:
    """What of a value does not fit a schema, in words; nothing where it fits."""
    if "type" in schema and not any(_is(value, name) for name in _listed(schema["type"])):
        return (f"{path} is no {' or '.join(map(str, _listed(schema['type'])))}",)
    found = [
        told for key, fails, told in _limits(value, schema, path) if key in schema and fails(schema[key])
    ]
    if isinstance(value, dict):
        found += _of_object(value, schema, path)
    if isinstance(value, list) and "items" in schema:
        found += [
            told for at, each in enumerate(value) for told in misfits(each, schema["items"], f"{path}[{at}]")
        ]
    return tuple(found)


def _is(value: Any, name: str) -> bool:
    if isinstance(value, bool):
        return name == "boolean"
    return isinstance(value, _TYPES[name]) or (
        name == "integer" and isinstance(value, float) and value.is_integer()
    )


def _limits(value: Any, schema: Mapping[str, Any], path: str) -> list[tuple[str, Callable[[Any], bool], str]]:
    """Keywords with what fails them and how that is told, as far as they speak of such a value."""
    number = isinstance(value, int | float) and not isinstance(value, bool)
    text, items = isinstance(value, str), isinstance(value, list)
    size = len(value) if text or items else 0
    return [
        (
            "enum",
            lambda allowed: not any(_same(value, each) for each in allowed),
            f"{path} is none of the values allowed",
        ),
        ("const", lambda only: not _same(value, only), f"{path} is not {schema.get('const')!r}"),
        ("minimum", lambda least: number and value < least, f"{path} is below {schema.get('minimum')}"),
        ("maximum", lambda most: number and value > most, f"{path} is above {schema.get('maximum')}"),
        ("minLength", lambda least: text and size < least, f"{path} is too short"),
        ("maxLength", lambda most: text and size > most, f"{path} is too long"),
        ("minItems", lambda least: items and size < least, f"{path} has too few items"),
        ("maxItems", lambda most: items and size > most, f"{path} has too many items"),
    ]


def _same(one: Any, other: Any) -> bool:
    """Equal as JSON: 1 is 1.0, and not true."""
    return isinstance(one, bool) == isinstance(other, bool) and bool(one == other)


def _of_object(value: Mapping[str, Any], schema: Mapping[str, Any], path: str) -> list[str]:
    known, more = schema.get("properties") or {}, schema.get("additionalProperties", True)
    found = [f"{path}.{name} is missing" for name in schema.get("required", ()) if name not in value]
    for name, each in value.items():
        if name in known:
            found += misfits(each, known[name], f"{path}.{name}")
        elif isinstance(more, Mapping):
            found += misfits(each, more, f"{path}.{name}")
        elif more is False:
            found.append(f"{path}.{name} is not foreseen")
    return found
