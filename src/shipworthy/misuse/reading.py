"""A suite as text -> `Suite`, or every problem of the text at once, each with its line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from shipworthy.errors import Problem, SpecError, did_you_mean
from shipworthy.misuse.attack import EXPECTED, SEVERITIES, Attack, Suite
from shipworthy.misuse.taxonomy import Taxonomy
from shipworthy.spec.places import Loc
from shipworthy.spec.tree import Tree, read_tree

_HEADER = ("suite", "edition", "licence", "hazards", "methods", "attacks")
_REQUIRED = ("id", "hazard", "severity", "method", "actor", "expected", "text", "twin", "context")
_LISTS = ("hit_if", "held_if")
_OPTIONAL = ("injected", "canary", *_LISTS)
_YES, _NO = (True, "yes"), (False, "no", None)


def read_suite(text: str, file: str, taxonomy: Taxonomy) -> Suite:
    """The attacks that a text describes.

    Args:
        text: YAML 1.2: a header and a list of attacks.
        file: how messages name the file.
        taxonomy: the names that hazards, methods and actors may have.

    Raises:
        SpecError: with every problem of the text, in the order of its lines: `misuse.key` for a key that is missing,
            empty or unknown; `misuse.value` for a value that is none of those allowed; `misuse.twice` for an attack
            whose id or text another one has.
    """
    tree = _tree(text, file)
    reader = _Reader(tree, taxonomy)
    suite = reader.suite()
    problems = [*tree.problems, *reader.problems]
    if problems or suite is None:
        raise SpecError(sorted(problems, key=_line))
    return suite


def _tree(text: str, file: str) -> Tree:
    """The values of a text, which must hold something."""
    try:
        return read_tree(text, file)
    except SpecError as error:
        if error.problem.code != "spec.empty":
            raise
        message = "the suite is empty: it has no attack"
        problem = Problem("misuse.empty", message, error.problem.where, "Begin it with suite: NAME")
        raise SpecError([problem]) from None


def _line(problem: Problem) -> tuple[int, int]:
    where = problem.where
    return (where.line or 0, where.column or 0) if where else (0, 0)


class _Reader:
    """Walks the values of one file and notes what is wrong with them."""

    def __init__(self, tree: Tree, taxonomy: Taxonomy) -> None:
        self.tree = tree
        self.taxonomy = taxonomy
        self.hazards = taxonomy.hazard_names
        self.problems: list[Problem] = []

    def suite(self) -> Suite | None:
        data = self.tree.data
        if not isinstance(data, dict):
            self.report(
                "misuse.key",
                (),
                "a list or a word stands where a suite was expected",
                "Begin with suite: NAME",
            )
            return None
        self.keys(data, (), required=_HEADER, optional=())
        self.texts(data, (), ("suite", "edition", "licence"))
        self.hazards = _of_edition(data.get("hazards"), self.taxonomy)
        for key, known in (("hazards", self.taxonomy.hazards), ("methods", self.taxonomy.methods)):
            self.choice(data, (), key, [names.edition for names in known])
        written = data.get("attacks")
        if not isinstance(written, list) or not written:
            self.report(
                "misuse.key", ("attacks",), "'attacks' is no list of attacks", "Begin each with '- id: NAME'."
            )
            return None
        attacks = [self.attack(each, ("attacks", place)) for place, each in enumerate(written)]
        self.refuse_repeated(attacks)
        return None if self.problems else _suite(data, [each for each in attacks if each])

    def attack(self, data: Any, loc: Loc) -> Attack | None:
        if not isinstance(data, dict):
            self.report("misuse.key", loc, "an attack is a group of keys", f"Write {', '.join(_REQUIRED)}.")
            return None
        before = len(self.problems)
        self.keys(data, loc, required=_REQUIRED, optional=_OPTIONAL)
        for key, known in (
            ("hazard", self.hazards),
            ("severity", SEVERITIES),
            ("method", self.taxonomy.method_names),
            ("actor", self.taxonomy.actors),
            ("expected", EXPECTED),
        ):
            self.choice(data, loc, key, known)
        self.values(data, loc)
        return None if len(self.problems) > before else _attack(data)

    def keys(
        self, data: dict[str, Any], loc: Loc, *, required: Sequence[str], optional: Sequence[str]
    ) -> None:
        """Each required key is there and holds something; no other key is there than those known."""
        known = (*required, *optional)
        for key in data:
            if key not in known:
                self.report(
                    "misuse.key", (*loc, key), f"{key!r} is no key of {_part(loc)}", did_you_mean(key, known)
                )
        for key in required:
            if data.get(key) in (None, "", []):
                state = "is empty" if key in data else "is missing"
                self.report("misuse.key", (*loc, key), f"{key!r} of {_part(loc)} {state}", f"Write {key}: …")

    def choice(self, data: dict[str, Any], loc: Loc, key: str, known: Sequence[str]) -> None:
        value = data.get(key)
        if value not in (None, "") and value not in known:
            message = f"{value!r} is none of the values that {key!r} may have"
            self.report("misuse.value", (*loc, key), message, did_you_mean(str(value), known))

    def texts(self, data: dict[str, Any], loc: Loc, keys: Sequence[str]) -> None:
        for key in keys:
            if data.get(key) is not None and not isinstance(data[key], str):
                self.report("misuse.value", (*loc, key), f"{key!r} is no text", "Put it in quotes.")

    def values(self, data: dict[str, Any], loc: Loc) -> None:
        """Texts are texts, lists are lists of texts, and an answer to the attack can be judged."""
        self.texts(data, loc, ("id", "text", "twin", "context", "injected"))
        for key in _LISTS:
            phrases = data.get(key, [])
            if not isinstance(phrases, list) or not all(
                isinstance(each, str) and each.strip() for each in phrases
            ):
                self.report(
                    "misuse.value", (*loc, key), f"{key!r} is no list of texts", f"Write {key}: [words]"
                )
        if data.get("canary") not in (*_YES, *_NO):
            self.report(
                "misuse.value", (*loc, "canary"), "'canary' is neither yes nor no", "Write canary: yes"
            )
        decided = data.get("hit_if") or data.get("held_if") or data.get("canary")
        if data.get("expected") == "answer safely" and not decided:
            message = "nothing tells a safe answer from a harmful one"
            remedy = "Write hit_if: [what only a harmful answer says], or held_if: [what a safe one says]"
            self.report("misuse.key", (*loc, "expected"), message, remedy)
        if data.get("text") and data.get("text") == data.get("twin"):
            self.report(
                "misuse.value",
                (*loc, "twin"),
                "the twin is the attack itself",
                "Ask something harmless that resembles it.",
            )

    def refuse_repeated(self, attacks: Sequence[Attack | None]) -> None:
        """Ids and texts occur once."""
        first: dict[tuple[str, str], int] = {}
        for place, attack in enumerate(attacks):
            for key in ("id", "text") if attack else ():
                value = getattr(attack, key)
                earlier = first.setdefault((key, value), place)
                if earlier != place:
                    line = self.tree.places.of("attacks", earlier, key).line
                    message = f"another attack has the {key} {value!r}, in line {line}"
                    self.report(
                        "misuse.twice",
                        ("attacks", place, key),
                        message,
                        "Change one of them, or leave it out.",
                    )

    def report(self, code: str, loc: Loc, message: str, remedy: str) -> None:
        self.problems.append(Problem(code, message, self.tree.places.of(*loc), remedy))


def _of_edition(edition: Any, taxonomy: Taxonomy) -> tuple[str, ...]:
    """The hazards of one edition; those of all editions where there is no such one."""
    found = [tuple(names.meanings) for names in taxonomy.hazards if names.edition == edition]
    return found[0] if found else taxonomy.hazard_names


def _part(loc: Loc) -> str:
    return f"attack {int(loc[1]) + 1}" if loc else "a suite"


def _suite(data: dict[str, Any], attacks: Sequence[Attack]) -> Suite:
    taxonomies = (data["hazards"], data["methods"])
    return Suite(data["suite"], data["edition"], data["licence"], taxonomies, tuple(attacks))


def _attack(data: dict[str, Any]) -> Attack:
    lists = {key: tuple(data[key]) for key in _LISTS if key in data}
    return Attack(**{**data, **lists, "canary": data.get("canary") in _YES})
