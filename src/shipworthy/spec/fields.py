"""What the model knows about each key of product.yaml: its section, its meaning, an example."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Annotated, Any, get_args, get_origin

from pydantic.fields import FieldInfo

from shipworthy.spec.entry import RequirementEntry
from shipworthy.spec.flow import flow
from shipworthy.spec.model import Product, Requirement, Section
from shipworthy.spec.places import Loc


def section_of(loc: Loc) -> type[Section] | None:
    """The section that a path leads to, if it is one."""
    annotation: Any = Product
    for part in loc:
        annotation = _below(annotation, part)
    return _section(annotation)


def field_of(loc: Loc) -> FieldInfo | None:
    """The definition of the key that a path leads to; for an item of a list, that of the list."""
    while loc and isinstance(loc[-1], int):
        loc = loc[:-1]
    section = section_of(loc[:-1]) if loc else None
    return section.model_fields.get(str(loc[-1])) if section else None


def meaning(loc: Loc) -> str:
    """What the key at this path says, in a few words."""
    field = field_of(loc)
    return (field.description or "") if field else ""


def example(loc: Loc) -> str:
    """A line of YAML that would be right at this path; empty where none is known."""
    field = field_of(loc)
    if field is None and len(loc) > 1:
        return example(loc[:-1])
    if field is None or not field.examples:
        return ""
    if isinstance(loc[-1], int):
        items = field.examples[0]
        return f"- {flow(items[0] if isinstance(items, list) else items)}"
    return f"{loc[-1]}: {flow(field.examples[0])}"


@cache
def homes() -> dict[str, tuple[str, ...]]:
    """For each key, the sections that have it, as dotted paths."""
    found: dict[str, tuple[str, ...]] = {}
    for path, section in _sections(Product, ""):
        for key in section.model_fields:
            found[key] = (*found.get(key, ()), path)
    return found


def _sections(section: type[Section], path: str) -> Iterator[tuple[str, type[Section]]]:
    yield path, section
    for key, field in section.model_fields.items():
        below = _innermost(field.annotation)
        if below is not None:
            named = f"{key}.NAME" if get_origin(field.annotation) is dict else key
            yield from _sections(below, f"{path}.{named}".lstrip("."))


def _below(annotation: Any, part: str | int) -> Any:
    """The annotation one step further down a path."""
    origin, args = get_origin(annotation), get_args(annotation)
    if origin is dict:
        return args[1]
    if origin is tuple:
        return args[0]
    section = _section(annotation)
    if section is not None:
        field = section.model_fields.get(str(part))
        return field.annotation if field else None
    inner = args[:1] if origin is Annotated else args
    return next((found for found in (_below(arg, part) for arg in inner) if found is not None), None)


def _section(annotation: Any) -> type[Section] | None:
    if annotation is Requirement:
        return RequirementEntry
    if isinstance(annotation, type) and issubclass(annotation, Section):
        return annotation
    inner = [arg for arg in get_args(annotation) if arg is not type(None)]
    single = get_origin(annotation) is Annotated or len(inner) == 1
    return _section(inner[0]) if single and inner and get_origin(annotation) not in (dict, tuple) else None


def _innermost(annotation: Any) -> type[Section] | None:
    found = _section(annotation)
    return found or next((below for below in map(_innermost, get_args(annotation)) if below), None)
