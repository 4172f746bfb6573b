"""Tallies, the waist of the house: frozen, additive summaries that every judgement is made from.

Below this room are queries, above it is judgement. `needs` says what to count; `cube` holds counts, sums
and cross products by slice; `histogram` holds bucketed values by slice. Tallies of disjoint sets of units
add with `+`, and an empty one is neutral.
"""

from shipworthy.tally.cube import CELLS, Cube
from shipworthy.tally.histogram import Histogram
from shipworthy.tally.needs import Needs
from shipworthy.tally.scan import Tallies

__all__ = ["CELLS", "Cube", "Histogram", "Needs", "Tallies"]
