"""The lists that attacks are sorted by: hazards, methods and actors, each with the edition that it follows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from shipworthy.spec.tree import read_tree


@dataclass(frozen=True)
class Names:
    """One edition of a list of names, with what each means and when the list was last compared with its source."""

    edition: str
    verified: str
    meanings: Mapping[str, str]


@dataclass(frozen=True)
class Taxonomy:
    """The lists that attacks are sorted by."""

    hazards: tuple[Names, ...]
    methods: tuple[Names, ...]
    actors: tuple[str, ...]

    @property
    def hazard_names(self) -> tuple[str, ...]:
        """All hazards, of every edition."""
        return tuple(name for names in self.hazards for name in names.meanings)

    @property
    def method_names(self) -> tuple[str, ...]:
        """All methods, of every edition."""
        return tuple(name for names in self.methods for name in names.meanings)


def read_taxonomy(text: str, file: str) -> Taxonomy:
    """The lists that attacks are sorted by.

    Raises:
        SpecError: the text is no YAML.
    """
    data = read_tree(text, file).data
    hazards, methods = (
        tuple(Names(each["edition"], each["verified"], each["names"]) for each in data[kind])
        for kind in ("hazards", "methods")
    )
    return Taxonomy(hazards, methods, tuple(data["actors"]))
