"""The command line: parse, call one verb, render. `main` is what the command `shipworthy` runs."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line on this process's arguments and exit with its code."""
    if sys.argv[1:] in (["--version"], ["-V"]):
        from shipworthy.workbench.version import CODE_VERSION

        sys.stdout.write(f"shipworthy {CODE_VERSION}\n")
        return
    from shipworthy.cli.app import run_command

    sys.exit(run_command(sys.argv[1:]))
