"""What scores said and what happened, as a chart of characters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shipworthy.documents.charts.reliability import by_chance

if TYPE_CHECKING:
    from rich.table import Table

    from shipworthy.evidence import Reliability, ReliabilityBin

WIDTH = 40
KEY = "● share of positives, with its 95 % interval; ○ mean score, ◉ where both are"


def chart(found: Reliability) -> tuple[Table, str]:
    """One line per group of neighbouring scores, from low to high, and what to make of it in a sentence."""
    from rich.table import Table

    table = Table(box=None, padding=(0, 2, 0, 2), header_style="dim")
    for title in ("score", "positive", "rows"):
        table.add_column(title, justify="right")
    table.add_column("0 %".ljust(WIDTH - 4) + "100 %", no_wrap=True)
    for each in found.bins:
        table.add_row(_percent(each.score), _percent(each.share), f"{each.rows:,.0f}", strip(each))
    return table, f"{KEY}. {by_chance(found)}"


def strip(one: ReliabilityBin) -> str:
    """The interval of the share, the share and the score on a line from 0 to 100 %."""
    low, high, share, score = (
        round(min(max(each, 0.0), 1.0) * WIDTH) for each in (one.low, one.high, one.share, one.score)
    )
    line = ["─" if low <= at <= high else " " for at in range(WIDTH + 1)]
    line[score] = "○"
    line[share] = "◉" if share == score else "●"
    return "".join(line)


def _percent(share: float) -> str:
    return f"{100 * share:.3g} %"
