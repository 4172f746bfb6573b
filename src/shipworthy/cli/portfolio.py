"""What frame prints of several products: the list in order, and what would put it into another one."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from shipworthy.cli.output import Output
from shipworthy.cli.plans import aside, money_text
from shipworthy.documents.framing import ANSWERS
from shipworthy.evidence.record import plain

if TYPE_CHECKING:
    from shipworthy.frame import Opportunity, Portfolio


def ranked(output: Output, found: Portfolio, products: Sequence[Path]) -> int:
    """The opportunities, the best first. 0: the order is known; 3: some input that it rests on is not."""
    open_ones = [each for each in found.opportunities if each.left is None]
    if output.json:
        output.document({"portfolio": plain(found)})
    else:
        _table(output, found)
        for each in open_ones:
            aside(output, f"{each.name} cannot be placed: not known: {', '.join(each.questions)}")
        _changes(output, found)
    if open_ones:
        place = products[found.given.index(open_ones[0].name)]
        output.say(f"Next: {shlex.join(['shipworthy', 'frame', str(place)])}")
    return 3 if open_ones else 0


def _table(output: Output, found: Portfolio) -> None:
    from rich.table import Table

    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    for title in ("", "opportunity", "perfect is worth", "costs", "left", "evidence", "answer today"):
        table.add_column(title, justify="right" if title in ("perfect is worth", "costs", "left") else "left")
    for place, each in enumerate(found.opportunities, 1):
        sums = (_money(amount, found.currency) for amount in (each.worth, each.cost, each.left))
        table.add_row(str(place), each.name, *sums, _evidence(each), ANSWERS[each.answer])
    output.console.print(table)


def _evidence(each: Opportunity) -> str:
    return f"{each.measured} of {each.stated}"


def _money(amount: float | None, currency: str) -> str:
    return "not known" if amount is None else money_text(amount, currency)


def _changes(output: Output, found: Portfolio) -> None:
    """Each change of one input that gives another order; that there is none is said too."""
    much = f"{100 * found.share:.3g} %"
    if not found.changes:
        aside(output, f"the order stands when any one input is {much} more or less")
        return
    output.console.print()
    output.console.print(f"The order changes when one input is {much} more or less", style="bold")
    for each in found.changes:
        sign = "+" if each.share > 0 else "−"
        aside(output, f"{each.input} of {each.name} {sign}{much}: {', '.join(each.order)}")
