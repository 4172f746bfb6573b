"""The command line: parse, call one verb, render. `main` is what the command `shipworthy` runs."""

from __future__ import annotations

import gc
import io
import sys

ALLOCATIONS = 100_000
"""How many new objects make the interpreter look for garbage: imports make very many, and none of it."""


def main() -> None:
    """Run the command line on this process's arguments and exit with its code."""
    gc.set_threshold(ALLOCATIONS)
    _speak_utf8()
    if sys.argv[1:] in (["--version"], ["-V"]):
        from shipworthy.workbench.version import CODE_VERSION

        sys.stdout.write(f"shipworthy {CODE_VERSION}\n")
        return
    from shipworthy.cli.app import run_command

    sys.exit(run_command(sys.argv[1:]))


def _speak_utf8() -> None:
    """Write UTF-8 into files and pipes; on a terminal of another encoding, replace what it cannot show."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding=stream.encoding if stream.isatty() else "utf-8", errors="replace")
