"""What `document` wrote, and what its check found."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from shipworthy.documents.wording import plural

if TYPE_CHECKING:
    from shipworthy.cli.output import Output
    from shipworthy.documents.kinds.kind import Kind
    from shipworthy.workbench.document import Documents
    from shipworthy.workbench.documenting.proving import Proof

CHANGED = 1
"""The exit code of a check that found a document to say something else than its records."""


def listed(output: Output, kinds: Sequence[Kind]) -> int:
    """Every kind with what it is for and which records it is made from."""
    if output.json:
        fields = ("name", "title", "summary", "needs", "uses")
        output.document({"kinds": [{name: getattr(kind, name) for name in fields} for kind in kinds]})
        return 0
    from rich.table import Table

    table = Table(box=None, pad_edge=False, header_style="dim")
    for title in ("Kind", "What it says", "Needs"):
        table.add_column(title)
    for kind in kinds:
        table.add_row(kind.name, kind.summary, ", ".join(kind.needs) or "product.yaml alone")
    output.console.print(table)
    return 0


def written(output: Output, found: Documents, product: Path) -> int:
    """The files that were written, the last one's page last; on stderr what could not be, and what would change that."""
    if output.json:
        lacking = {name: error.problem.message for name, error in found.lacking.items()}
        paths = [str(path) for path in found.paths]
        output.document({"document": paths[-1], "documents": paths, "lacking": lacking})
        return 0
    for name, error in found.lacking.items():
        output.say(f"… no {name}: {error.problem.message}. {error.problem.remedy}")
    for path in found.paths[:-1]:
        if path.suffix != ".md":
            output.say(f"… {path.name}")
    output.path(found.paths[-1])
    commands = [error.next_command for error in found.lacking.values() if error.next_command]
    if commands:
        output.say(f"Next: {shlex.join([*commands[-1].split(), str(product)])}")
    return 0


def checked(output: Output, found: Sequence[Proof], folder: Path, product: Path) -> int:
    """Each line that is not what its record says; 1 where there is one."""
    failed = [each for each in found if each.failed]
    if output.json:
        output.document({"documents": [_as_json(each) for each in found]})
        return CHANGED if failed else 0
    for each in found:
        _show(output, each)
    output.console.print(f"{folder}: {_state(len(failed), len(found))}", soft_wrap=True)
    if failed:
        command = next(
            (each.next_command for each in failed if each.next_command), "shipworthy document --force"
        )
        output.say(f"Next: {shlex.join([*command.split(), str(product)])}")
    return CHANGED if failed else 0


def _state(failed: int, found: int) -> str:
    if not failed:
        return (
            f"{plural(found, 'file')}, as the records have it"
            if found == 1
            else f"all {found} files are as their records have them"
        )
    return f"{failed} of {plural(found, 'file')} {'differs' if failed == 1 else 'differ'} from what the records say"


def _show(output: Output, found: Proof) -> None:
    if found.why:
        sign = "✗" if found.failed else "…"
        output.console.print(f"{sign} {found.path.name}: {found.why}", soft_wrap=True)
        output.console.print(f"    {found.remedy}", style="dim", soft_wrap=True)
    for each in found.differences:
        output.console.print(f"✗ {found.path.name}:{each.line}", soft_wrap=True)
        output.console.print(f"    stands there: {each.found or '(no line)'}", soft_wrap=True)
        output.console.print(f"    records say:  {each.expected or '(no line)'}", soft_wrap=True)


def _as_json(found: Proof) -> dict[str, object]:
    lines = [vars(each) for each in found.differences]
    return {
        "path": str(found.path), "failed": found.failed, "why": found.why, "remedy": found.remedy, "differences": lines,
    }  # fmt: skip
