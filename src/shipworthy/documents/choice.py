"""Which candidate a document is about, and how near each candidate comes."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from shipworthy.documents.wording import listed, plural

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shipworthy.evidence import Estimate, Evaluation, SplitFacts

NET_VALUE = "net_value"


@dataclass(frozen=True)
class Score:
    """How many requirements one candidate meets, misses, and leaves undecided."""

    met: int
    missed: int
    undecided: int

    @property
    def requirements(self) -> int:
        """How many requirements were judged."""
        return self.met + self.missed + self.undecided

    def __str__(self) -> str:
        parts = [f"{self.met} of {plural(self.requirements, 'requirement')} met"]
        parts += [
            f"{amount} {word}"
            for amount, word in ((self.missed, "missed"), (self.undecided, "undecided"))
            if amount
        ]
        return listed(parts)


def score(evaluation: Evaluation, candidate: str) -> Score:
    """The candidate's verdicts on whole requirements, counted."""
    found = Counter(verdict.verdict for verdict in evaluation.rolled_up(candidate))
    return Score(found["met"], found["missed"], found["undecided"])


def subject(evaluation: Evaluation) -> str | None:
    """The chosen candidate; without one, the eligible candidate that comes closest. None where none is eligible.

    Closest: most requirements met, then fewest missed, then greatest net value, then the order of product.yaml.
    """
    if evaluation.decision and evaluation.decision.candidate:
        return evaluation.decision.candidate
    eligible = [facts.name for facts in evaluation.candidates if facts.eligible]
    return max(eligible, key=lambda name: _closeness(evaluation, name), default=None)


def _closeness(evaluation: Evaluation, candidate: str) -> tuple[int, int, float]:
    found = score(evaluation, candidate)
    net = overall(evaluation, candidate, NET_VALUE)
    value = net[1].value if net else None
    return found.met, -found.missed, float("-inf") if value is None else value


def overall(evaluation: Evaluation, candidate: str, metric: str) -> tuple[str, Estimate] | None:
    """The JSON pointer and the estimate of one metric over all rows."""
    return next(
        ((path, found) for path, found in whole(evaluation, candidate) if found.metric == metric), None
    )


def whole(evaluation: Evaluation, candidate: str) -> Iterator[tuple[str, Estimate]]:
    """The candidate's estimates over all rows with their JSON pointers: first the measured, then the judged ones."""
    for index, estimate in enumerate(evaluation.estimates):
        if estimate.candidate == candidate and not estimate.slice:
            yield f"/estimates/{index}", estimate
    for index, verdict in enumerate(evaluation.verdicts):
        estimate_of = verdict.estimate
        if verdict.candidate == candidate and not verdict.slice and estimate_of and not estimate_of.slice:
            yield f"/verdicts/{index}/estimate", estimate_of


def judged_split(evaluation: Evaluation) -> tuple[str, SplitFacts] | None:
    """The split whose labels candidates are judged on, with its JSON pointer: test, else the last one."""
    found = [(f"/splits/{index}", split) for index, split in enumerate(evaluation.splits)]
    return next((item for item in found if item[1].name == "test"), found[-1] if found else None)


def share_of_positives(evaluation: Evaluation) -> float | None:
    """The share of positives among the labelled rows that candidates are judged on."""
    found = judged_split(evaluation)
    return found[1].positives / found[1].labelled if found and found[1].labelled else None


def positives_decided(evaluation: Evaluation, candidate: str) -> float | None:
    """The share of positives among the rows that a candidate decides: not known where it leaves some to a person."""
    known = evaluation.facts(candidate).review_from is None
    return share_of_positives(evaluation) if known else None
