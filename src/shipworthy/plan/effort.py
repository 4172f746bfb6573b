"""So many rows that count -> rows to collect and to label, money and weeks."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

from shipworthy.evidence import Effort, Flow, Span
from shipworthy.plan.rows import Shares, times

ROUNDING = 1e-9


@dataclass(frozen=True)
class Prices:
    """What a label costs, in which currency, and how fast labelled rows come."""

    label_cost: float | None
    flow: Flow
    currency: str = "USD"

    def of(self, counted: int, collect: Span, label: Span | None) -> Effort:
        """The effort behind rows to collect and to label.

        A stated flow is what people label in a week, whichever rows they pick; a measured one is how fast labelled rows
        of all kinds came, so it is the rows to collect that must be waited for.
        """
        cost = times(label, self.label_cost) if label and self.label_cost is not None else None
        per_week, awaited = self.flow.labels_per_week, label if self.flow.source == "stated" else collect
        weeks = times(awaited, 1 / per_week) if label and awaited and per_week else None
        return Effort(counted, collect, label, cost, weeks)


def effort(counted: int, found: Shares, prices: Prices, *, labels: bool) -> Effort:
    """What it takes to find so many more rows that count.

    Args:
        counted: how many.
        found: how common they are.
        prices: of a label, in money and time.
        labels: whether their true answers are needed.
    """
    return prices.of(
        counted, _rows(counted, found.of_all), _rows(counted, found.of_looked_at) if labels else None
    )


def _rows(counted: int, share: Span) -> Span:
    """The rows among which so many count: the fewer, the greater their share."""
    return Span(*(_among(counted, each) for each in (share.value, share.high, share.low)))


def _among(counted: int, share: float | None) -> int | None:
    return ceil(counted / share - ROUNDING) if share else None
