"""What gate prints, and the files that it leaves for a machine that merges or not."""

from __future__ import annotations

import os
import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Any

from shipworthy.cli.output import Output
from shipworthy.cli.verdicts import quoted
from shipworthy.documents.gating import (
    OUTCOMES,
    STANDINGS,
    against,
    aside,
    gate_page,
    github_lines,
    judged,
    moved,
    place_of,
    shown,
    since_text,
    unjudged,
)
from shipworthy.documents.junit import junit
from shipworthy.errors import InputError
from shipworthy.evidence.record import plain
from shipworthy.store import keep_text

if TYPE_CHECKING:
    from rich.table import Table

    from shipworthy.gate import Gated
    from shipworthy.spec.model import Product
    from shipworthy.workbench.product import Opened

COLOUR = {"✓": "green", "✗": "red", "?": "yellow", "!": "yellow", "–": "dim"}
ANSWERED = {0: ("PASS", "bold green"), 1: ("FAIL", "bold red"), 3: ("UNDECIDED", "bold yellow")}


def prove_gate_options(*, json: bool, annotated: bool) -> None:
    """Return where the options of gate go together."""
    if json and annotated:
        message = "--annotations prints lines for GitHub, and --json one document"
        raise InputError("cli.gate", message, remedy="Give them one after the other.")


def gated(
    output: Output,
    opened: Opened,
    found: Gated,
    product: Path,
    *,
    annotated: bool,
    junit_file: Path | None,
    summary: Path | None,
) -> int:
    """What the gate found, on the screen and in the files that were asked for."""
    if junit_file is not None:
        keep_text(junit_file, junit(opened.product, found))
    _summarise(gate_page(opened.product, found) + "\n", summary)
    if output.json:
        output.document(_document(found))
    else:
        _shown(output, opened.product, found)
    for line in github_lines(opened.product, found, _file(opened)) if annotated else ():
        output.path(line)
    if found.code:
        output.say(f"Next: {_next(found, product)}")
    return found.code


def _next(found: Gated, product: Path) -> str:
    """What a person does about it: look at the claim, sign what is new, or see what was signed."""
    claim = next((each.requirement for each in found.checks if each.outcome in ("failed", "open")), None)
    if claim is not None:
        return f"shipworthy evaluate --why {quoted(claim)} {shlex.quote(str(product))}"
    verb = "check" if found.blocked else "sign" if found.code == 3 else "history"
    return shlex.join(["shipworthy", verb, str(product)])


def _summarise(page: str, summary: Path | None) -> None:
    """Write the summary where it was asked for, and add it to the one of the job, where GitHub runs this."""
    if summary is not None:
        keep_text(summary, page)
    job = os.environ.get("GITHUB_STEP_SUMMARY")
    if job:
        with Path(job).open("a", encoding="utf-8") as file:
            file.write(page + "\n")


def _file(opened: Opened) -> str:
    """product.yaml as the repository names it."""
    root = Path(os.environ.get("GITHUB_WORKSPACE") or Path.cwd())
    try:
        return opened.file.relative_to(root.absolute()).as_posix()
    except ValueError:
        return opened.shown


def _shown(output: Output, product: Product, found: Gated) -> None:
    from rich.text import Text

    output.console.print(f"{product.product}: the gate", style="bold")
    if found.yardstick:
        output.console.print(f"  held against: {against(found)}", style="dim", soft_wrap=True)
    for note in (*found.notes, *(f"nothing ships: {each}" for each in found.blocked)):
        output.console.print(f"  {note}", style="yellow", soft_wrap=True)
    output.console.print()
    output.console.print(_claims(product, found))
    for claim in found.dropped:
        output.console.print(
            f"  ? signed, and no longer in product.yaml: {claim}", style="yellow", soft_wrap=True
        )
    if aside(found):
        output.console.print(f"  {aside(found)}", style="dim", soft_wrap=True)
    if judged(found):
        output.console.print()
        output.console.print("Worse than when it was signed, by more than the margin?", style="bold")
        output.console.print(_moves(product, found))
    if unjudged(found):
        output.console.print(f"  {unjudged(found)}", style="dim", soft_wrap=True)
    output.console.print()
    output.console.print(Text(*ANSWERED[found.code]))
    output.kept(found.decision)


def _claims(product: Product, found: Gated) -> Table:
    table = _table()
    for check in found.checks:
        if check.outcome != "aside":
            word = OUTCOMES[check.outcome]
            measured = shown(product, check.estimate)
            _add(table, word, check.candidate, check.requirement, since_text(check), measured)
    return table


def _moves(product: Product, found: Gated) -> Table:
    table = _table()
    for shift in judged(found):
        _add(
            table,
            STANDINGS[shift.standing],
            place_of(shift),
            moved(product, shift),
            f"margin {shift.margin:g}",
        )
    return table


def _table() -> Table:
    from rich.table import Table

    return Table(box=None, padding=(0, 2, 0, 0), show_header=False)


def _add(table: Table, word: str, *cells: str) -> None:
    from rich.text import Text

    table.add_row(Text(f"  {word}", style=COLOUR[word[0]]), *map(Text, cells))


def _document(found: Gated) -> dict[str, Any]:
    yardstick = found.yardstick
    return {
        "code": found.code,
        "candidate": found.candidate,
        "signature": {"record": yardstick.id, **plain(yardstick.signature)} if yardstick else None,
        "checks": plain(found.checks),
        "shifts": plain(found.shifts),
        "dropped": list(found.dropped),
        "blocked": list(found.blocked),
        "notes": list(found.notes),
        "decision": found.decision.id,
    }
