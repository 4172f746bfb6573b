"""Runs pages: commands and programs in their order, each behind a mark, in the folder of the page.

Started once, it loads the libraries and then reads one page per line of stdin, as JSON: `home`, the file `shown` that
takes what is printed, and `steps`, a list of `[kind, text]`. Each page runs in a fork, and so does each plain
`shipworthy …` command in it; anything with a pipe, a redirection or a variable goes to the shell. The programs of a page
share their names and run in the page's own process, which is not forked any more after one has.
"""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
import traceback
import warnings
from collections.abc import Callable, Sequence
from functools import partial
from importlib import import_module

MARK = "\x1e"
_LOADED = (
    "altair", "ibis.backends.duckdb", "rich.table", "scipy.special", "shipworthy.cli.app", "shipworthy.cli.plans", "shipworthy.cli.verdicts",
    "shipworthy.cli.views", "shipworthy.documents", "shipworthy.models.keeping", "shipworthy.models.training",
    "shipworthy.workbench.api", "shipworthy.workbench.document", "shipworthy.workbench.run", "sklearn.ensemble",
    "sklearn.linear_model", "sklearn.pipeline", "vl_convert",
)  # fmt: skip
_SHELL_ONLY = frozenset("$`|<>;&()*~")


def main() -> None:
    """Run the pages that come on stdin; answer each with a line."""
    for name in _LOADED:
        import_module(name)
    for line in sys.stdin:
        page = json.loads(line)
        code = _forked(partial(_page, page["steps"], page["home"], page["shown"]))
        print(code, flush=True)


def _page(steps: Sequence[tuple[str, str]], home: str, shown: str) -> None:
    """Run the steps of one page, in a process of its own."""
    os.chdir(home)
    printed = os.open(shown, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.dup2(printed, 1)
    os.dup2(printed, 2)
    last, forks = 0, True
    names: dict[str, object] = {"__name__": "__main__"}
    for kind, text in steps:
        if kind == "hidden":
            _shell(f"{{ {text}\n}} >/dev/null 2>&1", last)
            continue
        print(MARK, flush=True)
        if kind == "program":
            forks = False
            exec(compile(text, "page", "exec"), names)  # noqa: S102 - the code of our own pages
            sys.stdout.flush()
        elif forks and (arguments := plain_arguments(text)) is not None:
            last = _forked(partial(_verb, arguments))
        else:
            last = _shell(text, last)


def _verb(arguments: Sequence[str]) -> None:
    from shipworthy.cli import main as command_line

    sys.argv = ["shipworthy", *arguments]
    command_line()


def plain_arguments(command: str) -> list[str] | None:
    """The arguments of a `shipworthy` command that needs no shell; None for any other command."""
    bare = "".join(piece for at, piece in enumerate(command.split('"')) if at % 2 == 0)
    if not command.startswith("shipworthy ") or set(bare) & _SHELL_ONLY or "$" in command:
        return None
    return shlex.split(command)[1:]


def _shell(text: str, last: int) -> int:
    return subprocess.run(["bash", "-c", f"(exit {last})\n{text}"], check=False).returncode  # noqa: S603, S607 - the commands of our own pages


def _forked(act: Callable[[], None]) -> int:
    """Act in a child process; its exit code."""
    with warnings.catch_warnings():
        warnings.simplefilter(
            "ignore", DeprecationWarning
        )  # libraries have idle threads; the child makes its own
        child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    code = 1
    try:
        act()
        code = 0
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else int(ended.code is not None)
    except BaseException:  # noqa: BLE001 - told as any program tells it
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


if __name__ == "__main__":
    main()
