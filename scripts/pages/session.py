"""One page's session: commands and programs in their order, each behind a mark, in the folder where it is started.

Reads a list of `[kind, text]` as JSON on stdin. A plain `shipworthy …` command runs in a fork of this process, which has
loaded the libraries once; anything with a pipe, a redirection or a variable goes to the shell. The programs of a page
share their names, and run in this process; it is not forked any more after one has.
"""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
import warnings
from importlib import import_module

MARK = "\x1e"
_LOADED = (
    "shipworthy.workbench.api",
    "shipworthy.cli.verdicts",
    "shipworthy.cli.views",
    "shipworthy.models.training",
)
_SHELL_ONLY = frozenset("$`|<>;&()*~")


def main() -> None:
    """Run the steps on stdin."""
    for name in _LOADED:
        import_module(name)
    last, forks = 0, True
    names: dict[str, object] = {"__name__": "__main__"}
    for kind, text in json.load(sys.stdin):
        if kind == "hidden":
            _shell(f"{{ {text}\n}} >/dev/null 2>&1", last)
            continue
        print(MARK, flush=True)
        if kind == "program":
            forks = False
            exec(compile(text, "page", "exec"), names)  # noqa: S102 - the code of our own pages
        elif forks and (arguments := plain_arguments(text)) is not None:
            last = _forked(arguments)
        else:
            last = _shell(text, last)


def plain_arguments(command: str) -> list[str] | None:
    """The arguments of a `shipworthy` command that needs no shell; None for any other command."""
    bare = "".join(piece for at, piece in enumerate(command.split('"')) if at % 2 == 0)
    if not command.startswith("shipworthy ") or set(bare) & _SHELL_ONLY or "$" in command:
        return None
    return shlex.split(command)[1:]


def _shell(text: str, last: int) -> int:
    return subprocess.run(["bash", "-c", f"(exit {last})\n{text}"], check=False).returncode  # noqa: S603, S607


def _forked(arguments: list[str]) -> int:
    """Run the command line in a child process; its exit code."""
    from shipworthy.cli import main as command_line

    with warnings.catch_warnings():
        warnings.simplefilter(
            "ignore", DeprecationWarning
        )  # libraries have idle threads; the child makes its own
        child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    code = 1
    try:
        sys.argv = ["shipworthy", *arguments]
        command_line()
        code = 0
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else int(ended.code is not None)
    except BaseException:  # noqa: BLE001 - told as any program tells it
        sys.excepthook(*sys.exc_info())
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


if __name__ == "__main__":
    main()
