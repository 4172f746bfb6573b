"""Conditions on single inputs, each with the clause that tells how it stands."""

from __future__ import annotations

from shipworthy.frame.amount import Amount
from shipworthy.frame.fact import Fact
from shipworthy.frame.inputs import Inputs


def says(given: Inputs, name: str, word: str, if_so: str, if_not: str) -> Fact:
    """Whether an input has this word, with what to say where it has and where it has not."""
    found = given.word(name)
    if found is None:
        return not_known(name)
    return Fact(found == word, if_so if found == word else if_not)


def not_known(*names: str) -> Fact:
    """What cannot be said for want of these inputs; the rule names them all together."""
    return Fact(None, "", names)


def below(less: Amount, more: Amount, if_so: str, if_not: str) -> Fact:
    """Whether one amount is below another one, with what to say where it is and where it is not."""
    holds = less.below(more)
    if holds is not None:
        return Fact(holds, if_so if holds else if_not)
    names = less.open_with(more)
    if less.missing or more.missing:
        return not_known(*names)
    return Fact(None, f"{if_not}: too close while {' and '.join(names)} is a range", names)
