"""Tallies of the examples -> verdicts on the claims about them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from shipworthy.audit.asking import DataQuestions, is_sampled
from shipworthy.evidence import Verdict
from shipworthy.judge import judge
from shipworthy.tally.scan import Tallies

EXAMPLES = "examples"
"""Whose claims these are, in the place of a candidate."""


def judged(
    asked: DataQuestions, tallies: Tallies, of_sample: Tallies, known: Mapping[str, Sequence[str]]
) -> tuple[Verdict, ...]:
    """The verdicts on every claim: each as a whole first, then by slice where it is made of every slice.

    Args:
        asked: the questions, which the tallies were scanned for.
        tallies: of all rows of the examples.
        of_sample: of a bounded sample of them, for claims that are counted so.
        known: the slices that each column has, in order.
    """
    return tuple(
        verdict
        for claim in asked.claims
        for verdict in judge(claim, of_sample if is_sampled(claim) else tallies, EXAMPLES, known)
    )
