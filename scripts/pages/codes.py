"""The code of every error, collected from the source."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from scripts.pages.markdown import ROOT

SOURCE = ROOT / "src" / "shipworthy"
_RAISED = {"InputError", "OutsideError", "Problem", "ShipworthyError"}
_CODE = re.compile(r"([a-z]+)\.[a-z_]+")


def error_codes() -> set[str]:
    """Every code; `*` stands for what a code takes from a variable.

    A code is the first argument of an error. Its family is then looked for among all constants of the source, as
    some errors get their code by way of a variable.
    """
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in sorted(SOURCE.rglob("*.py"))]
    raised = {code for tree in trees for code in _raised(tree)}
    families = {code.partition(".")[0] for code in raised}
    passed = {code for tree in trees for code in _passed(tree) if code.partition(".")[0] in families}
    return raised | passed


def _raised(tree: ast.AST) -> Iterator[str]:
    """Codes that stand in the call that makes an error."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and node.args and _called(node) in _RAISED:
            code = _text(node.args[0])
            if code and _CODE.fullmatch(code.replace("*", "x")):
                yield code


def _passed(tree: ast.AST) -> Iterator[str]:
    """Codes that are handed to another function, or chosen by a condition."""
    for node in ast.walk(tree):
        candidates = (
            node.args[:1]
            if isinstance(node, ast.Call)
            else [node.body, node.orelse]
            if isinstance(node, ast.IfExp)
            else []
        )
        for candidate in candidates:
            code = _text(candidate)
            if code and _CODE.fullmatch(code) and not code.endswith((".yaml", ".json")):
                yield code


def _called(node: ast.Call) -> str:
    return node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")


def _text(node: ast.expr) -> str:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(str(part.value) if isinstance(part, ast.Constant) else "*" for part in node.values)
    return ""
