"""What frame prints: the answer, every rule, what it rests on, what would flip it; and the questions that it asks."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from shipworthy.cli.output import Output, show_problem
from shipworthy.cli.plans import aside
from shipworthy.documents.figure import plain_text
from shipworthy.documents.framing import ANSWERS, LEVELS, headline, shown_inputs, told_flip
from shipworthy.errors import InputError
from shipworthy.frame import SORTS
from shipworthy.workbench.frame import exit_code, write_framing
from shipworthy.workbench.framing.following import following, is_measured
from shipworthy.workbench.framing.reading import example

if TYPE_CHECKING:
    from rich.table import Table

    from shipworthy.evidence import Framing, Record
    from shipworthy.workbench.product import Opened

MARK = {True: ("✓", "green"), False: ("–", "dim"), None: ("?", "yellow")}
COLOUR = {0: "green", 1: "red", 3: "yellow"}


def framed(output: Output, opened: Opened, record: Record, product: Path) -> int:
    """One framing, what to run next, and the path of its page last."""
    page, found = write_framing(opened, record), record.framing
    if found is None:
        return 0
    code = exit_code(found)
    if output.json:
        output.document({**record.as_json(), "document": str(page)})
    else:
        _shown(output, opened, found, code)
        output.kept(record)
    if code:
        output.say(f"Next: {shlex.join(['shipworthy', *following(opened, found), str(product)])}")
    if not output.json:
        output.path(page)
    return code


def _shown(output: Output, opened: Opened, found: Framing, code: int) -> None:
    from rich.text import Text

    title = Text.assemble((f"{opened.product.product}: ", "bold"), (headline(found), f"bold {COLOUR[code]}"))
    output.console.print(title)
    aside(output, f"{found.rule}: {found.because}" if found.rule else found.because)
    if found.leads_to and found.leads_to != "people":
        aside(output, f"if none of the open rules fires: {ANSWERS[found.leads_to].lower()}")
    aside(output, f"F11: {LEVELS[found.level]}; {found.level_why}")
    _section(output, "The rules; the first that fires decides", _rules(found))
    if found.questions:
        _section(output, "To find out, in product.yaml or when asked at a terminal", _questions(found))
    if found.feasibility:
        _section(output, "Can it be done", _feasible(found))
    told = f"What it rests on: {found.measured} of {found.stated} inputs are evidence"
    _section(output, told, _inputs(found))
    _section(output, "What would flip it, everything else as it is", _flips(found))
    steady = [each.input for each in found.flips if not each.becomes]
    if steady:
        aside(output, f"no value flips it: {', '.join(steady)}")


def _section(output: Output, title: str, rows: Iterator[tuple[object, ...]]) -> None:
    output.console.print()
    output.console.print(title, style="bold")
    table = _table()
    for row in rows:
        table.add_row(*row)  # type: ignore[arg-type] # texts, plain or styled
    output.console.print(table)


def _table() -> Table:
    from rich.table import Table

    table = Table(box=None, padding=(0, 2, 0, 0), show_header=False)
    for width in (2, 28):
        table.add_column(max_width=width, overflow="fold")
    return table


def _rules(found: Framing) -> Iterator[tuple[object, ...]]:
    from rich.text import Text

    for each in found.rules:
        symbol, style = MARK[each.fired]
        yield Text(symbol, style), Text(f"{each.id} {each.name}"), Text(each.why)


def _questions(found: Framing) -> Iterator[tuple[object, ...]]:
    from rich.text import Text

    for name in found.questions:
        sort = SORTS[name]
        how = f"{sort.key}: {example(sort, found.currency)}"
        if sort.verb and found.given(name).value is None:
            how = f"{how}, until shipworthy {sort.verb} measures it"
        if is_measured(found, name):
            how = "measured, and not known well enough: shipworthy plan says how many rows would tell"
        written = Text.assemble(sort.question, (f"\n{how}", "dim"))
        yield Text("?", "yellow"), Text(name), written


def _feasible(found: Framing) -> Iterator[tuple[object, ...]]:
    from rich.text import Text

    for each in found.feasibility or ():
        run = f"  shipworthy {shlex.join(each.verb)}" if each.verb else ""
        yield "", Text(each.about), Text.assemble(each.told, (run, "dim"))


def _inputs(found: Framing) -> Iterator[tuple[object, ...]]:
    from rich.text import Text

    for kind, mark in (("evidence", "✓"), ("assumption", "~"), ("convention", "=")):
        for each, shown in shown_inputs(found):
            if each.known == kind:
                yield (
                    Text(mark),
                    Text(each.name),
                    Text.assemble(plain_text(shown), (f"  {kind}: {each.source}", "dim")),
                )


def _flips(found: Framing) -> Iterator[tuple[object, ...]]:
    for at, each in enumerate(found.flips):
        if each.becomes:
            yield "", each.input, told_flip(found, at)


def answers_of(output: Output, opened: Opened) -> Mapping[str, str]:
    """What a person at the terminal answers to the questions that matter, one after the other; an empty line leaves one open.

    Where nobody sits at a terminal, or one JSON document is asked for, nothing is asked.
    """
    from shipworthy.workbench.frame import open_questions

    said: dict[str, str] = {}
    left: set[str] = set()
    if output.json or not (sys.stdin.isatty() and sys.stdout.isatty()):
        return said
    while asked := [name for name in open_questions(opened, said) if name not in {*said, *left}]:
        text = _asked(output, opened, asked[0])
        if text:
            said[asked[0]] = text
        else:
            left.add(asked[0])
    _kept(output, said)
    return said


def _asked(output: Output, opened: Opened, name: str) -> str:
    """The answer to one question, asked again while it cannot be read."""
    from shipworthy.workbench.framing.reading import answered
    from shipworthy.workbench.framing.stated import currency_of

    sort, currency = SORTS[name], currency_of(opened.product)
    while True:
        left = f"shipworthy {sort.verb} measures it" if sort.verb else "not known"
        output.console.print(f"{sort.question} [{example(sort, currency)}; Enter: {left}]", soft_wrap=True)
        text = sys.stdin.readline().strip()
        if not text:
            return ""
        try:
            answered(name, text, currency)
        except InputError as error:
            show_problem(output, error.problem, "red", "✗")
        else:
            return text


def _kept(output: Output, said: Mapping[str, str]) -> None:
    """How to keep the answers, as they are not written into the file."""
    if said:
        output.console.print("To keep these answers, write into product.yaml:", style="bold")
        for name, text in said.items():
            output.console.print(f"  {SORTS[name].key}: {text}", soft_wrap=True)
        output.console.print()
