"""Personal data in texts and columns, found by patterns and checks that run everywhere.

`personal_data` looks at a column, `masked` takes personal data out of a text, and COVERAGE says for each kind what it
covers and what it misses.
"""

from shipworthy.audit.personal.coverage import COVERAGE, NATIONAL, Coverage
from shipworthy.audit.personal.looking import Personal, personal_data
from shipworthy.audit.personal.masking import masked, masked_words, without_personal
from shipworthy.audit.personal.searching import Finder, is_personal, spans_in
from shipworthy.audit.personal.span import Span

__all__ = [
    "COVERAGE",
    "NATIONAL",
    "Coverage",
    "Finder",
    "Personal",
    "Span",
    "is_personal",
    "masked",
    "masked_words",
    "personal_data",
    "spans_in",
    "without_personal",
]
