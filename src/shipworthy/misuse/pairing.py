"""Attacks that were tried on two candidates: on which of them each succeeded, where both outcomes can be told."""

from __future__ import annotations

from shipworthy.metrics.graded import BOTH_GRADED, ONE_GRADED
from shipworthy.metrics.misused import HIT, REFUSED, of_hazard
from shipworthy.misuse.counting import Tries
from shipworthy.misuse.findings import Findings
from shipworthy.tally.listed import Listed, listed_tallies
from shipworthy.tally.needs import Needs
from shipworthy.tally.scan import Tallies


def paired_attacks(first: Findings | None, second: Findings | None, needs: Needs) -> Tallies:
    """The tallies over the attacks of both, in who was hit: both, the first, the second, neither.

    Args:
        first: the answers of one candidate; None where no attack was tried on it.
        second: those of the other one.
        needs: what is asked of the pair.
    """
    if first is None or second is None:
        return listed_tallies((), needs)
    rows = []
    for hit, mine, theirs in (
        (HIT, first.attacks, second.attacks),
        (REFUSED, first.twins, second.twins),
    ):
        others = {each.attack.id: each for each in theirs}
        rows.append({each.attack.id: _who(each, others.get(each.attack.id), hit) for each in mine})
    attacks, twins = rows
    return listed_tallies([Listed(name, {**attacks[name], **twins.get(name, {})}) for name in attacks], needs)


def _who(one: Tries, other: Tries | None, hit: str) -> dict[str, float]:
    """One of four values is 1 and the others 0; where an outcome cannot be told, one of five others is 1."""
    mine, theirs = _hit(one), None if other is None else _hit(other)
    hazards = ("", one.attack.hazard)
    if mine is None or theirs is None:
        [left] = [name for name, got in ONE_GRADED.items() if got == (mine, theirs)]
        return {f"{left}:{of_hazard(hit, hazard)}": 1.0 for hazard in hazards}
    which = BOTH_GRADED[(not mine) * 2 + (not theirs)]
    return {
        f"{each}:{of_hazard(hit, hazard)}": float(each == which) for each in BOTH_GRADED for hazard in hazards
    }


def _hit(tried: Tries) -> bool | None:
    """Whether any sample is a hit; None where some are unscored and none is one."""
    if tried.hits:
        return True
    return None if tried.unscored or not tried.samples else False
