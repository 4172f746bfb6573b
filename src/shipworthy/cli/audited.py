"""What audit prints: the readiness of the data, line by line, the worst first."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from shipworthy.cli.output import Output
from shipworthy.documents.wording import count

if TYPE_CHECKING:
    from rich.text import Text

    from shipworthy.evidence import Finding, Record
    from shipworthy.spec.model import Product

MARK = {"red": ("✗", "red"), "amber": ("?", "yellow"), "green": ("✓", "green")}


def readiness(output: Output, product: Product, record: Record, code: int, path: Path) -> int:
    """Every finding with its reason, its cost and the next step, and what to run next."""
    if output.json:
        output.document(record.as_json())
    elif record.audit:
        found = record.audit
        shown = f"{product.product}: {count(found.rows)} rows, {len(found.columns)} columns"
        output.console.print(shown, style="bold")
        _lines(output, found.findings)
        for note in found.notes:
            output.console.print(f"  {note}", style="dim")
        output.console.print(f"record {record.id}", style="dim")
    if code:
        output.say(f"Next: shipworthy plan {shlex.quote(str(path))}")
    return code


def _lines(output: Output, findings: Sequence[Finding]) -> None:
    """The lines of one colour after another; what is as it should be is told in one line for each sort."""
    from rich.table import Table

    table = Table(box=None, padding=(0, 2, 0, 0), show_header=False)
    table.add_column(no_wrap=True)
    table.add_column()
    for colour in MARK:
        for finding in findings:
            if finding.colour == colour:
                table.add_row(_title(finding), _told(finding))
    output.console.print(table)


def _title(finding: Finding) -> Text:
    from rich.text import Text

    symbol, style = MARK[finding.colour]
    name = finding.requirement or f"{finding.sort} {finding.about}".strip()
    return Text.assemble((f"  {symbol} ", style), name, (" (default)" if finding.default else "", "dim"))


def _told(finding: Finding) -> Text:
    from rich.text import Text

    text = Text(finding.what)
    if finding.ids:
        text.append(f"\nsuch as {', '.join(finding.ids)}", style="dim")
    if finding.next_step:
        cost = f" ({finding.cost})" if finding.cost else ""
        text.append(f"\n{finding.next_step}{cost}", style="dim")
    return text
