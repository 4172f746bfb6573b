"""A reply as an answer: read as it is, repaired where its meaning is plain all the same, or unreadable, which is no answer."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from shipworthy.spec.task import class_text

Outcome = Literal["read", "repaired", "unreadable"]
Words = Mapping[str, tuple[str, ...]]
"""The words of each label; of yes/no answers the positive label comes first."""

_NUMBER = re.compile(r"[-+]?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?")
_FENCED = re.compile(r"```(?:json)?\s*(.*?)```", re.DOTALL | re.IGNORECASE)
_TYPES: Mapping[str, tuple[type, ...]] = {
    "string": (str,), "boolean": (bool,), "integer": (int,), "number": (int, float), "object": (dict,), "array": (list,),
    "null": (type(None),),
}  # fmt: skip
_SHOWN = 60


@dataclass(frozen=True)
class Read:
    """What a reply means: a label or a number, None where it is `unreadable`, with the reason."""

    value: str | float | None
    outcome: Outcome = "read"
    why: str = ""


@dataclass(frozen=True)
class Reader:
    """How replies are read: by the words of labels, as a number where there are none, out of a field of JSON with a schema.

    Where answers are `yes_no`, the first label is the positive one, and a field may be true or false, or a score.
    """

    labels: Words = field(default_factory=dict)
    schema: Mapping[str, Any] | None = None
    field: str = ""
    yes_no: bool = False

    @property
    def numeric(self) -> bool:
        """Whether answers are numbers: without labels, or where the schema says that the field is a score."""
        return not self.labels or (self.yes_no and self._of_field.get("type") == "number")

    @property
    def _of_field(self) -> Mapping[str, Any]:
        return dict((self.schema or {}).get("properties", {}).get(self.field, {}))

    def read(self, text: str) -> Read:
        """The answer in a reply."""
        if self.schema is not None:
            return self._by_field(text, self.schema)
        return _number(text) if self.numeric else by_words(text, self.labels)

    def _by_field(self, text: str, schema: Mapping[str, Any]) -> Read:
        for repaired, found in _objects(text):
            if self.field in found and not schema_fault(found, schema):
                read = self._value(found[self.field])
                return Read(read.value, "repaired", read.why) if repaired and read.outcome == "read" else read
        return Read(None, "unreadable", f"no JSON that follows the schema: {_shown(text)}")

    def _value(self, value: Any) -> Read:
        if self.numeric:
            fits = isinstance(value, int | float) and not isinstance(value, bool)
            return Read(float(value)) if fits else Read(None, "unreadable", f"{self.field} is no number")
        if isinstance(value, bool) and self.yes_no:
            return Read([*self.labels][0 if value else 1])
        if class_text(value) in self.labels:
            return Read(class_text(value))
        return by_words(class_text(value), self.labels)


def object_in(text: str, schema: Mapping[str, Any]) -> dict[str, Any] | None:
    """The first JSON object of a reply that follows a schema, whatever stands around it; None where there is none."""
    return next((found for _, found in _objects(text) if not schema_fault(found, schema)), None)


def by_words(text: str, labels: Words) -> Read:
    """The label whose word a reply is; repaired where it begins with one, or holds the words of one label only."""
    of_word = {_plain(word): label for label, words in labels.items() for word in words}
    if (label := of_word.get(_plain(text))) is not None:
        return Read(label)
    held = {
        label
        for word, label in of_word.items()
        if word and re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text.casefold())
    }
    first = next((label for word, label in of_word.items() if _begins(_plain(text), word)), None)
    if first is not None or len(held) == 1:
        return Read(first if first is not None else held.pop(), "repaired")
    what = "words of several answers" if held else "the word of no answer"
    return Read(None, "unreadable", f"{what}: {_shown(text)}")


def schema_fault(found: Any, schema: Mapping[str, Any]) -> str:
    """What of a value breaks a schema; "" where nothing does. Types, choices, ends, required keys and what they hold are checked."""
    kinds = schema.get("type", [])
    kinds = [kinds] if isinstance(kinds, str) else kinds
    if kinds and not any(_is(found, kind) for kind in kinds):
        return f"{found!r} is not of type {' or '.join(kinds)}"
    if "enum" in schema and found not in schema["enum"]:
        return f"{found!r} is none of the choices"
    if isinstance(found, int | float) and not isinstance(found, bool):
        low, high = schema.get("minimum", found), schema.get("maximum", found)
        return "" if low <= found <= high else f"{found!r} is out of its range"
    if not isinstance(found, dict):
        return ""
    missing = [key for key in schema.get("required", ()) if key not in found]
    if missing:
        return f"{missing[0]!r} is missing"
    below = (
        schema_fault(found[key], part) for key, part in schema.get("properties", {}).items() if key in found
    )
    return next(filter(None, below), "")


def _is(found: Any, kind: str) -> bool:
    if isinstance(found, bool):
        return kind == "boolean"
    whole = kind == "integer" and isinstance(found, float) and found.is_integer()
    return whole or isinstance(found, _TYPES.get(kind, (object,)))


def _objects(text: str) -> Iterator[tuple[bool, dict[str, Any]]]:
    """The JSON objects of a reply, each with whether it had to be taken out of something: a fence, or words around it."""
    whole = _json(text)
    if whole is not None:
        yield False, whole
        return
    for fenced in _FENCED.findall(text):
        if (found := _json(fenced)) is not None:
            yield True, found
    decoder = json.JSONDecoder()
    for start in re.finditer(r"\{", text):
        try:
            found, _ = decoder.raw_decode(text, start.start())
        except (ValueError, RecursionError):
            continue
        yield True, found
        return


def _json(text: str) -> dict[str, Any] | None:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _number(text: str) -> Read:
    if (whole := _NUMBER.fullmatch(text.strip())) is not None:
        return Read(float(whole[0]))
    found = _NUMBER.findall(text)
    if len(found) == 1:
        return Read(float(found[0]), "repaired")
    what = f"{len(found)} numbers" if found else "no number"
    return Read(None, "unreadable", f"{what}: {_shown(text)}")


def _plain(text: str) -> str:
    """A text without what surrounds its words: spaces, quotes, stars and full stops."""
    return re.sub(r"^[^\w]+|[^\w]+$", "", text.casefold())


def _begins(text: str, word: str) -> bool:
    return bool(word) and re.match(rf"{re.escape(word)}(?!\w)", text) is not None


def _shown(text: str) -> str:
    line = " ".join(text.split())
    return repr(line if len(line) <= _SHOWN else f"{line[: _SHOWN - 1]}…")
