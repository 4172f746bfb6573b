"""What the lesser verbs print."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from shipworthy.cli.output import Output, show_problem
from shipworthy.documents.wording import count
from shipworthy.evidence.record import plain

if TYPE_CHECKING:
    from shipworthy.evidence import Record, Signature
    from shipworthy.metrics import Entry
    from shipworthy.workbench.check import Checked
    from shipworthy.workbench.new import Made
    from shipworthy.workbench.train import Training


def created(output: Output, folder: Path, made: Made) -> int:
    """The files of a new product folder, and what a model would misread in its table."""
    files = [str(file) for file in made.files]
    if output.json:
        output.document({"folder": str(folder), "files": files, "warnings": plain(made.warnings)})
    for warning in made.warnings:
        show_problem(output, warning, "yellow", "!")
    if not output.json:
        output.console.print(
            f"Made {folder} with {len(files)} files. Read {files[0]}, then run: shipworthy run {shlex.quote(str(folder))}",
            soft_wrap=True,
        )
        output.path(made.files[0])
    return 0


def checked(output: Output, found: Checked, product: Path) -> int:
    """Problems, warnings, and the columns that were looked at."""
    if output.json:
        output.document(
            {
                "problems": plain(found.problems),
                "warnings": plain(found.warnings),
                "columns": [column.name for column in found.columns],
            }
            | ({"metrics": plain(found.metrics)} if found.metrics else {})
        )
    for problem in found.problems:
        show_problem(output, problem, "red", "✗")
    for warning in found.warnings:
        show_problem(output, warning, "yellow", "!")
    if found.problems:
        output.say(f"Next: correct product.yaml, then run: shipworthy check {shlex.quote(str(product))}")
        return 2
    if not output.json:
        rows = found.columns[0].rows if found.columns else 0
        output.console.print(
            f"✓ The product fits its data: {count(rows)} rows, {len(found.columns)} columns, {len(found.warnings)} warnings."
        )
        for entry in found.metrics:
            better = "" if entry.direction == "either" else f", {entry.direction} is better"
            output.console.print(f"  {entry.name} = {entry.definition}{better}", soft_wrap=True)
    return 0


def trainings(output: Output, found: Sequence[Training]) -> int:
    """What was trained, from what."""
    if output.json:
        output.document(
            {
                "trained": [
                    {
                        "candidate": each.candidate,
                        "version": each.version,
                        "record": each.record.id,
                        "fresh": not each.trained,
                        "facts": plain(each.record.facts),
                    }
                    for each in found
                ]
            }
        )
        return 0
    if not found:
        output.console.print("There is no candidate to train: add one with train: logistic_regression.")
    for each in found:
        facts = each.record.facts or {}
        state = "trained" if each.trained else "fresh, not trained again"
        output.console.print(
            f"✓ {each.candidate}: {facts.get('algorithm')}, {state}, on {count(int(facts.get('rows', 0)))} rows with {len(facts.get('features', []))} features (version {each.version})"
        )
        for item in facts.get("left_out", []):
            output.console.print(f"    left out {item['column']}: {item['reason']}", style="dim")
        for note in facts.get("notes", []):
            output.console.print(f"    {note}", style="dim")
    return 0


def written(output: Output, path: Path) -> int:
    """The path of a document."""
    if output.json:
        output.document({"document": str(path)})
    else:
        output.path(path)
    return 0


def metric_table(output: Output, entries: Sequence[Entry]) -> int:
    """Every metric."""
    if output.json:
        output.document({"metrics": plain(entries)})
        return 0
    from rich.table import Table

    of_answers = Table(box=None, padding=(0, 2, 0, 0), header_style="bold")
    of_data = Table(box=None, padding=(0, 2, 0, 0), header_style="bold")
    for title in ("metric", "what it is", "answers", "better", "what it cannot do"):
        of_answers.add_column(title)
    for title in ("data metric", "what it is", "better", "what it cannot do"):
        of_data.add_column(title)
    for entry in entries:
        name, kinds = entry.shape.replace("`", ""), ", ".join(entry.kinds)
        if entry.subject == "data":
            of_data.add_row(name, entry.definition, entry.direction, entry.cannot)
        else:
            of_answers.add_row(name, entry.definition, kinds, entry.direction, entry.cannot)
    output.console.print(of_answers)
    output.console.print("\nOf the data, judged by shipworthy audit", style="bold")
    output.console.print(of_data)
    return 0


def record_list(output: Output, found: Sequence[Record]) -> int:
    """One line per record."""
    if output.json:
        output.document(
            {
                "records": [
                    {
                        "record": each.id,
                        "verb": each.verb,
                        "time": each.time,
                        "parent": each.parent,
                        "hash": each.hash,
                    }
                    for each in found
                ]
            }
        )
        return 0
    if not found:
        output.console.print("No records yet. Run: shipworthy run")
    for each in found:
        output.console.print(f"{each.id}  {_gist(each)}", soft_wrap=True)
    return 0


def record_shown(output: Output, record: Record) -> int:
    """One record as JSON."""
    output.document(record.as_json())
    return 0


def _gist(record: Record) -> str:
    """What a record says, in a few words."""
    if record.evaluation and record.evaluation.decision:
        decision = record.evaluation.decision
        return (
            f"{decision.answer.replace('_', ' ')}{f' ({decision.candidate})' if decision.candidate else ''}"
        )
    if record.evaluation:
        return f"{len(record.evaluation.candidates)} candidates"
    if record.framing:
        return f"{record.framing.answer.replace('_', ' ')}{f' ({record.framing.rule})' if record.framing.rule else ''}"
    if record.explanation:
        return ", ".join(each.candidate for each in record.explanation.candidates)
    if record.signature:
        return _signed(record.signature)
    if record.economics and record.economics.forecast:
        whole = record.economics.forecast.whole
        return f"done by {whole.p85} with a chance of 85 %" if whole.p85 else "no day is 85 % certain"
    if record.contest:
        return f"{', '.join(record.contest.challengers)} against {record.contest.champion}"
    return f"{(record.facts or {}).get('candidate', '')} {(record.facts or {}).get('version', '')}".strip()


def _signed(signature: Signature) -> str:
    """Who signed which answer, or who disagrees."""
    if signature.by is None or signature.answer is None:
        return f"dissent of {', '.join(each.name for each in signature.dissent)}"
    override = ", an override" if signature.override else ""
    return f"{signature.answer.replace('_', ' ')}, signed by {signature.by}{override}"
