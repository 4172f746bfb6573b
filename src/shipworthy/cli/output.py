"""Where things are printed: results on stdout, progress and errors on stderr, one JSON document where asked."""

from __future__ import annotations

import json
import os
import shlex
import sys
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from shipworthy.errors import OutsideError

if TYPE_CHECKING:
    from rich.console import Console

    from shipworthy.errors import Problem, ShipworthyError
    from shipworthy.evidence import Record

WIDTH_WITHOUT_TERMINAL = 110
VALUED = (
    "--why",
    "--show",
    "--verb",
    "--claim",
    "--compare",
    "--difference",
    "--margin",
    "--champion",
    "--metric",
    "--discordance",
    "--power",
    "--as",
    "--take",
    "--by",
    "--export",
    "--import",
    "--ids",
    "--port",
    "--candidate",
    "--ask",
    "--row",
    "--what-if",
    "--var",
    "--times",
    "--expect",
    "--tag",
    "--on",
    "--open",
    "--step",
    "--say",
    "--evidence",
    "--about",
    "--number",
    "--kind",
    "--answer",
    "--because",
    "--dissent",
    "--revisit",
    "--risk",
    "--kill-switch",
    "--record",
    "--junit",
    "--summary",
)
"""Options whose value is not the product."""

WITH_PRODUCT = (
    "shipworthy audit",
    "shipworthy check",
    "shipworthy decide",
    "shipworthy document",
    "shipworthy document --check",
    "shipworthy document --list",
    "shipworthy evaluate",
    "shipworthy history",
    "shipworthy incident",
    "shipworthy risks",
    "shipworthy sign",
)
"""Commands that follow an error and want the product that was named."""


@dataclass(frozen=True)
class Output:
    """The two streams. With `json`, stdout carries exactly one JSON document; `width` is of lines to no terminal."""

    json: bool = False
    width: int = WIDTH_WITHOUT_TERMINAL

    @cached_property
    def console(self) -> Console:
        """Stdout for people."""
        from rich.console import Console

        return Console(
            width=None if sys.stdout.isatty() else self.width,
            highlight=False,
            markup=False,
            emoji=False,
            soft_wrap=False,
        )

    @cached_property
    def errors(self) -> Console:
        """Stderr for people."""
        from rich.console import Console

        return Console(
            stderr=True,
            width=None if sys.stderr.isatty() else self.width,
            highlight=False,
            markup=False,
            emoji=False,
        )

    def document(self, value: Any) -> None:
        """The one JSON document."""
        sys.stdout.write(json.dumps(value, indent=1, ensure_ascii=False) + "\n")

    def say(self, text: str) -> None:
        """One plain line on stderr."""
        sys.stderr.write(text + "\n")

    def kept(self, record: Record) -> None:
        """The name under which what was shown is kept."""
        self.console.print(f"record {record.id}", style="dim")

    def path(self, path: object) -> None:
        """A written path: last, on its own line, unstyled and unwrapped."""
        sys.stdout.write(f"{path}\n")

    @contextmanager
    def progress(self) -> Iterator[Callable[[str], None]]:
        """A spinner with the present step on a terminal, else one line per step, on stderr."""
        if not sys.stderr.isatty():
            yield lambda step: self.say(f"… {step}")
            return
        with self.errors.status("starting") as status:
            yield status.update


def failed(output: Output, error: ShipworthyError, arguments: Sequence[str]) -> int:
    """Show an error of a command line and what to do; its exit code."""
    if output.json:
        first, *rest = (as_json(problem) for problem in error.problems)
        output.document({"error": first, **({"more": rest} if rest else {})})
    else:
        for problem in error.problems:
            show_problem(output, problem, "red", "✗")
    output.say(f"Next: {_next_command(error, arguments)}")
    return error.exit_code


def unforeseen(error: Exception) -> ShipworthyError:
    """A fault of our own as an error that says so; the traceback is shown where SHIPWORTHY_TRACEBACK is set."""
    if os.environ.get("SHIPWORTHY_TRACEBACK"):
        raise error
    frame = traceback.extract_tb(error.__traceback__)[-1]
    place = f"{Path(frame.filename).name}:{frame.lineno}"
    message = f"Shipworthy met something it was not made for: {type(error).__name__}: {error} ({place})"
    remedy = "Nothing of yours was changed. Please report it with the output of SHIPWORTHY_TRACEBACK=1 and this command."
    return OutsideError("internal", message, remedy=remedy)


def show_problem(output: Output, problem: Problem, colour: str, symbol: str) -> None:
    """One problem: where, what, and what to do."""
    from rich.text import Text

    line = Text.assemble(
        (f"{symbol} ", colour), (f"{problem.where}: " if problem.where else "", "bold"), problem.message
    )
    output.errors.print(line, soft_wrap=True)
    if problem.remedy:
        output.errors.print(Text(f"  {problem.remedy}", style="dim"), soft_wrap=True)


def as_json(problem: Problem) -> dict[str, Any]:
    """A problem as the fields of a JSON document."""
    where = None
    if problem.where:
        where = {"file": problem.where.file, "line": problem.where.line, "column": problem.where.column}
    return {"code": problem.code, "message": problem.message, "where": where, "remedy": problem.remedy}


def _next_command(error: ShipworthyError, arguments: Sequence[str]) -> str:
    """The command that is worth running after an error of this kind, on the product that was named."""
    verb, *rest = arguments or ("",)
    if error.next_command:
        named = _product_arguments(rest) if error.next_command in WITH_PRODUCT else []
        return " ".join([error.next_command, *map(shlex.quote, named)])
    code = error.problem.code.split(".")[0]
    if error.problem.code in ("cli.document", "cli.explain", "cli.incident", "cli.label", "cli.probe"):
        return f"shipworthy {error.problem.code.removeprefix('cli.')} --help"
    if verb == "new" or code == "cli":
        return f"shipworthy {verb} --help" if verb == "new" else "shipworthy --help"
    if code in ("plan", "label", "studio"):
        return f"shipworthy {'plan' if code == 'plan' else 'label'} --help"
    if code == verb == "compare" and error.problem.where is None:
        return "shipworthy compare --help"
    if code in ("probe", "explain", "sign", "gate") or error.problem.code == "incident.none":
        return f"shipworthy {code} --help"
    if code == "incident":
        return shlex.join(["shipworthy", "incident", "--show", *_product_arguments(rest)])
    if code == "metric":
        return "shipworthy metrics"
    following = {"record": "records", "model": "train", "document": "document"}.get(code, "check")
    return shlex.join(["shipworthy", following, *_product_arguments(rest)])


def _product_arguments(arguments: Sequence[str]) -> list[str]:
    """The product and its workspace among the arguments of a verb."""
    kept, left = [], iter(arguments)
    for each in left:
        if each == "--workspace":
            kept += [each, next(left, "")]
        elif each in VALUED:
            next(left, None)
        elif not each.startswith("-") or each.startswith("--workspace="):
            kept.append(each)
    return kept
