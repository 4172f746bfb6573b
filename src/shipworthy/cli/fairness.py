"""How alike the candidate that is nearest to shipping treats the groups of protected columns, on the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shipworthy.documents.choice import subject
from shipworthy.documents.fairness import TITLES, fairness
from shipworthy.documents.figure import plain_text
from shipworthy.documents.mitigation import mitigated
from shipworthy.metrics.support import LEAST_ROWS

if TYPE_CHECKING:
    from rich.table import Table

    from shipworthy.cli.output import Output
    from shipworthy.documents.fairness import Compared
    from shipworthy.evidence import Evaluation
    from shipworthy.spec.model import Product


def show_fairness(output: Output, product: Product, evaluation: Evaluation) -> None:
    """Each protected column with its groups and the named criteria; nothing where no column is protected."""
    name = subject(evaluation)
    for found in fairness(product, evaluation, name):
        output.console.print()
        output.console.print(f"How alike {name} treats the groups of {found.columns}", style="bold")
        output.console.print(_groups(found))
        output.console.print(_criteria(found))
        if found.few:
            told = f"  undecided for {', '.join(found.few)}: fewer than {LEAST_ROWS} rows that count"
            output.console.print(told, style="dim")
    _show_mitigations(output, product, evaluation)


def _show_mitigations(output: Output, product: Product, evaluation: Evaluation) -> None:
    """What each mitigated candidate gains and costs against its counterpart."""
    from rich.table import Table

    for found in mitigated(product, evaluation):
        output.console.print()
        output.console.print(f"{found.candidate} ({found.how}) against {found.counterpart}", style="bold")
        table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
        for title in ("", found.counterpart, found.candidate, "difference"):
            table.add_column(title)
        for row in (*found.gaps, *found.costs):
            cells = (plain_text(each) for each in (row.before, row.after, row.difference))
            table.add_row(f"  {row.metric}", *cells)
        output.console.print(table)


def _groups(found: Compared) -> Table:
    from rich.table import Table

    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    table.add_column(f"  {found.columns}")
    for title in TITLES:
        table.add_column(title, justify="right")
    for row in found.groups:
        cells = [f"{plain_text(rate.value) or '?'}  {plain_text(rate.rows)}" for rate in row.rates]
        table.add_row(f"  {row.name}", *cells)
    return table


def _criteria(found: Compared) -> Table:
    from rich.table import Table

    table = Table(box=None, padding=(0, 2, 0, 0), show_header=False)
    for row in found.criteria:
        table.add_row(f"  {row.name}", plain_text(row.measured))
    return table
