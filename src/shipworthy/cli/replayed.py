"""What history prints of one decision that is played again: what was known, whether it comes out the same, what is stale."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from shipworthy.cli.output import Output, as_json
from shipworthy.cli.past import ended
from shipworthy.cli.signing import lines_of
from shipworthy.cli.verdicts import ANSWER, STYLE, measured_text
from shipworthy.documents.wording import count, day, plural
from shipworthy.evidence.record import plain

if TYPE_CHECKING:
    from rich.table import Table

    from shipworthy.history import StaleVerdict
    from shipworthy.workbench.product import Opened
    from shipworthy.workbench.replay import Replay


def replayed(output: Output, opened: Opened, found: Replay, product: Path) -> int:
    """One decision: what was known, whether it comes out the same, what changed since."""
    if output.json:
        output.document(_document(found))
        return ended(output, found.problems, product)
    _answer(output, found)
    _known(output, opened, found)
    _again(output, found)
    _since(output, found)
    return ended(output, found.problems, product)


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
