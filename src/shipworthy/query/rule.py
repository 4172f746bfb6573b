"""A rule: one scalar expression over the columns of a row, written as SQL, read and checked here.

The text never reaches an engine. It is parsed, every node is looked up in a table of what is allowed
(`rule_checks`), and the tree is rebuilt as an Ibis expression (`rule_meaning`) from functions that mean the same on
every engine (`rule_forms`, which states what they mean).
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any, Literal

import ibis
import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

from shipworthy.errors import InputError, did_you_mean
from shipworthy.query.rule_checks import (
    check_depth,
    check_node,
    check_text,
    check_tokens,
    clipped,
    excerpt,
    too_deep,
)
from shipworthy.query.rule_forms import ALLOWED, KINDS, kind_of, plain
from shipworthy.query.rule_meaning import value_of


@dataclass(frozen=True)
class Rule:
    """A rule that was read and found harmless: its text, the columns that it uses, and its tree."""

    text: str
    columns: tuple[str, ...]
    tree: Any = field(repr=False, compare=False)


def read_rule(text: str, columns: Collection[str]) -> Rule:
    """The rule that the text says.

    Names are matched exactly, or without regard to case where only one column fits; odd names go into double quotes.

    Args:
        text: one expression in SQL, such as `winner = 'yes' OR dollar > 2`.
        columns: the names that it may use.

    Raises:
        InputError: `rule.too_long`, `rule.hidden`, `rule.comment`, `rule.symbol`, `rule.too_deep`, `rule.syntax`,
            `rule.function`, `rule.not_allowed` or `rule.unknown_column`, with the piece at fault.
    """
    check_text(text)
    try:
        check_tokens(sqlglot.tokenize(text, read="duckdb"))
        tree: Any = sqlglot.parse_one(text, into=exp.Condition, read="duckdb")
        check_depth(tree)
        for node in list(tree.walk()):
            check_node(node)
    except RecursionError as problem:
        raise too_deep() from problem
    except SqlglotError as problem:
        raise _unreadable(problem) from problem
    used = {_named(node, columns) for node in tree.find_all(exp.Column)}
    return Rule(text, tuple(sorted(used)), tree)


def rule_value(
    rule: Rule, table: ibis.Table, *, prefix: str = "", kinds: Collection[str] | None = None
) -> Any:
    """The rule's answer for each row of a table, as an Ibis value: boolean, or a number, or one of other `kinds`.

    An answer that is unknown because the row's values are: a boolean rule does not fire (false), a score is null.

    Args:
        rule: what to answer.
        table: has the columns of the rule.
        prefix: stands before every column name in the table.
        kinds: what it may give, where that is not true, false or a number.

    Raises:
        InputError: `rule.type` where the kinds of values do not fit, `rule.unknown_column`.
    """
    names = {name: f"{prefix}{name}" for name in rule.columns}
    for name, column in names.items():
        if column not in table.columns:
            raise _unknown_column(name, [item.removeprefix(prefix) for item in table.columns])
    value = value_of(rule.tree, {name: plain(table[column]) for name, column in names.items()})
    kind = kind_of(value)
    if kind not in (kinds or ("boolean", "number")):
        yes_no = "A rule is true or false (the prediction), or a number (the score); compare, as in column = 'yes'."
        wanted = " or ".join(KINDS[each] for each in kinds or ())
        raise InputError(
            "rule.type",
            f"the rule gives {KINDS.get(kind, kind)} for each row: {excerpt(rule.tree)}",
            remedy=f"This product's answers need {wanted}." if kinds else yes_no,
        )
    return value.fill_null(ibis.literal(False)) if kind == "boolean" and not kinds else value  # noqa: FBT003 - the literal itself


def rule_kind(rule: Rule, table: ibis.Table, *, prefix: str = "") -> Literal["boolean", "number"]:
    """Whether the rule predicts (boolean) or scores (number), which depends on the types of the table's columns."""
    return "boolean" if rule_value(rule, table, prefix=prefix).type().is_boolean() else "number"


def _named(node: Any, columns: Collection[str]) -> str:
    """The column that an identifier means; the tree is changed to its exact name."""
    written = node.name
    found = [written] if written in columns else [name for name in columns if name.lower() == written.lower()]
    if len(found) != 1:
        raise _unknown_column(written, columns)
    node.this.set("this", found[0])
    return str(found[0])


def _unknown_column(name: str, columns: Collection[str]) -> InputError:
    return InputError(
        "rule.unknown_column",
        f"the rule names {clipped(name)!r}, which is no column",
        remedy=f"{did_you_mean(name, columns)} A text stands in single quotes: '{clipped(name)}'.",
    )


def _unreadable(problem: SqlglotError) -> InputError:
    found = getattr(problem, "errors", None) or [{}]
    near = found[0].get("highlight")
    place = f"near {clipped(near)!r}, character {found[0].get('col')}" if near else "to its end"
    return InputError(
        "rule.syntax",
        f"the rule cannot be read as one expression {place}",
        remedy=f"{ALLOWED} A column whose name is a word of SQL stands in double quotes.",
    )
