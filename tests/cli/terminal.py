"""A command at a terminal of its own, with somebody who answers."""

from __future__ import annotations

import contextlib
import os
import pty
import select
import sys
import time

from tests.cli.command import PROGRAM


class Terminal:
    """The program under test, at a pseudo terminal; `said` is what it printed since the last answer."""

    def __init__(self, *arguments):
        self.said = ""
        self.process, self.handle = pty.fork()
        if self.process == 0:
            os.environ["COLUMNS"] = "110"
            os.execv(sys.executable, [*PROGRAM, *map(str, arguments)])  # noqa: S606 - it is the program under test

    def read_until(self, words, seconds=60.0):
        """What it says up to these words; a program that has ended without them will not say them."""
        end = time.monotonic() + seconds
        while words not in self.said:
            heard = self._heard(end - time.monotonic())
            assert heard, self.said
            self.said += heard
        return self.said

    def _heard(self, seconds):
        """What it says next; nothing where it says no more, which the system tells by an error."""
        if not select.select([self.handle], [], [], max(seconds, 0))[0]:
            return ""
        with contextlib.suppress(OSError):
            return os.read(self.handle, 65_536).decode(errors="replace")
        return ""

    def answer(self, text, words):
        """Type a line, and wait for words."""
        self.said = ""
        os.write(self.handle, f"{text}\n".encode())
        return self.read_until(words)

    def code(self):
        """Hear it out; how it ended."""
        with contextlib.suppress(OSError):
            while os.read(self.handle, 65_536):
                pass
        os.close(self.handle)
        return os.waitstatus_to_exitcode(os.waitpid(self.process, 0)[1])
