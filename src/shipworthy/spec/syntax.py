"""What YAML's own errors mean, in words for people who do not write YAML for a living."""

from __future__ import annotations

import re
from typing import Any

from shipworthy.errors import Place, Problem

_QUOTE = "Put the whole text in 'single quotes'."
_MEANINGS = (
    ("'\\t' that cannot start", "a tab indents this line", "Indent with spaces: two for each level."),
    ("that cannot start any token", "this character cannot begin a text", _QUOTE),
    ("unexpected end of stream", "the quotes that open here never close", "Add the closing quote."),
    ("unexpected document separator", "the quotes that open here never close", "Add the closing quote."),
    ("',' or ']'", "the list that opens here with '[' is not well closed", "Separate its items with commas and end it with ']'."),
    ("',' or '}'", "the group that opens here with '{' is not well closed", (
        "Separate its keys with commas, end it with '}', and quote texts that hold commas or brackets."
    )),
    ("<block end>", "this line does not fit the lines above it", (
        "Begin all keys of a group, and all '-' of a list, in the same column; a value with quotes ends at the closing quote."
    )),
    ("undefined alias", "'*' begins a reference to something that the file does not define", _QUOTE),
    ("found another document", "a second document begins here", "Remove the line '---': a product is one document."),
    ("unknown escape", "this backslash means nothing in double quotes", "Write it twice, or use single quotes."),
    ("tag", "'!' begins a tag, which means nothing here", _QUOTE),
    ("anchor", "'&' begins an anchor without a name", _QUOTE),
    ("block scalar", "text that follows '|' or '>' begins on the next line, indented", _QUOTE),
    ("YAML document", "'%' begins an instruction that means nothing here", "Remove the line."),
    ("sequence entries", "a list item '-' stands where none can begin", "Begin the list on its own line below its key."),
)  # fmt: skip
_STARTS_AT_CONTEXT = ("never close", "not well closed")


def syntax_problem(error: Any, text: str, file: str) -> Problem:
    """An error of the YAML reader as a problem that a person can mend."""
    technical = " ".join(
        str(part) for part in (getattr(error, "context", None), getattr(error, "problem", None)) if part
    )
    mark = getattr(error, "problem_mark", None)
    if mark is None:
        return _unreadable(error, text, file)
    if "mapping values are not allowed" in technical:
        return _stray_colon(mark, text, file)
    if "could not find expected ':'" in technical:
        return _no_key(error.context_mark or mark, text, file)
    for sign, message, remedy in _MEANINGS:
        if sign in technical:
            opening = error.context_mark if message.endswith(_STARTS_AT_CONTEXT) else None
            return Problem("spec.yaml", message, _place(opening or mark, file), remedy)
    return Problem(
        "spec.yaml",
        f"this is not YAML: {technical}",
        _place(mark, file),
        "Compare the line with a working product.yaml.",
    )


def _stray_colon(mark: Any, text: str, file: str) -> Problem:
    """A colon that ends no key: in a text, after a key without a space, or in a line that is indented too far."""
    lines = text.splitlines()
    before = lines[mark.line][: mark.column] if mark.line < len(lines) else ""
    above = next(
        (
            n
            for n in range(mark.line - 1, -1, -1)
            if lines[n].strip() and not lines[n].lstrip().startswith("#")
        ),
        None,
    )
    tight = re.match(r"[\s-]*[\w.]+:(?=[^\s:])", lines[above]) if above is not None else None
    if re.search(r":\s", before):
        return Problem(
            "spec.yaml", "this text holds a colon, which YAML takes for a key", _place(mark, file), _QUOTE
        )
    if tight and above is not None:
        place = Place(file, above + 1, tight.end())
        return Problem(
            "spec.yaml", "no space follows this colon", place, "Write a space after it: 'name: value'."
        )
    message = "this key does not fit the line above it"
    remedy = (
        "Begin all keys of one group in the same column; a key with keys below it has no value of its own."
    )
    return Problem(
        "spec.yaml", message, Place(file, mark.line + 1, len(before) - len(before.lstrip()) + 1), remedy
    )


def _no_key(mark: Any, text: str, file: str) -> Problem:
    """A line that is neither a key nor an item, most often for want of a space."""
    if re.match(r"-\S", text[mark.index :]):
        message, remedy = "no space follows this '-'", "Write a space after it: '- item'."
    else:
        message, remedy = (
            "this line is not a key with a value",
            "Write it as 'name: value', with a space after the colon.",
        )
    return Problem("spec.yaml", message, _place(mark, file), remedy)


def _unreadable(error: Any, text: str, file: str) -> Problem:
    """A character that no text file holds."""
    position = getattr(error, "position", None)
    if not isinstance(position, int):
        return Problem(
            "spec.yaml", f"this is not YAML: {error}", Place(file), "Compare it with a working product.yaml."
        )
    lines = text[:position].split("\n")
    code = f"U+{ord(text[position]):04X}" if position < len(text) else "a character"
    message = f"the unprintable character {code} stands here"
    return Problem(
        "spec.yaml",
        message,
        Place(file, len(lines), len(lines[-1]) + 1),
        "Delete it, and save the file as UTF-8 text.",
    )


def _place(mark: Any, file: str) -> Place:
    return Place(file, mark.line + 1, mark.column + 1)
