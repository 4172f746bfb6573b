"""Requirement -> needs; requirement + tallies -> verdict. Every verb judges through this room.

`claim` binds a requirement to what must be scanned; `verdict` compares bounds with thresholds; `planning` says how
many more rows would decide.
"""

from shipworthy.judge.claim import Claim, claim_of
from shipworthy.judge.verdict import judge

__all__ = ["Claim", "claim_of", "judge"]
