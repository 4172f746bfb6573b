"""Candidates against each other on the same rows: the room behind `shipworthy compare`.

`asking` says which metrics are compared and by which margin; `contrast` writes a metric of two candidates over the
joint outcomes of a row; `rowwise` and `difference` estimate it with bounds on every slice; `verdict` says better, no
worse, worse or undecided, corrected for several challengers; `table` sets everyone side by side.
"""

from shipworthy.compare.asking import SHARES, Asked, asked, pair_needs
from shipworthy.compare.contrast import LOGGED
from shipworthy.compare.table import contenders, quality_of
from shipworthy.compare.verdict import comparisons

__all__ = ["LOGGED", "SHARES", "Asked", "asked", "comparisons", "contenders", "pair_needs", "quality_of"]
