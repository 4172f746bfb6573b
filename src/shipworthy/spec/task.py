"""What kind of answer a product gives: it decides which outcomes a row can have and which metrics there are."""

from __future__ import annotations

from dataclasses import dataclass

from shipworthy.spec.sections import Kind


@dataclass(frozen=True)
class Task:
    """The kind of answer and, where it is one of several classes, their names in order.

    Where `paired`, rows are those of two candidates at once, and an outcome is that of both.
    """

    kind: Kind = "binary"
    classes: tuple[str, ...] = ()
    paired: bool = False


BINARY = Task()
