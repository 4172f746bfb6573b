"""What incident prints and asks: where it stands, the questions of the next step, the clocks, and the steps taken."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from shipworthy.cli.output import Output, show_problem
from shipworthy.cli.plans import aside
from shipworthy.cli.risking import figure_text
from shipworthy.documents.wording import number
from shipworthy.errors import InputError
from shipworthy.evidence.incident import STEPS
from shipworthy.risk.clocks import hours_between
from shipworthy.risk.playbook import QUESTIONS, answers
from shipworthy.workbench.clock import now
from shipworthy.workbench.incident import Taken, exit_code, take_step

if TYPE_CHECKING:
    from shipworthy.evidence import Clock, Incident, IncidentStep, Record, Sized
    from shipworthy.spec.model import Product
    from shipworthy.workbench.product import Opened

HOURS_A_DAY = 24
BORNE_OUT = {
    "met": "the evidence meets the requirement",
    "missed": "the evidence misses the requirement",
    "undecided": "the evidence does not decide it: more labels would",
}


def at_terminal(output: Output) -> bool:
    """Whether a person sits at a terminal and is to be asked."""
    return not output.json and sys.stdin.isatty() and sys.stdout.isatty()


def standing(output: Output, opened: Opened, record: Record, product: Path) -> int:
    """Where an incident stands, and what comes next."""
    found = record.incident
    if found is None:
        return 0
    code = exit_code(found)
    if output.json:
        output.document(record.as_json())
    else:
        _shown(output, opened.product, found)
        output.kept(record)
    if code:
        verb = 'incident --step fix --say "…"' if code == 1 else "plan"
        output.say(f"Next: shipworthy {verb} {shlex.quote(str(product))}")
    return code


def guided(output: Output, opened: Opened, record: Record, name: str, product: Path) -> int:
    """Ask the questions of each step in turn, and keep each step; an empty line stops."""
    while (incident := record.incident) is not None and incident.next_step is not None:
        _shown(output, opened.product, incident)
        said = _asked(output, incident.next_step)
        if said is None:
            output.console.print(
                f"Kept so far. Go on with: shipworthy incident {shlex.quote(str(product))}", soft_wrap=True
            )
            return 0
        record = take_step(opened, Taken(incident.next_step, said, name, number=incident.number))
    return standing(output, opened, record, product)


def _asked(output: Output, step: str) -> list[str] | None:
    """An answer to each question of a step, asked again while one cannot be taken; None where a line is left empty."""
    questions = QUESTIONS[step]  # type: ignore[index] # it is the name of a step
    said: list[str] = []
    for question in questions:
        output.console.print(f"{question} [Enter: stop here]", soft_wrap=True)
        text = sys.stdin.readline().strip()
        if not text:
            return None
        said.append(text)
    try:
        answers(step, said)  # type: ignore[arg-type] # it is the name of a step
    except InputError as error:
        show_problem(output, error.problem, "red", "✗")
        return _asked(output, step)
    return said


def _shown(output: Output, product: Product, found: Incident) -> None:
    from rich.text import Text

    state = "closed" if found.closed else f"next: {found.next_step}"
    kind = "drill" if found.drill else "incident"
    colour = "green" if found.closed else "yellow"
    output.console.print(Text.assemble((f"{kind} {found.number}: ", "bold"), (state, f"bold {colour}")))
    aside(output, f"{found.by} opened it {found.opened[:16].replace('T', ' ')} UTC: {found.what}")
    about = found.claim or "no requirement named yet: --about REQUIREMENT"
    aside(output, f"about {about}{f', as {found.candidate} answers' if found.candidate else ''}")
    for step in found.steps:
        _step(output, product, found, step)
    left = [step for step in (found.path if found.closed else STEPS) if step not in found.done]
    if left:
        aside(output, f"to come: {', '.join(left)}")
    for clock in found.clocks if found.last("tell") is None and not found.closed else ():
        _clock(output, clock)
    if found.suggestion:
        output.console.print(
            "To keep what was learnt, write under requirements: in product.yaml:", style="bold"
        )
        output.console.print(f"  {found.suggestion}", soft_wrap=True)
    _questions(output, found)


def _questions(output: Output, found: Incident) -> None:
    if found.next_step is None:
        return
    output.console.print(f"{found.next_step} asks:", style="bold")
    for question in QUESTIONS[found.next_step]:
        output.console.print(f"  {question}", soft_wrap=True)


def _step(output: Output, product: Product, found: Incident, step: IncidentStep) -> None:
    from rich.text import Text

    after = hours_between(found.opened, step.time)
    title = Text.assemble(
        ("✓ ", "green"), (step.step, "bold"), (f"  {step.by}, {_span(after)} after it was opened", "dim")
    )
    if step.verdict in ("missed", "undecided") and step.step == "re-measure":
        title = Text.assemble(("✗ ", "red"), (step.step, "bold"), (f"  {step.by}: {step.verdict}", "red"))
    output.console.print(title)
    for each in step.said:
        aside(output, each.answer)
    if step.early:
        aside(output, f"before its turn: {step.early}")
    if step.verdict:
        aside(output, BORNE_OUT[step.verdict])
    for figure in step.figures:
        aside(output, figure_text(product, figure))
    for size in step.sizes:
        aside(output, size_text(size))
    for note in step.notes:
        aside(output, f"note: {note}")
    if step.records:
        aside(output, f"from {', '.join(step.records)}")


def size_text(size: Sized) -> str:
    """Who is hit, as natural frequencies."""
    group = ", ".join(f"{column} = {value}" for column, value in size.group.items()) or "everybody"
    worst = ", hit hardest" if size.worst else ""
    wrong = f"{group}{worst}: of 1,000 such cases {_many(size.wrong, size.low, size.high)} go wrong ({size.metric}, n = {size.n:,})"
    if size.per_month is None:
        return wrong
    month = _many(size.per_month, size.per_month_low, size.per_month_high)
    more = (
        f", {_many(size.excess, None, None)} of them more than at the lowest rate"
        if size.worst and size.excess
        else ""
    )
    return f"{wrong}; about {month} a month{more}"


def _many(value: float, low: float | None, high: float | None) -> str:
    shown = [
        None if each is None else number(each, 0 if abs(each) >= 10 else 1) for each in (value, low, high)
    ]
    return f"{shown[0]} ({shown[1]} to {shown[2]})" if shown[1] and shown[2] else str(shown[0])


def _clock(output: Output, clock: Clock) -> None:
    from rich.padding import Padding
    from rich.text import Text

    left = hours_between(now(), clock.due)
    due = f"due {clock.due[:16].replace('T', ' ')} UTC"
    state = f"{_span(left)} left" if left > 0 else "past"
    style = "dim" if not clock.counts else "yellow" if left > 0 else "red"
    holds = "" if clock.counts else f", if {clock.holds}"
    differ = f"; sources differ: {clock.conflict}" if clock.conflict else ""
    line = f"clock: {clock.name}, {clock.law} {clock.article}, {due}, {state}{holds}{differ}"
    output.console.print(Padding(Text(line, style), (0, 0, 0, 2)))


def _span(hours: float) -> str:
    """A length of time in hours, or in days where it is long."""
    if abs(hours) < 1:
        return "under an hour"
    return f"{hours:.0f} hours" if abs(hours) < 2 * HOURS_A_DAY else f"{hours / HOURS_A_DAY:.0f} days"
