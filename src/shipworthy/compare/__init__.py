"""Candidates against each other on the same rows: the room behind `shipworthy compare`.

`asking` says which metrics are compared and by which margin; `contrast` writes a metric of two candidates over the
joint outcomes of a row; `rowwise` and `difference` estimate it with bounds on every slice; `verdict` says better, no
worse, worse or undecided, corrected for several challengers; `spread` says how much a row's difference varies, which
plans a comparison; `front` says who is dominated by whom; `table` and `contest` put everything together.
"""

from shipworthy.compare.asking import SHARES, Asked, asked, pair_needs
from shipworthy.compare.contest import contest_of
from shipworthy.compare.contrast import Joined, paired_column, prove_comparable
from shipworthy.compare.spread import Spread, counts_same_rows, spread, spread_needs, spread_of_one
from shipworthy.compare.table import quality_of

__all__ = [
    "SHARES",
    "Asked",
    "Joined",
    "Spread",
    "asked",
    "contest_of",
    "counts_same_rows",
    "pair_needs",
    "paired_column",
    "prove_comparable",
    "quality_of",
    "spread",
    "spread_needs",
    "spread_of_one",
]
