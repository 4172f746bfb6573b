"""YAML text as plain values with their places; what YAML allows and product.yaml does not is a problem of its own."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from shipworthy.errors import Place, Problem, SpecError
from shipworthy.spec.places import Loc, Places, Spot
from shipworthy.spec.syntax import syntax_problem

_TAG = "tag:yaml.org,2002:"
_COLON = re.compile(r"\s*:")
_MOST_VALUES = 100_000
_NUMBER_BASES = {"0x": 16, "0o": 8, "0b": 2}


@dataclass(frozen=True)
class Tree:
    """A file as plain dicts, lists and scalars, where each stands, and what is already wrong with it."""

    data: Any
    places: Places
    problems: tuple[Problem, ...]


def read_tree(text: str, file: str) -> Tree:
    """The values of a YAML 1.2 text; dates stay text as written, and keys are always text.

    Raises:
        SpecError: `spec.yaml` where it is no YAML, `spec.empty` where it holds nothing.
    """
    node = _composed(text, file)
    reader = _Reader(text, file)
    try:
        data = None if node is None else reader.value(node, (), None)
    except RecursionError:
        raise SpecError([_too_deep(file)]) from None
    if data is None:
        message = "the file is empty: it has no product, and nothing that it must do"
        remedy = "Fill it in, or begin with: shipworthy new NAME"
        raise SpecError([Problem("spec.empty", message, Place(file, 1, 1), remedy), *reader.problems])
    return Tree(data, Places(file, reader.spots), tuple(reader.problems))


def _composed(text: str, file: str) -> Any:
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError

    try:
        with warnings.catch_warnings():
            # ruamel warns of anchors that are set twice; each alias still has one meaning
            warnings.simplefilter("ignore")
            return YAML(typ="safe", pure=True).compose(text)
    except YAMLError as error:
        raise SpecError([syntax_problem(error, text, file)]) from None
    except RecursionError:
        raise SpecError([_too_deep(file)]) from None


def _too_deep(file: str) -> Problem:
    return Problem(
        "spec.yaml", "lists and groups stand in one another too deeply", Place(file), "Flatten the file."
    )


class _Key(NamedTuple):
    """A key of a group: where it begins, and the offset at which its value may begin."""

    place: Place
    end: int


class _Reader:
    """Walks the nodes of one file once, and notes places and problems on the way."""

    def __init__(self, text: str, file: str) -> None:
        self.text = text
        self.file = file
        self.spots: dict[Loc, Spot] = {}
        self.problems: list[Problem] = []
        self.above: set[int] = set()

    def value(self, node: Any, loc: Loc, key: _Key | None) -> Any:
        if id(node) in self.above or len(self.spots) >= _MOST_VALUES:
            self.report(
                "spec.yaml",
                node,
                "this alias (*) makes the file endless or very long",
                "Write the value out.",
            )
            return None
        self.above.add(id(node))
        read = self._by_kind(node, loc, key)
        self.above.discard(id(node))
        return read

    def _by_kind(self, node: Any, loc: Loc, key: _Key | None) -> Any:
        if isinstance(node.value, str):
            scalar = self.scalar(node)
            self.note(node, loc, key, () if scalar is not None else None)
            return scalar
        if str(node.tag) not in (f"{_TAG}map", f"{_TAG}seq"):
            self.report(
                "spec.yaml",
                node,
                f"the tag {node.tag!s} means nothing here",
                "Remove the word that begins with '!'.",
            )
        if node.value and isinstance(node.value[0], tuple):
            entries = list(self.entries(node))
            self.note(node, loc, key, tuple(name for name, _, _ in entries))
            return {name: self.value(child, (*loc, name), place) for name, place, child in entries}
        if not node.value and str(node.tag) == f"{_TAG}map":
            self.note(node, loc, key, ())
            return {}
        self.note(node, loc, key, tuple(range(len(node.value))))
        return [self.value(child, (*loc, index), None) for index, child in enumerate(node.value)]

    def entries(self, node: Any) -> Iterator[tuple[str, _Key, Any]]:
        """The keys of a group, each once, with their places and values."""
        seen: dict[str, Place] = {}
        for key, child in node.value:
            place = self.place(key)
            if not isinstance(key.value, str):
                self.report(
                    "spec.yaml",
                    key,
                    "a list or a group stands where a key was expected",
                    "Keys are plain words: name: value",
                )
            elif str(key.tag) == f"{_TAG}merge":
                self.report("spec.yaml", key, "'<<' does not copy keys here", "Write the keys out.")
            elif key.value in seen:
                first = seen[key.value]
                message = f"{key.value!r} is given twice; the first stands in line {first.line}"
                self.report(
                    "spec.duplicate_key", key, message, "Keep one of them, or give the second another name."
                )
            else:
                seen[key.value] = place
                colon = _COLON.match(self.text, key.end_mark.index)
                yield key.value, _Key(place, colon.end() if colon else key.end_mark.index), child

    def scalar(self, node: Any) -> bool | int | float | str | None:
        kind = str(node.tag).removeprefix(_TAG)
        if node.style in ("'", '"', "|", ">") or kind in ("str", "timestamp"):
            return str(node.value)
        if str(node.tag).startswith("!"):
            self.report(
                "spec.yaml",
                node,
                f"the tag {node.tag!s} means nothing here",
                "Remove the word that begins with '!'.",
            )
            return self.written(node)
        try:
            return _plain(kind, node.value)
        except (KeyError, ValueError):
            return str(node.value)

    def written(self, node: Any) -> str:
        return self.text[node.start_mark.index : node.end_mark.index]

    def note(self, node: Any, loc: Loc, key: _Key | None, keys: tuple[str | int, ...] | None) -> None:
        """Remember where a value stands; an empty one (keys is None) stands where its key does."""
        read = node.value if isinstance(node.value, str) else None
        empty = key is not None and keys is None
        place, start = (key.place, key.end) if key and empty else (self.place(node), node.start_mark.index)
        self.spots[loc] = Spot(key and key.place, place, self.written(node), start, read, keys or ())

    def report(self, code: str, node: Any, message: str, remedy: str) -> None:
        self.problems.append(Problem(code, message, self.place(node), remedy))

    def place(self, node: Any) -> Place:
        return Place(self.file, node.start_mark.line + 1, node.start_mark.column + 1)


def _plain(kind: str, written: str) -> bool | int | float | None:
    """An unquoted scalar that YAML 1.2 does not read as text."""
    if kind == "null":
        return None
    if kind == "bool":
        return {"true": True, "false": False}[written.lower()]
    digits = written.replace("_", "").lower()
    if kind == "int":
        sign, size = (-1, digits[1:]) if digits.startswith("-") else (1, digits.removeprefix("+"))
        return (
            sign * int(size[2:] or size, _NUMBER_BASES[size[:2]])
            if size[:2] in _NUMBER_BASES
            else sign * int(size)
        )
    if kind == "float":
        return float(digits.replace(".inf", "inf").replace(".nan", "nan"))
    raise KeyError(kind)
