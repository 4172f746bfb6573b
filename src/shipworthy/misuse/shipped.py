"""The suites and the taxonomy that come with the package."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from shipworthy.errors import InputError, did_you_mean
from shipworthy.misuse.attack import Suite
from shipworthy.misuse.reading import read_suite
from shipworthy.misuse.taxonomy import Taxonomy, read_taxonomy

_TAXONOMY = "taxonomy.yaml"


def suite_names() -> tuple[str, ...]:
    """The suites of the package, in the order of the alphabet."""
    return tuple(sorted(entry.name for entry in _folder().iterdir() if entry.is_dir() and _texts(entry)))


@cache
def taxonomy() -> Taxonomy:
    """The hazards, methods and actors of the package, each list with its edition."""
    return read_taxonomy((_folder() / _TAXONOMY).read_text(encoding="utf-8"), _TAXONOMY)


@cache
def shipped_suite(name: str) -> Suite:
    """A suite of the package, with all of its files.

    Raises:
        InputError: `misuse.suite` where there is none of this name.
    """
    if name not in suite_names():
        advice = did_you_mean(name, suite_names())
        raise InputError("misuse.suite", f"no suite of attacks is called {name!r}", remedy=advice)
    return joined(
        [
            read_suite(entry.read_text(encoding="utf-8"), f"{name}/{entry.name}", taxonomy())
            for entry in _texts(_folder() / name)
        ]
    )


def joined(suites: Sequence[Suite]) -> Suite:
    """Suites that were read from several files as one; name, edition and licence are those of the first."""
    first = suites[0]
    taxonomies = dict.fromkeys(name for suite in suites for name in suite.taxonomies)
    attacks = tuple(attack for suite in suites for attack in suite.attacks)
    return Suite(first.name, first.edition, first.licence, tuple(taxonomies), attacks)


def _folder() -> Traversable:
    return files("shipworthy.misuse") / "suites"


def _texts(folder: Traversable) -> list[Traversable]:
    found = [entry for entry in folder.iterdir() if entry.name.endswith(".yaml")]
    return sorted(found, key=lambda entry: entry.name)
