"""Single keys from a terminal, without Enter; whole lines where a label is a number."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from shipworthy.errors import InputError

INTERRUPT, END = "\x03", "\x04"


def prove_terminal() -> None:
    """Return where a person sits at a terminal.

    Raises:
        InputError: nobody does.
    """
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise InputError(
            "label.terminal",
            "labelling asks for keys, and there is no terminal",
            remedy="Label in a browser with --web, or bring labels in with --import FILE.",
            next_command="shipworthy label --status",
        )


@contextmanager
def single_keys() -> Iterator[None]:
    """Read keys as they are pressed, unseen; the terminal is as before afterwards. Without termios, Enter is needed."""
    try:
        import termios
        import tty
    except ImportError:  # Windows
        yield
        return
    before = termios.tcgetattr(sys.stdin.fileno())
    try:
        tty.setcbreak(sys.stdin.fileno(), termios.TCSADRAIN)  # keys pressed ahead are kept
        yield
    finally:
        termios.tcsetattr(sys.stdin.fileno(), termios.TCSADRAIN, before)


def key() -> str:
    """The next key; escape sequences such as arrows come as one."""
    import os
    import select

    pressed = os.read(sys.stdin.fileno(), 1)
    if pressed == b"\x1b":
        while select.select([sys.stdin.fileno()], [], [], 0.01)[0]:
            pressed += os.read(sys.stdin.fileno(), 1)
    lead = pressed[0] if pressed else 0
    more = 3 if lead >= 0xF0 else 2 if lead >= 0xE0 else 1 if lead >= 0xC0 else 0
    for _ in range(more):
        pressed += os.read(sys.stdin.fileno(), 1)
    return pressed.decode(errors="replace") if pressed else END
