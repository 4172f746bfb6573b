"""The one table of metrics: what each means, which way is better, what it needs, and how it is estimated.

`table` holds the entries, `defining` binds an entry to outcomes, columns and money (a `definition`), `estimate` turns
tallies into values with bounds on every slice, `together` on those of several groupings.
"""

from shipworthy.metrics.defining import define
from shipworthy.metrics.definition import Definition
from shipworthy.metrics.entry import Entry
from shipworthy.metrics.estimate import measure
from shipworthy.metrics.measured import Measured
from shipworthy.metrics.table import METRICS, entry_of
from shipworthy.metrics.together import measure_each

__all__ = ["METRICS", "Definition", "Entry", "Measured", "define", "entry_of", "measure", "measure_each"]
