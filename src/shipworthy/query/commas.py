"""Numbers in text columns that are written with a comma, which no engine reads as numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import ibis

from shipworthy.query.engine import Engine

APART = "[ '’\u00a0\u202f][0-9]{3}"
"""Thousands set apart by a space or an apostrophe."""

NUMBER = rf"^ *[+-]?[0-9]+([.,][0-9]+|{APART})* *$"
COMMA = rf"^ *[+-]?[0-9]+([.][0-9]+|{APART})*,[0-9]+ *$"


@dataclass(frozen=True)
class CommaNumbers:
    """A text column: how many values it has, how many are numbers, how many have one comma, and one of these."""

    values: int
    numbers: int
    commas: int
    example: str | None

    @property
    def read_as_words(self) -> bool:
        """Whether it looks like a column of numbers that its commas make one of words: at least half of its values do."""
        return self.commas > 0 and 2 * self.numbers >= self.values


def comma_numbers(engine: Engine, table: ibis.Table, names: Sequence[str]) -> dict[str, CommaNumbers]:
    """How numbers are written in these text columns, in one statement."""
    texts = [name for name in names if table[name].type().is_string()]
    if not texts:
        return {}
    asked: dict[str, Any] = {}
    for at, name in enumerate(texts):
        number, comma = (table[name].re_search(form) for form in (NUMBER, COMMA))
        asked |= {
            f"values {at}": table[name].count(),
            f"numbers {at}": table[name].count(where=number),
            f"commas {at}": table[name].count(where=comma),
            f"example {at}": table[name].min(where=comma),
        }
    found = engine.run(table.aggregate(**asked), "looking for numbers with a comma").to_pylist()[0]
    return {
        name: CommaNumbers(*(found[f"{what} {at}"] for what in ("values", "numbers", "commas", "example")))
        for at, name in enumerate(texts)
    }
