"""What history lists: every decision and signature."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from shipworthy.cli.output import Output, as_json, show_problem
from shipworthy.cli.verdicts import ANSWER
from shipworthy.evidence.record import plain

if TYPE_CHECKING:
    from rich.text import Text

    from shipworthy.errors import Problem
    from shipworthy.history import Event
    from shipworthy.workbench.history import History

DUE = {"later": "look again", "overdue": "OVERDUE since", "revisited": "looked at again, was due"}


def events(output: Output, found: History, product: Path, *, due: bool) -> int:
    """What was decided and signed, the oldest first; 2 where a record was altered or is missing."""
    if output.json:
        output.document(
            {"history": plain(found.events), "problems": [as_json(each) for each in found.problems]}
        )
        return ended(output, found.problems, product)
    if not found.events:
        nothing = (
            "Nothing is due."
            if due
            else f"Nothing was decided yet. Run: shipworthy decide {shlex.quote(str(product))}"
        )
        output.console.print(nothing, soft_wrap=True)
    for event in found.events:
        output.console.print(_headline(event), soft_wrap=True)
        for line in _details(event):
            output.console.print(f"    {line}", style="dim", soft_wrap=True)
    return ended(output, found.problems, product)


def ended(output: Output, problems: tuple[Problem, ...], product: Path) -> int:
    """The exit code, and every record that was altered or is missing."""
    if not problems:
        return 0
    for problem in problems:
        show_problem(output, problem, "red", "✗")
    output.say(f"Next: shipworthy records {shlex.quote(str(product))}")
    return 2


def _headline(event: Event) -> Text:
    from rich.text import Text

    word, style = ANSWER[event.answer] if event.answer else (event.what, "bold")
    parts: list[str | tuple[str, str]] = [f"{event.record}  ", (word, style)]
    if event.answer == "ship" and event.candidate:
        parts.append(f" {event.candidate}")
    if event.by:
        parts.append(f"  signed by {event.by}")
    if event.override:
        parts.append(("  OVERRIDE", "bold yellow"))
    if event.broken:
        parts.append((f"  {event.broken.upper()}", "bold red"))
    return Text.assemble(*parts)


def _details(event: Event) -> Iterator[str]:
    if event.signed:
        yield f"on {event.signed}"
    if event.what == "signature":
        yield from (f"because {each}" for each in event.because)
    yield from (f"dissent of {each.name}: {each.says}" for each in event.dissent)
    if event.due:
        yield f"{DUE[event.due]} {event.revisit}"
