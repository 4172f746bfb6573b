"""What a rule's text may hold: limits, symbols, and every node of its tree against a table of what is known."""

from __future__ import annotations

import unicodedata
from typing import Any

from sqlglot import TokenType, exp
from sqlglot.errors import ErrorLevel

from shipworthy.errors import InputError, did_you_mean
from shipworthy.query.rule_forms import ALLOWED, FORMS, FUNCTIONS

MOST_CHARACTERS = 10_000
MOST_NESTING = 25
MOST_DEPTH = 100

_SYMBOLS = frozenset(
    ("(", ")", ",", ".", "+", "-", "*", "/", "%", "=", "==", "<>", "!=", "<", "<=", ">", ">=", "::")
)
_QUOTED = frozenset((TokenType.STRING, TokenType.IDENTIFIER))
_TURNS = frozenset(("LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"))
"""The bidirectional classes of characters that turn the direction of what follows them."""

_PARTS: dict[type, frozenset[str]] = {node: frozenset(form.parts) for node, form in FORMS.items()} | {
    exp.Column: frozenset(("this",)),
    exp.Identifier: frozenset(("this", "quoted")),
    exp.Paren: frozenset(("this",)),
    exp.Literal: frozenset(("this", "is_string")),
    exp.Boolean: frozenset(("this",)),
    exp.Null: frozenset(),
    exp.Is: frozenset(("this", "expression")),
    exp.In: frozenset(("this", "expressions")),
    exp.Like: frozenset(("this", "expression", "negate")),
    exp.ILike: frozenset(("this", "expression", "negate")),
    exp.Case: frozenset(("this", "ifs", "default")),
    exp.If: frozenset(("this", "true")),
    exp.Cast: frozenset(("this", "to")),
    exp.DataType: frozenset(("this", "nested")),
    exp.Round: frozenset(("this", "decimals")),
    exp.Div: frozenset(("this", "expression", "typed", "safe")),
    exp.Least: frozenset(("this", "expressions", "ignore_nulls")),
    exp.Greatest: frozenset(("this", "expressions", "ignore_nulls")),
}
"""Every node that a rule may have, with the parts that the translation knows; any other part is refused."""


def check_text(text: str) -> None:
    """Refuse a text that is too long, or that shows a reader something else than it says."""
    if len(text) > MOST_CHARACTERS:
        raise InputError(
            "rule.too_long",
            f"the rule has {len(text):,} characters; {MOST_CHARACTERS:,} are read",
            remedy="Put the values into a column of the examples, or use a trained candidate.",
        )
    for character in text:
        if unicodedata.bidirectional(character) in _TURNS or character == "\0":
            raise InputError(
                "rule.hidden",
                f"the rule holds the invisible character U+{ord(character):04X}, which can make it read as another",
                remedy="Remove the character.",
            )


def check_tokens(tokens: list[Any]) -> None:
    """Refuse comments, symbols that no rule needs, and parentheses too deep to parse."""
    depth = 0
    for token in tokens:
        if token.comments:
            raise InputError(
                "rule.comment",
                f"a rule holds no comments; found {clipped(str(token.comments[0]).strip())!r}",
                remedy="Write the comment in product.yaml, after a #.",
            )
        if not _is_plain(token):
            raise InputError("rule.symbol", f"a rule cannot hold {clipped(token.text)!r}", remedy=ALLOWED)
        depth += (token.token_type == TokenType.L_PAREN) - (token.token_type == TokenType.R_PAREN)
        if depth > MOST_NESTING:
            raise too_deep()


def _is_plain(token: Any) -> bool:
    if token.token_type == TokenType.NUMBER:
        return bool(token.text.isascii())
    return token.token_type in _QUOTED or token.text.isidentifier() or token.text in _SYMBOLS


def check_depth(tree: Any) -> None:
    """Refuse a tree too deep to translate; measured without recursion."""
    level, depth = [tree], 0
    while level:
        level = [child for node in level for child in node.iter_expressions()]
        depth += 1
    if depth > MOST_DEPTH:
        raise too_deep()


def check_node(node: Any) -> None:
    """Refuse a node that is not in the tables, and a known one that carries more than the tables know."""
    known = _PARTS.get(type(node))
    if type(node) is exp.If and not isinstance(node.parent, exp.Case):
        known = None
    if known is None:
        raise _refused(node)
    extra = {name for name, value in node.args.items() if value not in (None, False, [])} - known
    if extra:
        raise _refused(node)


def _refused(node: Any) -> InputError:
    if isinstance(node, exp.Func):
        name = (node.name if isinstance(node, exp.Anonymous) else node.sql_name()).lower()
        if name not in FUNCTIONS:
            return InputError(
                "rule.function",
                f"a rule cannot call {clipped(name)}: {excerpt(node)}",
                remedy=f"{did_you_mean(name, FUNCTIONS)} {ALLOWED}",
            )
    return InputError(
        "rule.not_allowed", f"a rule cannot hold this {node.key}: {excerpt(node)}", remedy=ALLOWED
    )


def too_deep() -> InputError:
    """The error of a rule that is nested beyond what is read."""
    return InputError(
        "rule.too_deep",
        f"the rule is nested too deeply: {MOST_NESTING} levels of parentheses and {MOST_DEPTH} of operators are read",
        remedy="Use IN (…) for many values of one column, or a trained candidate.",
    )


def excerpt(node: Any) -> str:
    """A piece of a rule as SQL, for messages."""
    try:
        return clipped(str(node.sql(dialect="duckdb", unsupported_level=ErrorLevel.IGNORE)))
    except RecursionError:
        return str(node.key)


def clipped(text: str) -> str:
    """At most 80 characters of a text."""
    return text if len(text) <= 80 else f"{text[:77]}..."
