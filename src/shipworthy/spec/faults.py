"""Values of the wrong kind, unknown keys and missing ones, as problems that a person can mend."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any
from unicodedata import normalize

from pydantic import ValidationError

from shipworthy.errors import Problem, nearest
from shipworthy.spec.fields import example, field_of, homes, meaning, section_of
from shipworthy.spec.flow import flow, quoted
from shipworthy.spec.language import LanguageError
from shipworthy.spec.places import Loc
from shipworthy.spec.quantity import CURRENCIES
from shipworthy.spec.scalars import NAME
from shipworthy.spec.tree import Tree

GRAMMAR = "Write METRIC >= NUMBER or METRIC <= NUMBER, for example: recall >= 0.80 for every country"
_KEY = "[key]"
"""How the validator marks a fault of a key rather than of its value."""

_UNION_MEMBERS = {"bool", "int", "float", "str", "constrained-str"}
_LONGEST_SHOWN = 60
_EXPECTED = {
    "string_type": "text",
    "float_type": "a number",
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "finite_number": "a finite number",
    "bool_type": "yes or no",
    "bool_parsing": "yes or no",
    "tuple_type": "a list",
    "dict_type": "a group of keys",
    "model_type": "a group of keys",
    "greater_than": "a number above {gt}",
    "greater_than_equal": "a number of at least {ge}",
    "less_than_equal": "a number of at most {le}",
    "one_of_several": "one text, number, yes or no",
}


def faults(error: ValidationError, tree: Tree) -> Iterator[Problem]:
    """The problems behind a failed validation; those that merely follow from another one are left out."""
    errors = _collapsed(error.errors(include_url=False))
    misspelt = {
        (fault["loc"][:-1], _meant(fault["loc"])) for fault in errors if fault["type"] == "extra_forbidden"
    }
    for fault in errors:
        loc: Loc = fault["loc"]
        if fault["type"] == "missing" and (loc[:-1], loc[-1]) in misspelt:
            continue
        if fault["type"] == "too_short" and any(
            other["loc"][: len(loc)] == loc != other["loc"] for other in errors
        ):
            continue
        yield _problem(fault, tree)


def _collapsed(errors: Iterable[Any]) -> list[dict[str, Any]]:
    """Plain dicts, with one fault for a value that fits none of several types."""
    found: dict[Loc, dict[str, Any]] = {}
    for position, fault in enumerate(errors):
        loc = fault["loc"]
        if loc and loc[-1] in _UNION_MEMBERS:
            found[loc[:-1]] = {**fault, "loc": loc[:-1], "type": "one_of_several"}
        else:
            found[(*loc, position)] = dict(fault)
    return list(found.values())


def _problem(fault: dict[str, Any], tree: Tree) -> Problem:
    loc, kind = fault["loc"], fault["type"]
    if kind == "extra_forbidden":
        return _unknown_key(loc, tree)
    if kind == "missing":
        return _missing(loc, tree)
    if kind == "literal_error":
        return _no_choice(fault, tree)
    if kind == "value_error":
        return _refused(fault["ctx"]["error"], loc, tree)
    return _wrong_type(fault, tree)


def _unknown_key(loc: Loc, tree: Tree) -> Problem:
    key, section = str(loc[-1]), section_of(loc[:-1])
    known = section.model_fields if section else {}
    elsewhere = [home for home in homes().get(key, ()) if home]
    meant = _meant(loc)
    if meant:
        remedy = f"Did you mean {meant!r}?"
        remedy += f" {key!r} belongs to {' or '.join(elsewhere[:2])}." if elsewhere else ""
    elif elsewhere:
        remedy = f"It belongs to {' or '.join(elsewhere[:2])}."
    elif key in homes():
        remedy = "It stands at the top level: begin it in the first column."
    else:
        remedy = f"Known: {', '.join(known)}."
    return Problem(
        "spec.unknown_key", f"{key!r} is not a key of {_named(loc[:-1], tree)}", tree.places.key(*loc), remedy
    )


def _meant(loc: Loc) -> str | None:
    section = section_of(loc[:-1])
    key = str(loc[-1])
    elsewhere = key in homes()
    near = nearest(key, section.model_fields) if section else None
    return None if elsewhere and near and near[:3] != key[:3] else near


def _missing(loc: Loc, tree: Tree) -> Problem:
    key, said = str(loc[-1]), meaning(loc)
    explained = f": {said}" if said else ""
    shown = example(loc)
    if tree.places.has(loc):
        message, place, remedy = (
            f"{_named(loc, tree)} is empty{explained}",
            tree.places.key(*loc),
            f"Write for example: {shown}",
        )
    else:
        message = f"{_named(loc[:-1], tree)} has no {key!r}{explained}"
        place, remedy = tree.places.key(*loc[:-1]), f"Add for example: {shown}"
    return Problem("spec.missing", message, place, remedy if shown else "")


def _no_choice(fault: dict[str, Any], tree: Tree) -> Problem:
    loc, found = fault["loc"], fault["input"]
    choices = re.findall(r"'([^']*)'", fault["ctx"]["expected"])
    is_key = loc[-1] == _KEY
    path = loc[:-2] if is_key else loc
    place = tree.places.key(*loc[:-1]) if is_key else tree.places.of(*loc)
    near = nearest(str(found), choices)
    remedy = f"Did you mean {near!r}?" if near else "Choose one of these."
    value = tree.places.spots[loc[:-1]].read if is_key and loc[:-1] in tree.places.spots else None
    if value in choices:
        remedy = f"Write it the other way round: {value}: {found}"
    return Problem(
        "spec.value", f"{_named(path, tree)}: {_shown(found)} is none of {', '.join(choices)}", place, remedy
    )


def _refused(error: Exception, loc: Loc, tree: Tree) -> Problem:
    if isinstance(error, LanguageError):
        return _ungrammatical(error, loc, tree)
    path = loc[:-1] if loc[-1:] == (_KEY,) else loc
    spot = tree.places.spots.get(tree.places.nearest(path))
    whole_section = section_of(path) is not None and spot is not None and bool(spot.keys)
    on_key = path != loc or whole_section
    place = tree.places.key(*path) if on_key else tree.places.of(*path)
    message, _, remedy = str(error).rpartition("; ")
    if not message:
        message, remedy = remedy, f"write for example: {example(path)}"
    advice = f"{remedy[:1].upper()}{remedy[1:]}"
    return Problem("spec.value", f"{_named(path, tree)}: {message}", place, advice)


def _ungrammatical(error: LanguageError, loc: Loc, tree: Tree) -> Problem:
    spots = tree.places.spots
    line, around = spots.get(tree.places.nearest(loc)), spots.get(tree.places.nearest(loc[:-1]))
    remedy = error.remedy or GRAMMAR
    if line and around and around.raw.startswith("[") and line.raw.count("(") != line.raw.count(")"):
        remedy = "In [ … ] a comma separates items: begin each requirement on a line of its own with '- ', or put it in quotes."
    if line and re.search(r"\n\s*-\S", line.raw):
        remedy = "Write a space after each '-' that begins an item of a list."
    message = f"requirement {_shown(line.read)}: {error}" if line and line.read else str(error)
    return Problem("spec.requirement", message, tree.places.inside(loc, error.offset), remedy)


def _wrong_type(fault: dict[str, Any], tree: Tree) -> Problem:
    loc, kind, found = fault["loc"], fault["type"], fault["input"]
    unlike = kind == "string_pattern_mismatch" and bool(found.strip())
    if unlike and fault["ctx"]["pattern"] == NAME:
        return _no_name(found, loc, tree)
    if kind == "too_short" or (kind == "string_pattern_mismatch" and not unlike) or found is None:
        return _blank(loc, tree)
    expected = _EXPECTED.get(kind, "").format(**fault.get("ctx", {})) or f"something else ({fault['msg']})"
    code = "spec.type" if kind.endswith(("_type", "_several", "_parsing")) else "spec.value"
    message = f"{_named(loc, tree)}: found {_shown(found)} where {expected} was expected"
    return Problem(code, message, tree.places.of(*loc), _retyped(loc, kind, tree))


def _no_name(found: str, loc: Loc, tree: Tree) -> Problem:
    """A key that requirements could not name."""
    path = loc[:-1] if loc[-1:] == (_KEY,) else loc
    rule = (
        "a name is one word of letters (a to z, A to Z), digits and _, at most 60, and begins with no digit"
    )
    message = f"{_named(path, tree)}: {_shown(found)} is no name; {rule}"
    return Problem("spec.value", message, tree.places.key(*path), f"Write for example: {_plain_word(found)}")


def _plain_word(text: str) -> str:
    """The nearest name: other signs become _, and marks over letters go."""
    plain = normalize("NFKD", text.replace("ß", "ss")).encode("ascii", "ignore").decode()
    word = re.sub(r"[^A-Za-z0-9]+", "_", plain).strip("_") or "my_metric"
    return f"{'_' if word[0].isdigit() else ''}{word}"[:_LONGEST_SHOWN]


def _blank(loc: Loc, tree: Tree) -> Problem:
    path = loc[:-1] if loc[-1:] == (_KEY,) else loc
    said, shown = meaning(path), example(path)
    message = f"{_named(path, tree)} is empty" + (f": {said}" if said else "")
    return Problem(
        "spec.value", message, tree.places.of(*path), f"Write for example: {shown}" if shown else ""
    )


def _retyped(loc: Loc, kind: str, tree: Tree) -> str:
    """How the value would be right."""
    spot = tree.places.spots.get(tree.places.nearest(loc))
    if kind == "string_type" and spot and spot.raw and "\n" not in spot.raw and tree.places.has(loc):
        return f"If it is text, put it in quotes: {quoted(spot.raw)}"
    if kind == "model_type" and not loc:
        return "Write one key a line, with a space after its colon: product: Mail shield"
    if kind == "tuple_type" and isinstance(spot and spot.read, str) and field_of(loc):
        return f"Write it as a list: {loc[-1]}: [{spot.raw if spot else ''}]"
    if kind == "float_type" and spot and spot.raw[:1] in CURRENCIES:
        return f"Write the number alone: {spot.raw[1:]}; the currency stands in value.currency."
    shown = example(loc)
    return f"Write for example: {shown}" if shown else ""


def _named(loc: Loc, tree: Tree) -> str:
    """A path as people say it: `data.examples`, `segments, item 2`."""
    known = tree.places.nearest(loc)
    words = ""
    for part in (*known, *loc[len(known) :]):
        separator = "" if not words else ", " if words[-1].isdecimal() else "."
        words += f", item {part + 1}" if isinstance(part, int) else f"{separator}{part}"
    return words or "product.yaml"


def _shown(value: Any) -> str:
    if isinstance(value, dict | list | tuple):
        return "a group of keys" if isinstance(value, dict) else "a list"
    if isinstance(value, str):
        return repr(value if len(value) <= _LONGEST_SHOWN else f"{value[: _LONGEST_SHOWN - 1]}…")
    return f"the {'word' if isinstance(value, bool) else 'number'} {flow(value)}"
