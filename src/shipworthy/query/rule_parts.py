"""The parts of a rule that a reader sees: what stands between its ANDs and ORs, and the conditions of its CASE."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pyarrow as pa
from sqlglot import exp

from shipworthy.query.engine import Engine
from shipworthy.query.rule import Rule, rule_value
from shipworthy.query.rule_forms import KINDS


def rule_parts(rule: Rule) -> tuple[Rule, ...]:
    """The parts in the order of the text; the rule itself where it has none."""
    return tuple(_rule_of(node) for node in _parts(rule.tree))


def parts_on(engine: Engine, parts: tuple[Rule, ...], row: pa.Table) -> list[Any]:
    """What each part is for one row: true or false, or its value; None where it is not known. One statement."""
    lent = engine.lent(row, "asked_rows")
    values = {str(at): rule_value(part, lent, kinds=tuple(KINDS)) for at, part in enumerate(parts)}
    [found] = engine.run(lent.select(**values), "answering a rule part by part").to_pylist()
    return [found[str(at)] for at in range(len(parts))]


def _parts(node: Any) -> Iterator[Any]:
    if isinstance(node, exp.Paren):
        yield from _parts(node.this)
    elif isinstance(node, exp.And | exp.Or):
        yield from _parts(node.left)
        yield from _parts(node.right)
    elif isinstance(node, exp.Case) and node.this is None:
        for branch in node.args["ifs"]:
            yield from _parts(branch.this)
    else:
        yield node


def _rule_of(node: Any) -> Rule:
    columns = tuple(sorted({column.name for column in node.find_all(exp.Column)}))
    return Rule(node.sql(dialect="duckdb"), columns, node)
