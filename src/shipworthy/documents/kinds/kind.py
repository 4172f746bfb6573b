"""What is known of a kind of document."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, is_dataclass
from typing import Any

from shipworthy.documents.sources import Sources


@dataclass(frozen=True)
class Kind:
    """One kind of document.

    `view` gives what its template shows, as a frozen dataclass (or a mapping). `needs` names the verbs without whose
    records it cannot be made, `uses` those that it tells of where there are some; the first of both is what unnamed figures
    are bound to. `page` is the template of its HTML, where that says more than the Markdown; `summary` says what it is for.
    `prove` takes the sources and the text with people's blocks, and raises an InputError where it breaks a rule of its kind.
    """

    name: str
    title: str
    summary: str
    view: Callable[[Sources], Any]
    needs: tuple[str, ...] = ()
    uses: tuple[str, ...] = ()
    page: str = ""
    prove: Callable[[Sources, str], None] | None = None

    @property
    def template(self) -> str:
        """The file of its Markdown template: the name of its view's module."""
        return f"{self.view.__module__.rpartition('.')[2]}.md.j2"

    @property
    def verbs(self) -> tuple[str, ...]:
        """The verbs whose records it may name."""
        return (*self.needs, *self.uses)


def values_of(view: Any) -> Mapping[str, Any]:
    """The fields of a view by name."""
    if is_dataclass(view) and not isinstance(view, type):
        return {each.name: getattr(view, each.name) for each in fields(view)}
    return dict(view)
