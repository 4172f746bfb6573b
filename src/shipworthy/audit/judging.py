"""Tallies of the examples -> verdicts on the claims about them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from shipworthy.audit.asking import DataQuestions
from shipworthy.evidence import Verdict
from shipworthy.judge import judge
from shipworthy.tally.scan import Tallies

EXAMPLES = "examples"
"""Whose claims these are, in the place of a candidate."""


def judged(asked: DataQuestions, tallies: Tallies, known: Mapping[str, Sequence[str]]) -> tuple[Verdict, ...]:
    """The verdicts on every claim: each as a whole first, then by slice where it is made of every slice.

    Args:
        asked: the questions, which `tallies` were scanned for.
        tallies: of all rows of the examples.
        known: the slices that each column has, in order.
    """
    return tuple(verdict for claim in asked.claims for verdict in judge(claim, tallies, EXAMPLES, known))
