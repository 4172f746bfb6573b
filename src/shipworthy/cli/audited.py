"""What audit prints: the readiness of the data, line by line, the worst first."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from rich.text import Text

from shipworthy.cli.output import Output
from shipworthy.documents.readiness import Line, card_lines, headline
from shipworthy.documents.wording import count
from shipworthy.workbench.audit import write_card

if TYPE_CHECKING:
    from shipworthy.evidence import Record
    from shipworthy.workbench.product import Opened

MARK = {"red": ("✗", "red"), "amber": ("?", "yellow"), "green": ("✓", "green")}


def readiness(output: Output, opened: Opened, record: Record, code: int, product: Path) -> int:
    """Every line with its reason, its cost and the next step, what to run next, and the card's path last."""
    card = write_card(opened, record)
    if output.json:
        output.document({**record.as_json(), "document": str(card)})
    elif record.audit:
        found = record.audit
        shown = f"{opened.product.product}: {count(found.rows)} rows, {len(found.columns)} columns"
        colour, told = headline(found)
        output.console.print(shown, style="bold")
        output.console.print(Text.assemble((told, f"bold {MARK[colour][1]}")))
        _lines(output, card_lines(found))
        for note in found.notes:
            output.console.print(f"  {note}", style="dim")
        output.kept(record)
    if code:
        output.say(f"Next: {_next(record)} {shlex.quote(str(product))}")
    if not output.json:
        output.path(card)
    return code


def _next(record: Record) -> str:
    """More rows where that is all that is wrong, else the file or the data are to be mended first."""
    wrong = [each.sort for each in record.audit.findings if each.colour == "red"] if record.audit else []
    return "shipworthy check" if wrong else "shipworthy plan"


def _lines(output: Output, lines: Sequence[Line]) -> None:
    from rich.table import Table

    table = Table(box=None, padding=(0, 2, 0, 0), show_header=False)
    table.add_column(max_width=44)
    table.add_column()
    for line in lines:
        table.add_row(_title(line), _told(line))
    output.console.print(table)


def _title(line: Line) -> Text:
    symbol, style = MARK[line.colour]
    return Text.assemble((f"  {symbol} ", style), line.title, (" (default)" if line.default else "", "dim"))


def _told(line: Line) -> Text:
    text = Text(line.told)
    if line.ids:
        text.append(f"\nsuch as {', '.join(line.ids)}", style="dim")
    if line.next_step:
        cost = f" ({line.cost})" if line.cost else ""
        text.append(f"\n{line.next_step}{cost}", style="dim")
    return text
