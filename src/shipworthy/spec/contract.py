"""The data contract: what the examples looked like when people agreed that they were right, as a file to read and check in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from shipworthy.errors import InputError
from shipworthy.spec.flow import flow
from shipworthy.spec.tree import read_tree

FILE = "contract.yaml"
_HEAD = """\
# What the examples of this product look like. shipworthy audit wrote it from what it saw first, and checks new data
# against it: columns that go, come or change their type, values and ranges that were not there before.
# Change it where the data are right and this is not; delete it to have it written anew.
"""
TYPES = ("number", "boolean", "time", "text")


@dataclass(frozen=True)
class ColumnTerms:
    """What one column may hold: values of a type, at most this share of rows without one, and a range or a list of values."""

    type: str
    missing: float = 1.0
    least: Any = None
    greatest: Any = None
    values: tuple[str, ...] = ()

    @property
    def bounded(self) -> bool:
        """Whether some values are out of range."""
        return bool(self.values) or self.least is not None or self.greatest is not None


@dataclass(frozen=True)
class Contract:
    """The columns of the examples, in order."""

    columns: Mapping[str, ColumnTerms] = field(default_factory=dict)


def contract_text(contract: Contract) -> str:
    """The contract as YAML, one line for each column."""
    lines = [f"  {flow(name)}: {flow(_plain(terms))}" for name, terms in contract.columns.items()]
    return "\n".join([f"{_HEAD}columns:", *lines]) + "\n"


def _plain(terms: ColumnTerms) -> dict[str, Any]:
    """What is worth writing."""
    share = f"{100 * terms.missing:g} %"
    found = {"type": terms.type, "missing": share, "least": terms.least, "greatest": terms.greatest}
    return {key: value for key, value in found.items() if value is not None} | (
        {"values": list(terms.values)} if terms.values else {}
    )


def read_contract(text: str, file: str) -> Contract:
    """The contract that a text states.

    Raises:
        SpecError: it is no YAML.
        InputError: it says something that a contract cannot.
    """
    found = read_tree(text, file).data
    columns = found.get("columns") if isinstance(found, dict) else None
    if not isinstance(columns, dict):
        raise _wrong(file, "it has no section columns:")
    return Contract({str(name): _terms(str(name), each, file) for name, each in columns.items()})


def _terms(name: str, found: Any, file: str) -> ColumnTerms:
    if not isinstance(found, dict) or found.get("type") not in TYPES:
        raise _wrong(file, f"column {name} has no type; it is one of {', '.join(TYPES)}")
    unknown = {*map(str, found)} - {"type", "missing", "least", "greatest", "values"}
    if unknown:
        raise _wrong(file, f"column {name} says {', '.join(sorted(unknown))}, which means nothing here")
    return ColumnTerms(
        found["type"],
        _share(name, found.get("missing", 1.0), file),
        found.get("least"),
        found.get("greatest"),
        tuple(str(value) for value in found.get("values") or ()),
    )


def _share(name: str, written: Any, file: str) -> float:
    text = str(written).strip()
    try:
        share = float(text.removesuffix("%")) / (100 if text.endswith("%") else 1)
    except ValueError:
        share = -1.0
    if not 0 <= share <= 1:
        raise _wrong(file, f"column {name}: {text!r} is not a share of rows; write it as 5 %")
    return share


def _wrong(file: str, what: str) -> InputError:
    return InputError(
        "contract.wrong",
        f"the data contract cannot be read: {what}",
        where=file,
        remedy="Correct it, or delete it to have it written anew.",
    )
