"""Personal data in texts and columns, found by patterns and checks that run everywhere.

`spans_in` finds them in a text, `masked` takes personal data out of a text, and COVERAGE says for each kind what it
covers and what it misses.
"""

from shipworthy.personal.coverage import COVERAGE, NATIONAL, Coverage
from shipworthy.personal.masking import masked, masked_words, without_personal
from shipworthy.personal.searching import Finder, is_personal, spans_in
from shipworthy.personal.span import Span

__all__ = [
    "COVERAGE",
    "NATIONAL",
    "Coverage",
    "Finder",
    "Span",
    "is_personal",
    "masked",
    "masked_words",
    "spans_in",
    "without_personal",
]
