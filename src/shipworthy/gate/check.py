"""Each claim for each candidate, held against what was signed, and what the gate says of it all."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from shipworthy.evidence import Estimate, Evaluation, Verdict
from shipworthy.gate.shift import Shift

Outcome = Literal["passed", "failed", "open", "accepted", "aside"]
RANK = {"met": 0, "undecided": 1, "missed": 2}


@dataclass(frozen=True)
class Check:
    """One claim of one candidate. `then` is the verdict that was signed; None where the claim is new.

    A claim that is not met `failed` where it is missed also after Holm's correction, else it is `open`; it is `accepted`
    where an override was signed with the same verdict or a worse one. It is `aside` where the candidate is not the one
    that the gate is about.
    """

    requirement: str
    candidate: str
    verdict: str
    then: str | None
    outcome: Outcome
    reason: str
    estimate: Estimate | None
    line: int | None = None


def checks(
    evaluation: Evaluation,
    at_stake: Collection[str],
    missed: Collection[tuple[str, str]],
    accepted: Mapping[str, str],
    then: Mapping[str, str],
    lines: Mapping[str, int],
) -> tuple[Check, ...]:
    """The claims of every candidate that could ship.

    Args:
        evaluation: the verdicts of today.
        at_stake: the candidates that the gate is about.
        missed: candidates with the claims that they miss also after Holm's correction.
        accepted: verdicts by claim that were signed as an override.
        then: verdicts by claim of the candidate that was signed.
        lines: where each claim stands in product.yaml.
    """
    eligible = [facts.name for facts in evaluation.candidates if facts.eligible]
    found = (verdict for name in eligible for verdict in evaluation.rolled_up(name))
    return tuple(
        Check(
            verdict.requirement,
            verdict.candidate,
            verdict.verdict,
            then.get(verdict.requirement) if verdict.candidate in at_stake else None,
            _outcome(verdict, at_stake, missed, accepted),
            verdict.reason,
            verdict.estimate,
            lines.get(verdict.requirement),
        )
        for verdict in found
    )


def _outcome(
    verdict: Verdict,
    at_stake: Collection[str],
    missed: Collection[tuple[str, str]],
    accepted: Mapping[str, str],
) -> Outcome:
    if verdict.candidate not in at_stake:
        return "aside"
    if verdict.verdict == "met":
        return "passed"
    signed = accepted.get(verdict.requirement, "met")
    if RANK[verdict.verdict] <= RANK[signed]:
        return "accepted"
    beyond_chance = (verdict.candidate, verdict.requirement) in missed
    return "failed" if verdict.verdict == "missed" and beyond_chance else "open"


def exit_code(
    found: Sequence[Check], moved: Sequence[Shift], gone: Sequence[str], blocked: Sequence[str]
) -> int:
    """1: something fails or is worse than then beyond its margin. 3: something is open. 0: otherwise.

    Without a signature several candidates may be at stake: one that has nothing open is enough.
    """
    if any(each.standing == "worse" for each in moved):
        return 1
    codes = list(_codes(found))
    least = 0 if 0 in codes else 1 if codes and set(codes) == {1} else 3
    return max(least, 3 if least != 1 and (gone or blocked) else 0)


def _codes(found: Sequence[Check]) -> Iterator[int]:
    """What the checks say of each candidate at stake."""
    for name in dict.fromkeys(each.candidate for each in found if each.outcome != "aside"):
        outcomes = {each.outcome for each in found if each.candidate == name}
        yield 1 if "failed" in outcomes else 3 if "open" in outcomes else 0
