"""What differs between two texts of one product.yaml: claims that came and went, and every other value that is not what it was."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from shipworthy.spec.model import Product

JUDGED_APART = {"requirements", "frame"}
"""Claims are told by themselves; what a framing states decides no verdict."""


@dataclass(frozen=True)
class Edit:
    """One value of the file, by its keys joined with dots: as it was, and as it is (None: not there)."""

    path: str
    before: str | None
    after: str | None

    def __str__(self) -> str:
        if self.before is None:
            return f"{self.path}: {self.after} (new)"
        if self.after is None:
            return f"{self.path}: {self.before} (gone)"
        return f"{self.path}: {self.before} -> {self.after}"


@dataclass(frozen=True)
class SpecChanges:
    """The claims that were added and removed, as written, and the other values that were edited."""

    added: tuple[str, ...]
    removed: tuple[str, ...]
    edits: tuple[Edit, ...]

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.edits)

    @property
    def lines(self) -> tuple[str, ...]:
        """Each change on a line: + and - before claims, the keys before values."""
        claims = (*(f"- {each}" for each in self.removed), *(f"+ {each}" for each in self.added))
        return (*claims, *map(str, self.edits))


def spec_changes(before: Product, after: Product) -> SpecChanges:
    """What differs between a product as it was and as it is."""
    then, now = ([each.text for each in product.requirements] for product in (before, after))
    added = tuple(text for text in now if text not in then)
    removed = tuple(text for text in then if text not in now)
    values = [
        dict(_leaves("", product.model_dump(mode="json", exclude=JUDGED_APART)))
        for product in (before, after)
    ]
    paths = dict.fromkeys([*values[0], *values[1]])
    edits = [Edit(path, values[0].get(path), values[1].get(path)) for path in paths]
    return SpecChanges(added, removed, tuple(each for each in edits if each.before != each.after))


def _leaves(path: str, value: Any) -> Iterator[tuple[str, str]]:
    """Every value that is no mapping, by its keys; what is not stated is left out."""
    if isinstance(value, Mapping):
        for key, item in value.items():
            yield from _leaves(f"{path}.{key}" if path else str(key), item)
    elif isinstance(value, list) and any(isinstance(item, Mapping) for item in value):
        for at, item in enumerate(value):
            yield from _leaves(f"{path}.{at + 1}", item)
    elif value not in (None, [], ""):
        yield path, _shown(value)


def _shown(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
