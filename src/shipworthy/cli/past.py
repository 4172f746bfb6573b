"""What history prints: every decision and signature, and one decision played again."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from shipworthy.cli.output import Output, as_json, show_problem
from shipworthy.cli.signing import lines_of
from shipworthy.cli.verdicts import ANSWER, STYLE, measured_text
from shipworthy.documents.wording import count, day, plural
from shipworthy.evidence.record import plain

if TYPE_CHECKING:
    from rich.table import Table
    from rich.text import Text

    from shipworthy.errors import Problem
    from shipworthy.history import Event, StaleVerdict
    from shipworthy.workbench.history import History
    from shipworthy.workbench.product import Opened
    from shipworthy.workbench.replay import Replay

DUE = {"later": "look again", "overdue": "OVERDUE since", "revisited": "looked at again, was due"}


def events(output: Output, found: History, product: Path, *, due: bool) -> int:
    """What was decided and signed, the oldest first; 2 where a record was altered or is missing."""
    if output.json:
        output.document(
            {"history": plain(found.events), "problems": [as_json(each) for each in found.problems]}
        )
        return _ended(output, found.problems, product)
    if not found.events:
        nothing = "Nothing is due." if due else f"Nothing was decided yet. Run: shipworthy decide {product}"
        output.console.print(nothing)
    for event in found.events:
        output.console.print(_headline(event), soft_wrap=True)
        for line in _details(event):
            output.console.print(f"    {line}", style="dim", soft_wrap=True)
    return _ended(output, found.problems, product)


def _ended(output: Output, problems: tuple[Problem, ...], product: Path) -> int:
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


def replayed(output: Output, opened: Opened, found: Replay, product: Path) -> int:
    """One decision: what was known, whether it comes out the same, what changed since."""
    if output.json:
        output.document(_document(found))
        return _ended(output, found.problems, product)
    _answer(output, found)
    _known(output, opened, found)
    _again(output, found)
    _since(output, found)
    return _ended(output, found.problems, product)


def _answer(output: Output, found: Replay) -> None:
    from rich.text import Text

    word, style = ANSWER[found.decision.answer]
    candidate = f" {found.decision.candidate}" if found.decision.answer == "ship" else ""
    output.console.print(
        Text.assemble((word, style), candidate, f"  {day(found.record.time)}  {found.record.id}")
    )
    output.console.print(
        _grid(("because" if not at else "", line) for at, line in enumerate(found.decision.because))
    )
    for _, signature in found.signatures:
        output.console.print()
        if signature.by is None or signature.answer is None:
            output.console.print("Dissent added later", style="bold")
        else:
            word, _ = ANSWER[signature.answer]
            override = ", OVERRIDE" if signature.override else ""
            output.console.print(f"Signed by {signature.by}: {word}{override}", style="bold")
        output.console.print(_grid(line for line in lines_of(signature) if line[0] != "decision"))


def _known(output: Output, opened: Opened, found: Replay) -> None:
    """Data, candidates and verdicts as they were."""
    from rich.table import Table
    from rich.text import Text

    output.console.print()
    output.console.print("What was known then", style="bold")
    inputs = found.record.provenance
    lines = [
        ("data", f"{each.role}: {each.source}, {count(each.rows)} rows, {each.fingerprint}")
        for each in inputs.data
    ]
    lines += [("version", f"{name} {version}") for name, version in inputs.models.items()]
    lines += [("chat model", f"{name} {model}") for name, model in found.asked.items()]
    lines += [("code", f"Shipworthy {inputs.code_version}"), ("product.yaml", inputs.spec_hash)]
    output.console.print(
        _grid(
            (title if not at or lines[at - 1][0] != title else "", text)
            for at, (title, text) in enumerate(lines)
        )
    )
    table = Table(box=None, padding=(0, 2, 0, 0), show_header=False)
    for verdict in found.judged:
        symbol, colour = STYLE[verdict.verdict]
        state = Text(f"  {symbol} {verdict.verdict}", style=colour)
        shown = measured_text(opened.product, verdict.estimate)
        table.add_row(state, verdict.candidate, verdict.requirement, shown)
    output.console.print(table)


def _again(output: Output, found: Replay) -> None:
    """The decision taken again, and whether the records are whole."""
    from rich.text import Text

    output.console.print()
    output.console.print("Played again", style="bold")
    if found.again is None:
        output.console.print(f"  ? not possible: {found.lacking}", style="yellow")
    elif found.same:
        output.console.print("  ✓ the same verdicts give the same decision today", style="green")
    else:
        word = ANSWER[found.again.answer][0]
        output.console.print(f"  ✗ the same verdicts give another decision today: {word}", style="red")
        for line in found.again.because:
            output.console.print(f"    {line}")
    for each in found.chain:
        symbol, style = ("✓", "green") if each.state == "kept" else ("✗", "red")
        output.console.print(
            Text.assemble((f"  {symbol} {each.state}", style), f"  {each.id}"), soft_wrap=True
        )


def _since(output: Output, found: Replay) -> None:
    """What is no longer as it was, and which verdicts that touches."""
    output.console.print()
    output.console.print("What changed since", style="bold")
    for line in found.changes:
        output.console.print(f"  {line}", soft_wrap=True)
    for line in found.unseen:
        output.console.print(f"  ? {line}", style="yellow", soft_wrap=True)
    judged = len(found.judged)
    if not found.stale:
        still = "  nothing that a verdict rests on" + (", as far as it can be seen" if found.unseen else "")
        output.console.print(still)
        return
    output.console.print(f"  {len(found.stale)} of {plural(judged, 'verdict')} are stale:")
    for why, touched in _by_reason(found.stale).items():
        output.console.print(f"    {why}", soft_wrap=True)
        for line in ["touches every verdict"] if len(touched) == judged else _by_candidate(touched):
            output.console.print(f"      {line}", style="dim", soft_wrap=True)


def _by_reason(stale: tuple[StaleVerdict, ...]) -> dict[str, list[StaleVerdict]]:
    """The verdicts that each reason touches."""
    found: dict[str, list[StaleVerdict]] = {}
    for verdict in stale:
        for why in verdict.because:
            found.setdefault(why, []).append(verdict)
    return found


def _by_candidate(stale: list[StaleVerdict]) -> Iterator[str]:
    """Each candidate with its claims whose verdict is stale."""
    found: dict[str, list[str]] = {}
    for verdict in stale:
        found.setdefault(verdict.candidate, []).append(f"{verdict.requirement} (was {verdict.verdict})")
    yield from (f"{name}: {'; '.join(claims)}" for name, claims in found.items())


def _grid(lines: Iterator[tuple[str, str]]) -> Table:
    from rich.table import Table
    from rich.text import Text

    table = Table.grid(padding=(0, 2, 0, 0))
    for title, text in lines:
        table.add_row(Text(f"  {title}", style="dim"), Text(text))
    return table


def _document(found: Replay) -> dict[str, object]:
    return {
        "record": found.record.as_json(),
        "again": plain(found.again),
        "same": found.same,
        "lacking": found.lacking,
        "signatures": [{"record": key, **plain(each)} for key, each in found.signatures],
        "asked": dict(found.asked),
        "chain": [{"record": each.id, "state": each.state, "hash": each.hash} for each in found.chain],
        "changes": list(found.changes),
        "stale": plain(found.stale),
        "unseen": list(found.unseen),
        "problems": [as_json(each) for each in found.problems],
    }
