"""What the reference pages take from the source: help texts, metrics, the sections of product.yaml."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import fields, is_dataclass
from importlib import import_module
from typing import Any

from rich.console import Console

from scripts.pages.markdown import regions, with_regions
from shipworthy.cli.app import app
from shipworthy.documents.kinds.kind import Kind
from shipworthy.documents.kinds.table import KINDS
from shipworthy.documents.statement import Statement
from shipworthy.grade import GRADERS
from shipworthy.metrics.defining import details, segmented
from shipworthy.spec.flow import flow
from shipworthy.spec.model import Product, Section, Value
from shipworthy.spec.quantity import Quantity
from shipworthy.spec.schema import product_schema
from shipworthy.spec.task import BINARY, Task
from shipworthy.workbench.metrics import metrics as all_metrics

WIDTH = 88
_UNITS = {
    "share": "a share, 0 to 1",
    "money": "money",
    "column": "the column's own",
    "number": "none",
    "time": "a length of time",
}


def refreshed(text: str) -> str:
    """A page with its generated parts as they are now."""
    return with_regions(text, {name: GENERATED[name]() for name in regions(text)})


def verbs() -> list[str]:
    """The verbs of the command line, in the order of `shipworthy --help`."""
    return sorted(name for name in app if not name.startswith("-"))


def cli_help() -> str:
    """The help of every verb."""
    return "\n\n".join(f"## {name}\n\n```text\n{_help(name)}\n```" for name in verbs())


def _help(verb: str) -> str:
    shown = io.StringIO()
    app.help_print([verb], console=Console(file=shown, width=WIDTH, no_color=True, legacy_windows=False))
    return "\n".join(line.rstrip() for line in shown.getvalue().strip().split("\n"))


def metric_table() -> str:
    """Every metric in one table."""
    rows = [
        (
            entry.shape,
            entry.definition,
            ", ".join(entry.kinds),
            entry.direction,
            _UNITS[entry.unit],
            entry.cannot,
            entry.estimator,
        )
        for entry in all_metrics()
        if entry.subject != "data"
    ]
    return _table(
        ("Metric", "What it is", "Answers", "Better", "Unit", "What it cannot do", "How it is bounded"), rows
    )


def data_metric_table() -> str:
    """Every metric of the data in one table."""
    rows = [
        (entry.shape, entry.definition, entry.direction, _UNITS[entry.unit], entry.cannot, entry.estimator)
        for entry in all_metrics()
        if entry.subject == "data"
    ]
    return _table(
        ("Data metric", "What it is", "Better", "Unit", "What it cannot do", "How it is bounded"), rows
    )


def headline_list() -> str:
    """The metrics that are estimated without being asked, by the kind of answers."""
    other = (Task("multiclass", ("class", "other")), Task("regression"), Task("ranking"))
    tasks = (BINARY, *other, Task("text", grades=("grader",)))
    money = Value(true_positive=1.0)
    rows = [
        (f"`{task.kind}`", ", ".join(f"`{each.metric}`" for each in segmented(money, task)), _details(task))
        for task in tasks
    ]
    return _table(("Answers", "For the whole and each segment", "For the whole alone"), rows)


def _details(task: Task) -> str:
    found = (str(each.metric) for each in details(task))
    return ", ".join(f"`{name}`" for name in found if "other" not in name)


def grader_table() -> str:
    """Every grader in one table."""
    rows = [(f"`{name}`", each.passes, each.unscored, each.cannot) for name, each in GRADERS.items()]
    return _table(("Grader", "Passes", "Unscored where", "What it cannot do"), rows)


def section_tables() -> str:
    """Every section of product.yaml with its keys."""
    schema = product_schema()
    parts = []
    for path, section in sections():
        keys = (
            schema["properties"] if section is Product else _definition(schema, section).get("properties", {})
        )
        rows = [
            (
                f"`{name}`",
                keys[name].get("description", ""),
                shape(keys[name]),
                _absent(section, name),
                _example(keys[name]),
            )
            for name in section.model_fields
        ]
        parts.append(
            f"## {path}\n\n{_purpose(section)}\n\n{_table(('Key', 'Meaning', 'Takes', 'If absent', 'Example'), rows)}"
        )
    return "\n\n".join(parts)


def sections() -> Iterator[tuple[str, type[Section]]]:
    """Every section with the path that leads to it, in the order of the file."""
    from shipworthy.spec.fields import homes, section_of

    paths = dict.fromkeys(path for homes_of_key in homes().values() for path in homes_of_key)
    known: dict[type[Section], str] = {}
    for path in paths:
        found = (
            section_of(tuple(part if part != "NAME" else "x" for part in path.split(".")))
            if path
            else Product
        )
        found = found or _item(path)
        if found is not None:
            known.setdefault(found, path)
    order = list(Product.model_fields)
    yield "The top level", Product
    for section, path in sorted(known.items(), key=lambda item: _rank(item[1], order)):
        if section is not Product:
            yield f"{path}", section


def _item(path: str) -> type[Section] | None:
    from shipworthy.spec.fields import section_of

    return section_of((*path.split("."), 0))


def _rank(path: str, order: list[str]) -> tuple[int, str]:
    first = path.split(".", maxsplit=1)[0]
    return (order.index(first) if first in order else -1), path


def _definition(schema: dict[str, Any], section: type[Section]) -> dict[str, Any]:
    found: dict[str, Any] = schema["$defs"].get(section.__name__, {})
    return found


def _purpose(section: type[Section]) -> str:
    return " ".join((section.__doc__ or "").split())


def shape(schema: dict[str, Any]) -> str:
    """What a key takes, in words."""
    choices = [choice for choice in schema.get("anyOf", [schema]) if choice.get("type") != "null"]
    found = list(dict.fromkeys(_one_shape(choice) for choice in choices))
    return " or ".join(name for name in found if name != "a whole number" or "a number" not in found)


def _one_shape(schema: dict[str, Any]) -> str:
    if "$ref" in schema:
        return "a group of keys"
    if "enum" in schema:
        return "one of " + ", ".join(f"`{flow(value)}`" for value in schema["enum"] if value is not None)
    if "anyOf" in schema:
        return shape(schema)
    kind = schema.get("type")
    kinds = [name for name in (kind if isinstance(kind, list) else [kind]) if name != "null"]
    words = {"string": "text", "number": "a number", "integer": "a whole number", "boolean": "yes or no"}
    if kinds == ["array"]:
        return "a list"
    if kinds == ["object"]:
        return "names and their values"
    return " or ".join(words.get(str(name), str(name)) for name in kinds)


def _absent(section: type[Section], name: str) -> str:
    field = section.model_fields[name]
    if field.is_required():
        return "**required**"
    value = field.get_default(call_default_factory=True)
    value = f"{value}s" if isinstance(value, Quantity) else value  # lengths of time, of several units each
    return (
        f"`{flow(list(value) if isinstance(value, tuple) else value)}`" if value not in (None, (), {}) else ""
    )


def _example(schema: dict[str, Any]) -> str:
    examples = schema.get("examples")
    return f"`{flow(examples[0])}`" if examples else ""


def _table(head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    lines = [head, ("---",) * len(head), *rows]
    return "\n".join(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in line)} |" for line in lines)


def document_fields() -> str:
    """What a team's own templates may show of each kind of document."""
    rows = [
        (f"`{name}`", ", ".join(f"`{each.name}` ({_shape(str(each.type), kind)})" for each in fields(view)))
        for name, kind in KINDS.items()
        if is_dataclass(view := _view_of(kind))
    ]
    return _table(("Template", "Fields"), rows)


def _view_of(kind: Kind) -> Any:
    """The class that the view of a kind gives."""
    module = import_module(kind.view.__module__)
    return getattr(module, str(kind.view.__annotations__["return"]), None)


def _shape(written: str, kind: Kind) -> str:
    """What a field is, from how its type is written; rows name their own fields."""
    if "Titled" in written or written == "tuple[tuple[str, Statement], ...]":
        return "pairs of a title and a statement"
    inner = written.removeprefix("tuple[").removesuffix(", ...]")
    row = getattr(import_module(kind.view.__module__), inner, None)
    if is_dataclass(row) and row is not Statement:
        return f"rows of {', '.join(each.name for each in fields(row))}"
    shapes = {"str": "text", "int": "count", "Statement": "statement"}
    several = {"str": "texts", "Statement": "statements"}
    return (several if inner != written else shapes).get(inner, "see our template")


GENERATED: dict[str, Callable[[], str]] = {
    "cli": cli_help,
    "metrics": metric_table,
    "data_metrics": data_metric_table,
    "headlines": headline_list,
    "sections": section_tables,
    "graders": grader_table,
    "document_fields": document_fields,
}
"""What the pages may ask for by `<!-- generated: NAME -->`."""
