"""What another program finds in texts that the patterns of the core do not: personal data by Presidio."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from shipworthy.audit.fault import Fault, places_of
from shipworthy.audit.personal import personal_data
from shipworthy.audit.texts.column import has_text
from shipworthy.evidence import Finding
from shipworthy.personal import COVERAGE

if TYPE_CHECKING:
    from shipworthy.workbench.audits.texts import TextColumns

MOST_HEARD = 1_000
"""Texts of a column that it looks at: it takes some twenty milliseconds for each."""


@dataclass(frozen=True)
class Opinion:
    """What was found in the texts of one column that were looked at (`texts`), of kinds that the patterns do not know."""

    column: str
    by: str
    texts: tuple[str, ...]
    faults: tuple[Fault, ...]

    @property
    def finding(self) -> Finding:
        """It as a line of the readiness card."""
        what = f"of {len(self.texts):,} texts that {self.by} looked at, "
        if not self.faults:
            nothing = f"{what}none holds a kind that the patterns here do not know"
            return Finding("personal", self.column, "green", nothing)
        kinds = ", ".join(f"{each.kind.replace('_', ' ')} ({each.share.rows:,})" for each in self.faults)
        step = "Look at them: what it calls by a name of its own may be something else."
        what = f"{what}some seem to hold {kinds}, such as {self.faults[0].examples[0]}"
        return Finding("personal", self.column, "amber", what, next_step=step)

    @property
    def personal(self) -> frozenset[str]:
        """The texts in which something was found."""
        return frozenset(self.texts[place] for place in places_of(self.faults))


def second_opinions(texts: TextColumns) -> Iterator[Opinion]:
    """What Presidio says of each column of text.

    Raises:
        InputError: the extra is not installed.
    """
    from shipworthy.models.presidio import presidio

    finder, by = presidio()
    for name, column in texts.items():
        filled = [text for text in column.read if text and has_text(text)]
        looked_at = tuple(filled[:: -(-len(filled) // MOST_HEARD) or 1])
        heard = personal_data(looked_at, name, finder, by).faults
        yield Opinion(name, by, looked_at, tuple(each for each in heard if each.kind not in COVERAGE))
