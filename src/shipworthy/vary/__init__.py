"""Variants of inputs that mean the same, and what becomes of the answers: texts in, tallies out, nothing from outside.

`making` says which variant a text gets; `slips` and `arranging` make it; `pairing` sets the answer to a variant beside the
answer to the original; `tallying` counts both.
"""

from shipworthy.vary.making import Maker, maker
from shipworthy.vary.pairing import Pair, Said, paired
from shipworthy.vary.tallying import variant_tallies

__all__ = ["Maker", "Pair", "Said", "maker", "paired", "variant_tallies"]
