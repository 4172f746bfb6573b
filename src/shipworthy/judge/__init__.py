"""Requirement -> needs; requirement + tallies -> verdict. Every verb judges through this room.

`claim` binds a requirement to what must be scanned; `comparison` holds bounds against thresholds on all slices at once;
`planning` says how many more rows would decide, `reason` why; `verdict` puts them together and rolls slices up.
"""

from shipworthy.judge.claim import Claim, claim_of
from shipworthy.judge.verdict import judge

__all__ = ["Claim", "claim_of", "judge"]
