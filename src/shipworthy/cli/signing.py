"""What sign asks at a terminal, and what it prints."""

from __future__ import annotations

import shlex
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from shipworthy.cli.output import Output, show_problem
from shipworthy.cli.verdicts import ANSWER
from shipworthy.errors import InputError
from shipworthy.sign import Wanted, is_override, left_over, read_answer
from shipworthy.sign.wanted import read_dissent, read_name, read_revisit
from shipworthy.workbench.clock import now

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from shipworthy.evidence import Decision, Record, Signature


def asked_for(output: Output, record: Record, wanted: Wanted) -> Wanted:
    """What a person at the terminal adds to what was given by options; an empty line leaves one out.

    Where nobody sits at a terminal, one JSON document is asked for, or only dissent is added, nothing is asked.
    """
    evaluation = record.evaluation
    if output.json or not (sys.stdin.isatty() and sys.stdout.isatty()):
        return wanted
    if evaluation is None or evaluation.decision is None or (wanted.dissent and not wanted.decides):
        return wanted
    decision = evaluation.decision
    _show_decision(output, record, decision)
    by = wanted.by or _line(output, "Your name", lambda text: read_name(text, "--as"))
    answer = wanted.answer or _line(output, f"Your answer [Enter: {decision.answer}]", read_answer)
    because = wanted.because
    if answer and not because and is_override(decision, read_answer(answer), wanted.candidate):
        because = _line(output, f"The evidence says {decision.answer}. Why do you decide otherwise?")
    found = replace(wanted, by=by or None, answer=answer or None, because=because)
    return _beside(output, found, left_over(evaluation, wanted.candidate or decision.candidate))


def _beside(output: Output, wanted: Wanted, left: tuple[str, ...]) -> Wanted:
    """Who disagrees, what is left over, who may turn it off, when to look again."""
    dissent, risks = wanted.dissent, wanted.risks
    if not dissent:
        dissent = tuple(
            _lines(output, "Who thinks otherwise, and why [NAME: TEXT; Enter: nobody]", read_dissent)
        )
    if not risks:
        listed = "".join(f"\n  {each}" for each in left)
        risks = tuple(
            _lines(
                output,
                f"What risk is left [Enter: these]{listed}" if left else "What risk is left [Enter: none]",
            )
        )
    off = wanted.kill_switch or _line(output, "Who may turn it off [Enter: not said]")
    again = wanted.revisit or _line(
        output,
        "When to look again [YYYY-MM-DD; Enter: not said]",
        lambda text: read_revisit(text, now()[:10]),
    )
    return replace(wanted, dissent=dissent, risks=risks, kill_switch=off or None, revisit=again or None)


def _show_decision(output: Output, record: Record, decision: Decision) -> None:
    from rich.text import Text

    word, style = ANSWER[decision.answer]
    candidate = f"  {decision.candidate}" if decision.candidate and decision.answer == "ship" else ""
    output.console.print(Text.assemble((word, style), candidate, (f"  record {record.id}", "dim")))
    for line in decision.because:
        output.console.print(f"  {line}")


def _line(output: Output, question: str, read: Callable[[str], object] = str) -> str:
    """What a person types, asked again while it cannot be read; empty where they leave it open."""
    while True:
        output.console.print(question, soft_wrap=True)
        text = sys.stdin.readline().strip()
        try:
            if text:
                read(text)
        except InputError as error:
            show_problem(output, error.problem, "red", "✗")
        else:
            return text


def _lines(output: Output, question: str, read: Callable[[str], object] = str) -> Iterator[str]:
    while text := _line(output, question, read):
        question = "Another [Enter: no more]"
        yield text


def signed(output: Output, record: Record, product: Path) -> int:
    """The signature, and where to see it again."""
    signature = record.signature
    if output.json or signature is None:
        output.document(record.as_json())
        return 0
    _show_signature(output, signature)
    output.kept(record)
    output.say(f"Next: shipworthy history {shlex.quote(str(product))}")
    return 0


def _show_signature(output: Output, signature: Signature) -> None:
    from rich.table import Table
    from rich.text import Text

    if signature.by is None or signature.answer is None:
        output.console.print("Dissent added", style="bold")
    else:
        word, style = ANSWER[signature.answer]
        candidate = f"  {signature.candidate}" if signature.answer == "ship" else ""
        override = f"  OVERRIDE: the evidence says {signature.decided}" if signature.override else ""
        signed_by = f"  signed by {signature.by}"
        output.console.print(Text.assemble((word, style), candidate, signed_by, (override, "bold yellow")))
    table = Table.grid(padding=(0, 2, 0, 0))
    for title, text in lines_of(signature):
        table.add_row(Text(f"  {title}", style="dim"), Text(text))
    output.console.print(table)


def lines_of(signature: Signature) -> Iterator[tuple[str, str]]:
    """What a signature says, as titles and texts; the title stands on the first of its lines."""
    yield "decision", f"{signature.signed.record}, hash {signature.signed.hash}"
    if signature.because:
        yield "because", signature.because
    for at, each in enumerate(signature.dissent):
        yield "" if at else "dissent", f"{each.name}: {each.says}"
    for at, risk in enumerate(signature.risks):
        yield "" if at else "risks left", risk
    if signature.by is not None:
        yield "kill switch", signature.kill_switch or "nobody is named"
        yield "look again", signature.revisit or "no day is named"
