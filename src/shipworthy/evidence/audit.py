"""What an audit found about the data: verdicts on claims about it, and one finding for each thing worth telling."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from shipworthy.evidence.values import Estimate, Verdict

Colour = Literal["red", "amber", "green"]


@dataclass(frozen=True)
class Finding:
    """One line of the readiness card.

    Attributes:
        sort: what it is about: a metric of data, or a word such as owner or schema.
        about: the column or the source, "" for all rows.
        colour: red where a claim is missed or the right to use data is unknown, amber where more must be known, else green.
        what: what was found, in a sentence with its numbers.
        rows: how many rows are affected; None where it is not a matter of rows.
        ids: a few of them.
        cost: what mending it takes, "" where that is not known.
        next_step: what to do.
        requirement: the claim that was judged, as written; "" where it is none.
        default: whether the claim is one that product.yaml does not write.
        blocks: whether nothing can ship while it stands.
    """

    sort: str
    about: str
    colour: Colour
    what: str
    rows: int | None = None
    ids: tuple[str, ...] = ()
    cost: str = ""
    next_step: str = ""
    requirement: str = ""
    default: bool = False
    blocks: bool = False


@dataclass(frozen=True)
class Audit:
    """Everything that one audit found. Rows are taken as a sample of the process that made them."""

    rows: int
    columns: int
    verdicts: tuple[Verdict, ...]
    findings: tuple[Finding, ...]
    notes: tuple[str, ...] = ()

    @property
    def rolled_up(self) -> tuple[Verdict, ...]:
        """The verdict on each claim as a whole."""
        return tuple(verdict for verdict in self.verdicts if not verdict.slice)

    @property
    def written(self) -> tuple[Verdict, ...]:
        """The verdicts on the claims that product.yaml writes, each as a whole."""
        defaults = {finding.requirement for finding in self.findings if finding.default}
        return tuple(verdict for verdict in self.rolled_up if verdict.requirement not in defaults)


def read_audit(found: Mapping[str, Any]) -> Audit:
    """The audit inside a record's JSON."""
    return Audit(
        found["rows"],
        found["columns"],
        tuple(_verdict(item) for item in found["verdicts"]),
        tuple(Finding(**{**item, "ids": tuple(item["ids"])}) for item in found["findings"]),
        tuple(found["notes"]),
    )


def _verdict(item: Mapping[str, Any]) -> Verdict:
    estimates = {key: Estimate(**item[key]) if item[key] else None for key in ("estimate", "at")}
    return Verdict(**{**item, **estimates})
