"""The requirement language: text -> Requirement -> text.

metric comparator bound [at metric comparator bound] [for every COLUMN[, COLUMN]]
    [where COLUMN = VALUE [and COLUMN = VALUE]] [with 99 % confidence]
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from shipworthy.spec.claim import (
    DEFAULT_CONFIDENCE,
    KEYWORDS,
    NAME,
    Bound,
    Comparator,
    Metric,
    Requirement,
    canonical,
    format_requirement,
    written_name,
)
from shipworthy.spec.quantity import NUMBER, Quantity, read_quantity

_TOKEN = re.compile(
    rf"""\s*(?:
      (?P<string>'(?:[^']|'')*'|"[^"]*")
    | (?P<comparator>>=|<=|=>|=<|==|!=|>|<|=|≥|≤)
    | (?P<number>(?:{NUMBER})(?:\s*%|\s*[A-Za-z]+)?)
    | (?P<name>{NAME})
    | (?P<mark>[(),])
    )""",
    re.VERBOSE,
)
_COMPARATORS: dict[str, Comparator] = {">=": ">=", "≥": ">=", "<=": "<=", "≤": "<=", ">": ">", "<": "<"}
_MEANT = {
    "each": "every", "all": "every", "any": "every", "per": "for every", "by": "for every", "in": "where",
    "if": "where", "when": "where", "on": "where", "or": "and", "given": "at", "while": "at", "=>": ">=", "=<": "<=",
}  # fmt: skip
_EQUAL = {"=", "==", "!="}
_DEEPEST = 3
_QUOTES = "Put names and values that are not one plain word in 'single quotes'."


class LanguageError(ValueError):
    """A requirement that does not parse: what was found, at which 0-based offset of the text, and what was meant."""

    def __init__(self, message: str, offset: int, remedy: str = "") -> None:
        super().__init__(message)
        self.offset = offset
        self.remedy = remedy


@dataclass(frozen=True)
class _Token:
    kind: str
    text: str
    offset: int


def read_requirement(text: str) -> Requirement:
    """The requirement that a line states.

    Raises:
        LanguageError: the line does not follow the grammar.
    """
    return _Parser(text).requirement()


def read_metric(text: str) -> Metric:
    """The metric that a text names, as a requirement would: `recall`, `mean(cost_usd)`.

    Raises:
        LanguageError: the text is no metric, or more than one.
    """
    parser = _Parser(text)
    metric = parser.metric()
    if parser.peek():
        raise parser.trailing()
    return metric


def _tokens(text: str) -> list[_Token]:
    tokens, position = [], 0
    while position < len(text.rstrip()):
        match = _TOKEN.match(text, position)
        if not match or match.lastgroup is None:
            start = position + len(text[position:]) - len(text[position:].lstrip())
            raise LanguageError(
                f"{text[start]!r} does not belong in a requirement", start, _stray(text[start])
            )
        tokens.extend(_split_number(match))
        position = match.end()
    return tokens


def _stray(character: str) -> str:
    return "Close the quotes that open here." if character in "'\"" else _QUOTES


def _split_number(match: re.Match[str]) -> list[_Token]:
    """A number token; a word behind it that belongs to the grammar (`0.8 at …`) is a token of its own."""
    kind = match.lastgroup or ""
    token, start = match[kind], match.start(kind)
    word = re.search(r"\s([A-Za-z]+)$", token) if kind == "number" else None
    if word and (word[1] in KEYWORDS or word[1] in _MEANT):
        return [_Token(kind, token[: word.start()], start), _Token("name", word[1], start + word.start(1))]
    return [_Token(kind, token, start)]


class _Parser:
    """Recursive descent over the tokens of one line."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = _tokens(text)
        self.index = 0

    def requirement(self) -> Requirement:
        bound = self.bound()
        at = self.bound() if self.skip("at") else None
        every = self.every() if self.skip("for") else ()
        where = self.where() if self.skip("where") else ()
        confidence = self.confidence() if self.skip("with") else DEFAULT_CONFIDENCE
        if self.peek():
            raise self.trailing()
        return Requirement(self.text.strip(), bound, at, every, where, confidence)

    def bound(self) -> Bound:
        metric = self.metric()
        expected = "a comparator (>=, <=, > or <)"
        token = self.take("comparator", expected)
        if token.text not in _COMPARATORS:
            self.index -= 1
            raise self.unexpected(expected)
        return Bound(metric, _COMPARATORS[token.text], self.quantity())

    def metric(self, depth: int = 1) -> Metric:
        name = self.name("a metric, such as recall or p95(latency_ms),")
        if not self.skip("("):
            return Metric(name)
        if depth > _DEEPEST:
            raise LanguageError(
                "parentheses stand in parentheses too often", self.tokens[self.index - 1].offset
            )
        args = [self.argument(depth)]
        while self.skip(","):
            args.append(self.argument(depth))
        if not self.skip(")"):
            raise self.unexpected("a closing parenthesis")
        return Metric(name, tuple(args))

    def argument(self, depth: int) -> Metric | Quantity:
        token = self.peek()
        if token and token.kind == "number":
            return self.quantity()
        return self.metric(depth + 1)

    def quantity(self) -> Quantity:
        token = self.take("number", "a number, such as 0.8, 1 % or 50 ms,")
        try:
            return read_quantity(token.text)
        except ValueError as error:
            message, _, remedy = str(error).rpartition("; ")
            raise LanguageError(message, token.offset, f"{remedy[0].upper()}{remedy[1:]}.") from None

    def every(self) -> tuple[str, ...]:
        if not self.skip("every"):
            raise self.unexpected("'every'")
        columns = [self.name("a column")]
        while self.skip(","):
            columns.append(self.name("a column"))
        return tuple(columns)

    def where(self) -> tuple[tuple[str, str], ...]:
        conditions = [self.condition()]
        while self.skip("and"):
            conditions.append(self.condition())
        return tuple(conditions)

    def condition(self) -> tuple[str, str]:
        column = self.name("a column")
        if not self.skip("="):
            raise self.unexpected("= and a value")
        token = self.peek()
        if token is None or token.kind not in ("string", "number", "name"):
            raise self.unexpected("a value, in quotes where it is not one word")
        self.index += 1
        return column, _unquoted(token.text) if token.kind == "string" else token.text.strip()

    def confidence(self) -> float:
        token = self.peek()
        share = self.quantity()
        if share.unit not in ("", "%") or not 0.5 <= share.value < 1:
            raise LanguageError(
                f"{share} is not a confidence, which lies from 50 % to below 100 %",
                token.offset if token else len(self.text),
                "Write for example: with 99 % confidence",
            )
        if not self.skip("confidence"):
            raise self.unexpected("the word 'confidence'")
        return share.value

    def peek(self) -> _Token | None:
        return self.tokens[self.index] if self.index < len(self.tokens) else None

    def skip(self, text: str) -> bool:
        token = self.peek()
        if token is None or token.kind == "string" or token.text != text:
            return False
        self.index += 1
        return True

    def take(self, kind: str, expected: str) -> _Token:
        token = self.peek()
        if token is None or token.kind != kind:
            raise self.unexpected(expected)
        self.index += 1
        return token

    def name(self, expected: str) -> str:
        token = self.peek()
        if token is not None and token.kind == "string" and len(token.text) > 2:
            self.index += 1
            return _unquoted(token.text)
        if token is None or token.kind != "name" or token.text in KEYWORDS:
            raise self.unexpected(expected)
        self.index += 1
        return token.text

    def unexpected(self, expected: str) -> LanguageError:
        token = self.peek()
        if token is None:
            return LanguageError(f"the requirement ends where {expected} was expected", len(self.text))
        meant = _MEANT.get(token.text.lower())
        remedy = f"Did you mean {meant!r}?" if meant else ""
        if token.text in _EQUAL:
            remedy = "A measured number is never exactly equal; say how much is enough with >= or <=."
        return LanguageError(f"found {token.text!r} where {expected} was expected", token.offset, remedy)

    def trailing(self) -> LanguageError:
        """What stands behind a complete requirement, and how it was probably meant."""
        error, token = self.unexpected("the end"), self.tokens[self.index]
        if token.text == ",":
            error.remedy = "State one claim per requirement, each on its own line."
        elif token.text in KEYWORDS:
            error.remedy = "Keep the order: at …, for every …, where …, with … confidence."
        elif not error.remedy and self.tokens[self.index - 1].kind in ("name", "number", "string"):
            error.remedy = _QUOTES
        return error


def _unquoted(text: str) -> str:
    return text[1:-1].replace("''", "'") if text.startswith("'") else text[1:-1]


__all__ = [
    "DEFAULT_CONFIDENCE", "Bound", "Comparator", "LanguageError", "Metric", "Requirement", "canonical",
    "format_requirement", "read_requirement", "written_name",
]  # fmt: skip
