"""Labelling in a terminal: one row, one key, the next row."""

from __future__ import annotations

from contextlib import nullcontext
from getpass import getuser
from typing import TYPE_CHECKING

from rich.markdown import Markdown
from rich.table import Table
from rich.text import Text

from shipworthy.cli.keyboard import END, INTERRUPT, key, prove_terminal, single_keys
from shipworthy.label.keys import CANNOT_TELL_KEY, GUIDE_KEY, SKIP_KEY, STOP_KEY, UNDO_KEY, keys_of
from shipworthy.label.queue import CANNOT_TELL
from shipworthy.workbench.labelling.desk import answer, next_item, put_back, sit_down, stand_up, take_back

if TYPE_CHECKING:
    from shipworthy.cli.output import Output
    from shipworthy.label.queue import Offer
    from shipworthy.store.labels.leasing import Person
    from shipworthy.workbench.labelling.desk import Desk

ORIGIN = "terminal"


def at_work(output: Output, desk: Desk, name: str | None, product: str, port: int | None) -> int:
    """Label in a browser where there is a port, else at this terminal."""
    if port is not None:
        from shipworthy.studio.serving import serve

        serve(desk, port, lambda address: output.say(f"Label at {address} (Ctrl-C stops)"))
        return 0
    return labelled(output, desk, name or getuser(), product)


def labelled(output: Output, desk: Desk, name: str, product: object) -> int:
    """Label until the queue is empty or the person stops; every label is kept as it is given."""
    prove_terminal()
    guide = desk.guidelines
    person = sit_down(desk, name)
    try:
        with nullcontext() if desk.scheme.numeric else single_keys():
            if guide:
                output.console.print(Markdown(guide))
            done, left = _worked(output, desk, person)
    finally:
        stand_up(desk, person)
    end = "" if left else " Nothing is left for you in the queue."
    output.console.print(f"{done} labelled.{end} See: shipworthy label --status {product}", soft_wrap=True)
    return 0


def _worked(output: Output, desk: Desk, person: Person) -> tuple[int, bool]:
    """How many rows were labelled, and whether some are left."""
    done = 0
    while (offer := next_item(desk, person)) is not None:
        _show(output, desk, offer, done)
        step = _step(output, desk, person, offer)
        if step is None:
            return done, True
        done += step
    return done, False


def _show(output: Output, desk: Desk, offer: Offer, done: int) -> None:
    """The row, and the keys."""
    settling = "  (two people differ: your label settles it)" if offer.role == "settle" else ""
    output.console.rule(Text(f"{offer.item}{settling}"), align="left")
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
    table.add_column(style="dim", no_wrap=True)
    table.add_column(overflow="fold")
    for column, value in offer.shown.items():
        table.add_row(column, Text(value))
    output.console.print(table)
    output.console.print(Text.assemble(*_choices(desk), (f"   {done} done", "dim")))


def _choices(desk: Desk) -> list[tuple[str, str]]:
    """What each key does, for the eye."""
    each = [] if desk.scheme.numeric else list(keys_of(desk.scheme.classes).items())
    found: list[tuple[str, str]] = []
    for pressed, label in each:
        shown = label if label != pressed else ""
        said = " ".join(filter(None, (shown, desk.scheme.meaning(label))))
        found += [(pressed, "bold cyan"), (f" {said}  " if said else "  ", "")]
    if desk.scheme.numeric:
        found += [("a number and Enter  ", "bold cyan")]
    guide = [(GUIDE_KEY, " guidelines")] if desk.guidelines else []
    others = [(CANNOT_TELL_KEY, " cannot tell"), (SKIP_KEY, " skip"), (UNDO_KEY, " undo"), *guide]
    for pressed, means in [*others, (STOP_KEY, " stop")]:
        found += [(pressed, "bold"), (f"{means}  ", "dim")]
    return found


def _step(output: Output, desk: Desk, person: Person, offer: Offer) -> int | None:
    """One key's work: how many labels more there are, or None to stop."""
    keys = {} if desk.scheme.numeric else keys_of(desk.scheme.classes)
    while True:
        pressed = _asked(desk)
        if pressed in (STOP_KEY, INTERRUPT, END):
            return None
        if pressed == SKIP_KEY:
            put_back(desk, person, offer.item)
            return 0
        if pressed == UNDO_KEY:
            if take_back(desk, person) is not None:
                return -1
            output.console.print("There is nothing of yours to undo.")
        elif pressed == GUIDE_KEY and desk.guidelines:
            output.console.print(Markdown(desk.guidelines))
        elif (label := _label(output, desk, keys, pressed)) is not None:
            answer(desk, person, offer.item, label, ORIGIN)
            shown = "cannot tell" if label == CANNOT_TELL else label
            output.console.print(Text(f"→ {shown}", style="green"))
            return 1


def _asked(desk: Desk) -> str:
    """The next key, or where labels are numbers the next line."""
    if desk.scheme.numeric:
        try:
            return input("> ").strip()
        except EOFError:
            return END
    return key()


def _label(output: Output, desk: Desk, keys: dict[str, str], pressed: str) -> str | None:
    """The label that was given, if it was one."""
    from shipworthy.errors import InputError

    if pressed == CANNOT_TELL_KEY:
        return CANNOT_TELL
    if not desk.scheme.numeric:
        return keys.get(pressed)
    try:
        return desk.scheme.read(pressed)
    except InputError as error:
        output.console.print(f"{error.problem.message}. {error.problem.remedy}")
        return None
