"""YAML text as plain values with their places; what YAML allows and product.yaml does not is a problem of its own."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from shipworthy.errors import Place, Problem, SpecError
from shipworthy.spec.places import Loc, Places, Spot
from shipworthy.spec.syntax import syntax_problem

_TAG = "tag:yaml.org,2002:"
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
    if node is None:
        message = "the file is empty: it has no product, and nothing that it must do"
        raise SpecError(
            [
                Problem(
                    "spec.empty", message, Place(file, 1, 1), "Fill it in, or begin with: shipworthy new NAME"
                )
            ]
        )
    reader = _Reader(text, file)
    try:
        data = reader.value(node, (), None)
    except RecursionError:
        raise SpecError([_too_deep(file)]) from None
    return Tree(data, Places(file, reader.spots), tuple(reader.problems))


def _composed(text: str, file: str) -> Any:
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError

    try:
        with warnings.catch_warnings():
            warnings.simplefilter(
                "ignore"
            )  # ruamel warns of anchors that are set twice; aliases still have one meaning
            return YAML(typ="safe", pure=True).compose(text)
    except YAMLError as error:
        raise SpecError([syntax_problem(error, text, file)]) from None
    except RecursionError:
        raise SpecError([_too_deep(file)]) from None


def _too_deep(file: str) -> Problem:
    return Problem(
        "spec.yaml", "lists and groups stand in one another too deeply", Place(file), "Flatten the file."
    )


class _Reader:
    """Walks the nodes of one file once, and notes places and problems on the way."""

    def __init__(self, text: str, file: str) -> None:
        self.text = text
        self.file = file
        self.spots: dict[Loc, Spot] = {}
        self.problems: list[Problem] = []
        self.above: set[int] = set()

    def value(self, node: Any, loc: Loc, key: Place | None) -> Any:
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

    def _by_kind(self, node: Any, loc: Loc, key: Place | None) -> Any:
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

    def entries(self, node: Any) -> Iterator[tuple[str, Place, Any]]:
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
                yield key.value, place, child

    def scalar(self, node: Any) -> bool | int | float | str | None:
        kind = str(node.tag).removeprefix(_TAG)
        if node.style in ("'", '"', "|", ">") or kind in ("str", "timestamp"):
            return str(node.value)
        try:
            return _plain(kind, node.value)
        except (KeyError, ValueError):
            if str(node.tag).startswith("!"):
                self.report(
                    "spec.yaml",
                    node,
                    f"the tag {node.tag!s} means nothing here",
                    "Remove the word that begins with '!'.",
                )
            return str(node.value)

    def note(self, node: Any, loc: Loc, key: Place | None, keys: tuple[str | int, ...] | None) -> None:
        """Remember where a value stands; an empty one (keys is None) stands where its key does."""
        raw = self.text[node.start_mark.index : node.end_mark.index]
        read = node.value if isinstance(node.value, str) else None
        place = self.place(node) if keys is not None or key is None else key
        self.spots[loc] = Spot(key, place, raw, node.start_mark.index, read, keys or ())

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
