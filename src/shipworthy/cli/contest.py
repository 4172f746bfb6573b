"""What compare prints: everyone side by side, then each challenger against the champion."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING

from shipworthy.cli.output import Output
from shipworthy.documents.contest import (
    ALIKE,
    ALIKE_MEANS,
    comparison_rows,
    contender_rows,
    quality_title,
    slice_rows,
)
from shipworthy.documents.figure import plain_text
from shipworthy.documents.wording import count

if TYPE_CHECKING:
    from rich.table import Table

    from shipworthy.documents.contest import ComparisonRow
    from shipworthy.evidence import Contest, Record
    from shipworthy.spec.model import Product

COLOURS = {"better": "green", "no_worse": "green", "worse": "red", "undecided": "yellow"}
MOST_SLICES = 3


def comparison(output: Output, product: Product, record: Record, code: int, path: Path) -> int:
    """The table of everyone, the verdicts on every challenger, and what to run next."""
    if output.json:
        output.document(record.as_json())
    elif record.contest:
        _shown(output, product, record.contest)
        output.kept(record)
    if code:
        output.say(f"Next: shipworthy decide {shlex.quote(str(path))}")
    return code


def _shown(output: Output, product: Product, contest: Contest) -> None:
    from rich.text import Text

    rows = contest.pairs[0].rows
    output.console.print(
        f"{product.product}: {contest.champion} is champion ({contest.why}), judged on {count(rows)} test rows",
        style="bold",
    )
    output.console.print()
    output.console.print(_everyone(product, contest))
    if any(row.mark.endswith(ALIKE) for row in contender_rows(product, contest)):
        output.console.print(f"  {ALIKE} {ALIKE_MEANS}", style="dim")
    for name in contest.challengers:
        output.console.print()
        word = contest.standing(name).replace("_", " ")
        output.console.print(
            Text.assemble((name, "bold"), (f"  against {contest.champion}, in what was asked: {word}", "dim"))
        )
        output.console.print(_verdicts(comparison_rows(product, contest, name), contest, name))
        _slices(output, slice_rows(product, contest, name))
    output.console.print()
    for note in (contest.family, *contest.notes):
        output.console.print(f"  {note}", style="dim")


def _everyone(product: Product, contest: Contest) -> Table:
    from rich.table import Table

    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    table.add_column("")
    rows = contender_rows(product, contest)
    left = any(each.unanswered for each in contest.contenders)
    for title in (quality_title(contest), *(["unanswered"] if left else []), "p95 latency", "cost of 1,000"):
        table.add_column(title, justify="right")
    table.add_column("")
    for row in rows:
        marks = [word for word in (row.role, row.mark) if word]
        cells = (row.quality, *([row.unanswered] if left else []), row.latency, row.cost)
        table.add_row(f"  {row.name}", *map(plain_text, cells), ", ".join(marks))
    return table


def _verdicts(rows: tuple[ComparisonRow, ...], contest: Contest, challenger: str) -> Table:
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    table.add_column("", no_wrap=True)
    table.add_column("")
    table.add_column(challenger, justify="right")
    table.add_column(contest.champion, justify="right")
    table.add_column("difference (95 %)")
    for at, row in enumerate(rows):
        if at and rows[at - 1].asked and not row.asked:
            table.add_row(Text("  beside", style="dim"))
        shown = Text(plain_text(row.difference))
        shown.append(f"  {plain_text(row.needs)}" if row.needs else "", style="dim")
        values = (plain_text(row.challenger_value), plain_text(row.champion_value))
        table.add_row(Text(f"  {row.word}", style=COLOURS[row.verdict]), row.metric, *values, shown)
    return table


def _slices(output: Output, rows: tuple[ComparisonRow, ...]) -> None:
    """The slices with the surest differences, in words."""
    for row in rows[:MOST_SLICES]:
        output.console.print(
            f"    {row.word} in {row.metric} where {row.where}: {plain_text(row.difference)}", style="dim"
        )
    if rows[MOST_SLICES:]:
        output.console.print(f"    and {len(rows) - MOST_SLICES} more slices, in the record", style="dim")
