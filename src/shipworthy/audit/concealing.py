"""Personal data in what an audit shows: values, ids and slices that hold some are masked everywhere, statements included."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any, TypeVar

from shipworthy.personal import is_personal, masked_words

T = TypeVar("T")


@dataclass(frozen=True)
class Concealed:
    """What is shown instead of texts that hold personal data, by the text."""

    shown: Mapping[str, str]

    def __call__(self, found: T) -> T:
        """The same with every such text masked, in whatever it is made of: texts, tuples, mappings, dataclasses."""
        if not self.shown:
            return found
        pattern = re.compile("|".join(map(_alone, sorted(self.shown, key=len, reverse=True))))
        changed: T = self._inside(found, pattern)
        return changed

    def _inside(self, found: Any, pattern: re.Pattern[str]) -> Any:
        if isinstance(found, str):
            return pattern.sub(lambda match: self.shown[match[0]], found)
        if isinstance(found, tuple):
            return tuple(self._inside(each, pattern) for each in found)
        if isinstance(found, Mapping):
            return {key: self._inside(each, pattern) for key, each in found.items()}
        if is_dataclass(found) and not isinstance(found, type):
            inside = {each.name: self._inside(getattr(found, each.name), pattern) for each in fields(found)}
            return replace(found, **inside)
        return found


def _alone(text: str) -> str:
    """The text where it is no part of a longer word."""
    return rf"(?<!\w){re.escape(text)}(?!\w)"


def concealed(values: Iterable[tuple[str, str]], known: Container[str] = ()) -> Concealed:
    """What to show instead of those values that hold personal data.

    Args:
        values: columns and what they hold; values that would look the same are numbered.
        known: values of which somebody else knows that they hold some.
    """
    shown: dict[str, str] = {}
    seen: dict[str, int] = {}
    for column, value in dict.fromkeys(values):
        if value not in shown and (value in known or is_personal(value, column)):
            text = masked_words(value)
            seen[text] = seen.get(text, 0) + 1
            text = text if seen[text] == 1 else f"{text} ({seen[text]})"
            shown |= {value: text, value.replace("'", "''"): text}
    return Concealed(shown)
