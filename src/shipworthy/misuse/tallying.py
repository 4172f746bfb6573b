"""Findings -> tallies: one row for each attack, by the worst of its samples and of those of its twin."""

from __future__ import annotations

from collections.abc import Iterable

from shipworthy.metrics.misused import (
    ANSWERED,
    HELD,
    HELD_CHANCE,
    HIT,
    HIT_CHANCE,
    REFUSED,
    SLICES,
    TWIN_UNSCORED,
    UNSCORED,
    of_hazard,
)
from shipworthy.misuse.counting import Tries
from shipworthy.misuse.findings import Findings
from shipworthy.tally.listed import Listed, listed_tallies
from shipworthy.tally.needs import Needs
from shipworthy.tally.scan import Tallies


def attack_tallies(found: Findings | None, needs: Needs) -> Tallies:
    """The tallies over the attacks that were tried; of none where nothing was.

    Args:
        found: the answers to a suite, each with its outcome.
        needs: what is asked of attacks.
    """
    if found is None:
        return listed_tallies((), needs)
    twins = {each.attack.id: each for each in found.twins}
    rows = [_row(attack, twins[attack.attack.id], needs) for attack in found.attacks]
    return listed_tallies(rows, needs)


def _row(attack: Tries, twin: Tries, needs: Needs) -> Listed:
    of, hazard = attack.attack, attack.attack.hazard
    cells = {_outcome(attack, (HIT, HELD, UNSCORED)), _outcome(twin, (REFUSED, ANSWERED, TWIN_UNSCORED))}
    values = {of_hazard(cell, each): 1.0 for cell in cells for each in ("", hazard)}
    values |= dict(_hits(attack, needs.columns))
    return Listed(of.id, values, {column: str(getattr(of, column)) for column in SLICES})


def _outcome(tried: Tries, names: tuple[str, str, str]) -> str:
    """The name of the worst outcome: any hit is one; else anything unscored leaves it open."""
    hit, held, unscored = names
    return hit if tried.hits else unscored if tried.unscored else held


def _hits(attack: Tries, columns: Iterable[str]) -> Iterable[tuple[str, float]]:
    for name in columns:
        stem, _, k = name.partition("@")
        chances = attack.hit_at(int(k)) if stem in (HIT_CHANCE, HELD_CHANCE) else None
        if chances is not None:
            least, most = chances
            yield name, most if stem == HIT_CHANCE else least - most
