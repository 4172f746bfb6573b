"""What plan prints before anything is labelled: the rows of a claim without data, and those of a comparison."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from shipworthy.cli.output import Output
from shipworthy.cli.plans import aside, money_text, span_text, weeks_text
from shipworthy.documents.wording import count, listed
from shipworthy.evidence.record import plain

if TYPE_CHECKING:
    from shipworthy.evidence import Effort
    from shipworthy.plan import Ladder, PlannedComparison

TOO_MANY = "over a thousand million"


def claim_plan(output: Output, text: str, found: Sequence[Ladder]) -> int:
    """The rows of a claim before there is any data."""
    if output.json:
        output.document({"claim": text, "ladders": plain(found)})
        return 0
    from rich.table import Table

    for ladder in found:
        table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
        each = f", in each slice by {listed(list(ladder.each))}" if ladder.each else ""
        sure = f"{100 * ladder.level:.4g} %"
        output.console.print(f"{ladder.claim}, {sure} sure, is proved by{each}", style="bold")
        table.add_column(ladder.rows, justify="right")
        table.add_column(f"of which {ladder.errors}", justify="right")
        for rung in ladder.rungs:
            table.add_row(
                TOO_MANY if rung.rows is None else count(rung.rows),
                f"at most {rung.errors}" if rung.errors else "none",
            )
        output.console.print(table)
    return 0


def comparison_plan(output: Output, found: PlannedComparison) -> int:
    """The rows of a planned comparison."""
    if output.json:
        output.document({"comparison": plain(found)})
        return 0
    from rich.table import Table

    chance = f"{100 * found.power:.3g} % chance, {100 * found.level:.4g} % sure"
    output.console.print(f"Rows to compare two candidates by {found.metric} ({chance})", style="bold")
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    for title in ("to show", "on the same rows", "on rows of their own (A/B)"):
        table.add_column(title)
    shown = (
        (f"a difference of {_amount(found, found.difference)}", found.paired, found.group_rows, found.groups),
        (
            f"not worse by {_amount(found, found.margin)}, if equal",
            found.paired_not_worse,
            found.group_rows_not_worse,
            found.groups_not_worse,
        ),
    )
    for aim, paired, group, groups in shown:
        table.add_row(
            aim,
            TOO_MANY
            if paired is None
            else f"{count(paired.counted)} {found.rows}{_labels(paired, found.currency)}",
            _none(found)
            if group is None
            else f"{count(group)} {found.rows} each{_labels(groups, found.currency)}",
        )
    output.console.print(table)
    aside(output, _spread(found))
    if found.discordance is not None or found.rates.paired is not None:
        aside(output, f"{'rate' if found.discordance is not None else 'value'} {found.rates.why}")
    return 0


def _spread(found: PlannedComparison) -> str:
    """What tells the candidates apart from row to row."""
    if found.discordance is not None:
        return (
            f"discordance {_share(found.discordance)} (rows on which only one is right), {found.spread_why}"
        )
    return f"standard deviation {found.sd:.4g} (of the difference on one row), {found.spread_why}"


def _none(found: PlannedComparison) -> str:
    """Why there is no number of rows of each group."""
    return TOO_MANY if found.discordance is not None or found.rates.apart else "not known"


def _labels(effort: Effort | None, currency: str) -> str:
    """The rows to label, where it is known how common those that count are."""
    if effort is None or effort.label is None or effort.label.value is None:
        return ""
    weeks = effort.weeks.value if effort.weeks else None
    cost = effort.cost.value if effort.cost else None
    return "".join(
        (
            f"\nlabel {span_text(effort.label)}",
            "" if cost is None else f"\n{money_text(cost, currency)}",
            "" if weeks is None else f"\n{weeks_text(weeks)} weeks",
        )
    )


def _share(share: float) -> str:
    return f"{100 * share:.3g} %"


def _amount(found: PlannedComparison, amount: float) -> str:
    """An amount of the metric: points of a share, money, or the unit of the column."""
    if found.unit == "share":
        return f"{100 * amount:.3g} points"
    return money_text(amount, found.currency) if found.unit == "money" else f"{amount:.4g}"
