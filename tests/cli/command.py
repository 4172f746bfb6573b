"""The command line as a test runs it: in this process, or as a program of its own."""

from __future__ import annotations

import contextlib
import io
import json
import subprocess
import sys
from dataclasses import dataclass
from typing import Any

from shipworthy.cli.app import run_command

PROGRAM = (sys.executable, "-c", "from shipworthy.cli import main; main()")


@dataclass(frozen=True)
class Done:
    """One command line that ran: its exit code and its two streams."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one JSON document on stdout."""
        return json.loads(self.out)

    @property
    def next(self) -> str:
        """The last line of stderr, which names the command to run next."""
        return self.err.splitlines()[-1] if self.err else ""


def command(*arguments: object) -> Done:
    """Run a command line in this process."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = run_command([str(argument) for argument in arguments])
    return Done(code, out.getvalue(), err.getvalue())


def program(*arguments: object, **options: Any) -> Done:
    """Run a command line as a process of its own."""
    options = {"timeout": 120, **options}
    done = subprocess.run(
        [*PROGRAM, *map(str, arguments)], check=False, capture_output=True, text=True, **options
    )
    return Done(done.returncode, done.stdout, done.stderr)
