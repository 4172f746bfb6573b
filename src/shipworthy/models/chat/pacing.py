"""When calls may begin: evenly spaced below the limit of the endpoint, and not while it asks everybody to wait."""

from __future__ import annotations

import threading
from time import monotonic


class Pace:
    """The next moment at which a call may begin, shared by all threads."""

    def __init__(self, requests_per_minute: float | None = None) -> None:
        """Without a limit calls begin at once."""
        self._spacing_s = 60.0 / requests_per_minute if requests_per_minute else 0.0
        self._next = 0.0
        self._lock = threading.Lock()

    def wait(self, stopped: threading.Event) -> None:
        """Return when it is this call's turn, or when everything is to stop."""
        with self._lock:
            turn = max(self._next, monotonic())
            self._next = turn + self._spacing_s
        while (left := turn - monotonic()) > 0 and not stopped.wait(min(left, 1.0)):
            pass

    def pause(self, wait_s: float) -> None:
        """Let nobody begin for so long."""
        with self._lock:
            self._next = max(self._next, monotonic() + wait_s)
