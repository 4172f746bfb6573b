"""One prompt, several times: what came back, how far it varies, and what went wrong, as values.

The map:

- `tries`: one answer with its times, tokens, cost and chances
- `spread`: how far the answers to one prompt differ, and how often they pass
- `tags`: the names of failures, those that show by themselves and those that people give
- `entry`: a probe as a line of the log, and back
"""

from shipworthy.probe.entry import Probe, read_probe, read_probes
from shipworthy.probe.spread import Passes, Spread, spread_of
from shipworthy.probe.tags import TAGS, found_tags, prove_tags, tag_counts
from shipworthy.probe.tries import Try

__all__ = [
    "TAGS",
    "Passes",
    "Probe",
    "Spread",
    "Try",
    "found_tags",
    "prove_tags",
    "read_probe",
    "read_probes",
    "spread_of",
    "tag_counts",
]
