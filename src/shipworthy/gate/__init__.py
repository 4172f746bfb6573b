"""Whether what was signed still holds: every claim again, and nothing worse than then by more than a margin."""

from shipworthy.gate.check import Check, Outcome, checks, exit_code
from shipworthy.gate.gated import Gated, Yardstick
from shipworthy.gate.kept import dropped
from shipworthy.gate.shift import SHARES, Shift, Watched, shifts, watched

__all__ = [
    "SHARES",
    "Check",
    "Gated",
    "Outcome",
    "Shift",
    "Watched",
    "Yardstick",
    "checks",
    "dropped",
    "exit_code",
    "shifts",
    "watched",
]
