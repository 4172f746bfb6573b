"""Prompts: a Markdown file whose headings say who speaks, and whose words are filled in row by row."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from shipworthy.errors import InputError, Place, did_you_mean
from shipworthy.evidence.record import content_hash

if TYPE_CHECKING:
    from jinja2 import Template

ROLES = ("system", "user", "assistant")
ROW = "row"
"""The name by which a template reaches columns whose names are no words: {{ row["num char"] }}."""

_HEADING = re.compile(r"^#[ \t]+(\w+)[ \t]*$", re.MULTILINE)
_SHAPE = "Write its parts under headings: # system, # user, and # assistant for examples of answers; the last is # user."

Message = tuple[str, str]
"""Who speaks, and what is said."""


@dataclass(frozen=True)
class Part:
    """One message to be filled in, and the line of the file on which it begins."""

    role: str
    text: str
    line: int


@dataclass(frozen=True)
class Prompt:
    """The messages of a conversation, with places for columns of the row."""

    file: str
    parts: tuple[Part, ...]

    @cached_property
    def version(self) -> str:
        """A hash of all that is said."""
        return content_hash([[part.role, part.text] for part in self.parts])

    @cached_property
    def columns(self) -> frozenset[str]:
        """The columns that the prompt reads.

        Raises:
            InputError: it is no template.
        """
        return frozenset().union(*(_columns(self._parsed(part)) for part in self.parts))

    def messages(self, row: Mapping[str, Any]) -> tuple[Message, ...]:
        """The messages for one row; a missing value is nothing at all. What a row holds is never read as a template.

        Raises:
            InputError: the template cannot be filled in.
        """
        named = {**row, ROW: row} if ROW not in row else dict(row)
        return tuple((part.role, self._filled(part, named)) for part in self.parts)

    def _filled(self, part: Part, named: Mapping[str, Any]) -> str:
        from jinja2 import TemplateError

        try:
            return self._templates[part].render(named).strip()
        except (TemplateError, ArithmeticError, LookupError, TypeError, ValueError, AttributeError) as error:
            message = f"the prompt cannot be filled in: {error}"
            remedy = "Name columns as {{ column }}, and see that filters fit what the column holds, empty values included."
            raise InputError(
                "chat.prompt", message, where=Place(self.file, part.line), remedy=remedy
            ) from None

    @cached_property
    def _templates(self) -> dict[Part, Template]:
        environment = _environment()
        return {part: environment.from_string(part.text) for part in self.parts}

    def _parsed(self, part: Part) -> Any:
        from jinja2 import TemplateSyntaxError

        try:
            return _environment().parse(part.text)
        except TemplateSyntaxError as error:
            line = part.line + error.lineno - 1
            message = f"the prompt is no template: {error.message}"
            remedy = "A column stands in double braces, as in {{ message }}; write braces of your own as {{ '{{' }}."
            raise InputError("chat.prompt", message, where=Place(self.file, line), remedy=remedy) from None


def read_prompt(text: str, file: str) -> Prompt:
    """The prompt that a file holds; without headings all of it is said by the user.

    Raises:
        InputError: parts are missing, or stand in an order that no conversation has.
    """
    headings = [found for found in _HEADING.finditer(text) if found[1].lower() in ROLES]
    before = text[: headings[0].start()] if headings else ""
    if not headings:
        parts = [Part("user", text.strip(), 1)]
    else:
        ends = [found.start() for found in headings[1:]] + [len(text)]
        parts = [_part(text, found, end) for found, end in zip(headings, ends, strict=True)]
    fault = _fault(parts, before)
    if fault:
        raise InputError("chat.prompt", f"{file}: {fault}", where=Place(file), remedy=_SHAPE)
    return Prompt(file, tuple(parts))


def _part(text: str, heading: re.Match[str], end: int) -> Part:
    body = text[heading.end() : end]
    start = heading.end() + len(body) - len(body.lstrip())
    return Part(heading[1].lower(), body.strip(), text.count("\n", 0, start) + 1)


def _fault(parts: list[Part], before: str) -> str:
    """What is wrong with the parts, in words; "" where nothing is."""
    if before.strip():
        return "text stands before the first heading, and nobody says it"
    empty = next((part for part in parts if not part.text), None)
    if empty:
        return f"the part # {empty.role} is empty"
    if any(part.role == "system" for part in parts[1:]):
        return "# system stands after another part; it comes first, and once"
    if parts[-1].role != "user":
        return f"the last part is # {parts[-1].role}, after which there is nothing to reply to"
    return ""


def prove_columns(prompt: Prompt, known: Collection[str], secret: Mapping[str, str]) -> None:
    """Return where a prompt reads columns that are there and may be read.

    Args:
        prompt: the prompt.
        known: the columns of the examples.
        secret: columns that the model must not see, with what each is.

    Raises:
        InputError: it reads another one, or one that gives the answer away.
    """
    for column in sorted(prompt.columns, key=lambda each: (each not in secret, each)):
        where = Place(prompt.file, _line_of(prompt, column))
        if column in secret:
            message = f"the prompt reads {column}, {secret[column]}"
            remedy = "Take it out: when the model is asked, the true answer is not known yet."
            raise InputError("chat.label_leak", message, where=where, remedy=remedy)
        if column not in known:
            message = f"the prompt reads {column!r}, and the examples have no such column"
            raise InputError("chat.prompt", message, where=where, remedy=did_you_mean(column, known))


def _line_of(prompt: Prompt, column: str) -> int | None:
    for part in prompt.parts:
        found = re.search(rf"\b{re.escape(column)}\b", part.text)
        if found:
            return part.line + part.text.count("\n", 0, found.start())
    return None


def _columns(tree: Any) -> set[str]:
    """The names that a template asks for: those it does not set itself, and keys of `row`."""
    from jinja2 import meta, nodes

    keys: set[str] = set()
    for node in tree.find_all((nodes.Getitem, nodes.Getattr)):
        if isinstance(node.node, nodes.Name) and node.node.name == ROW:
            key = node.attr if isinstance(node, nodes.Getattr) else getattr(node.arg, "value", None)
            keys |= {str(key)} if key is not None else set()
    return (set(meta.find_undeclared_variables(tree)) - {ROW}) | keys


def _environment() -> Any:
    """Jinja in its sandbox: no files, no imports, no attributes that lead out of a value; unknown names are errors."""
    from jinja2 import StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    environment = ImmutableSandboxedEnvironment(
        undefined=StrictUndefined, autoescape=False, finalize=lambda value: "" if value is None else value
    )
    environment.globals.clear()
    return environment
