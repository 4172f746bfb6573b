"""Draws to learn from and to mend: rows that candidates are unsure of, or differ on, or whose label is suspected."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from shipworthy.errors import InputError
from shipworthy.label.drawing import discord, doubt, proportional
from shipworthy.label.queue import Draw, Strategy
from shipworthy.query.split import TRAIN
from shipworthy.query.to_label import sampled, strata, unlabelled
from shipworthy.store.labels.queueing import queued
from shipworthy.workbench.labelling.guessing import guesses, prove_guesses
from shipworthy.workbench.labelling.taking import Taken, prove_any, put, seed_of

if TYPE_CHECKING:
    from shipworthy.stats.floats import Floats
    from shipworthy.workbench.labelling.desk import Desk

POOL = 20_000
"""So many rows at most are looked at, drawn at random."""


def take_uncertain(desk: Desk, wanted: int) -> Taken:
    """Draw training rows that a candidate is unsure of.

    Raises:
        InputError: no candidate says how sure it is, or no training row is left.
    """
    return _by_interest(desk, wanted, "uncertainty")


def take_disputed(desk: Desk, wanted: int) -> Taken:
    """Draw training rows on which candidates differ.

    Raises:
        InputError: there are no two candidates to ask, or no training row is left.
    """
    return _by_interest(desk, wanted, "disagreement")


def take_named(desk: Desk, wanted: int, ids: Collection[str], strategy: Strategy = "noise") -> Taken:
    """Queue rows that are named, such as those whose label is suspected to be wrong; the first so many.

    Raises:
        InputError: none of them is a row that is not queued yet.
    """
    known = {*queued(desk.labels)}
    new = [each for each in dict.fromkeys(ids) if each not in known][:wanted]
    draw = Draw(strategy, "", (), "named rows; their labels are compared with the source and do not measure")
    found = put(desk, draw, dict.fromkeys(new, ("", 1.0)), len(ids)) if new else None
    if found is None or not found.rows:
        raise InputError(
            "label.nothing_to_draw",
            f"none of the {len(ids)} named rows is in the examples and not queued yet",
            where=desk.opened.shown,
            remedy="Name rows by the id that the examples have.",
        )
    return found


def _by_interest(desk: Desk, wanted: int, strategy: Strategy) -> Taken:
    """Draw the unlabelled training rows of most interest, each with the chance that is kept beside it."""
    session, known = desk.session, queued(desk.labels)
    rows = unlabelled(session.frame, TRAIN, known)
    among = sum(each.rows for each in strata(session.frame, rows, ()))
    prove_any(desk, among, TRAIN)
    looked_at = sampled(rows, POOL, seed_of(desk, known)) if among > POOL else rows
    ids, interest, of = _interest(desk, looked_at, strategy)
    picked = proportional(interest, wanted, len(known))
    if not picked:
        raise InputError(
            "label.nothing_to_draw",
            f"no unlabelled training row is of interest by {strategy}: the candidates are sure of all, or agree",
            where=desk.opened.shown,
            remedy="Draw rows with --by random.",
        )
    sample = f"; looked at {min(among, POOL):,} of {among:,} rows" if among > POOL else ""
    draw = Draw(strategy, TRAIN, (), f"{of}{sample}; to train on, not to measure by")
    return put(desk, draw, {ids[at]: ("", chance) for at, chance in picked}, among)


def _interest(desk: Desk, rows: object, strategy: Strategy) -> tuple[Sequence[str], Floats, str]:
    """The rows, how interesting each is, and by whom."""
    session = desk.session
    ids, found = guesses(session, rows, scored=strategy == "uncertainty")
    if strategy == "uncertainty":
        prove_guesses(found, 1, "uncertainty", session)
        name = next(iter(found))
        return ids, doubt(found[name]), f"rows that {name} is unsure of"
    prove_guesses(found, 2, "disagreement", session)
    return ids, discord(list(found.values())), f"rows on which {', '.join(found)} differ"
