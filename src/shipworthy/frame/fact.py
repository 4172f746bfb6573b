"""What can be said of a condition: it holds, it does not, or it cannot be said (the three-valued logic of Kleene 1938)."""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Fact:
    """A condition: whether it holds (None: cannot say), a clause that says so with its numbers, and the inputs that keep it open."""

    holds: bool | None
    said: str
    missing: tuple[str, ...] = ()


def all_of(*facts: Fact) -> Fact:
    """Whether all hold. It says what decides: the ones that fail, else those that are open, else all."""
    return _joined(facts, decisive=False)


def any_of(*facts: Fact) -> Fact:
    """Whether one holds. It says what decides: the ones that hold, else those that are open, else all."""
    return _joined(facts, decisive=True)


def opposite(fact: Fact) -> Fact:
    """Whether it does not hold; it says the same."""
    return replace(fact, holds=None if fact.holds is None else not fact.holds)


def _joined(facts: tuple[Fact, ...], *, decisive: bool) -> Fact:
    for holds in (decisive, None):
        found = [fact for fact in facts if fact.holds is holds]
        if found:
            missing = dict.fromkeys(name for fact in found for name in fact.missing)
            return Fact(holds, _clauses(found), tuple(missing))
    return Fact(not decisive, _clauses(facts))


def _clauses(facts: list[Fact] | tuple[Fact, ...]) -> str:
    return "; ".join(dict.fromkeys(fact.said for fact in facts if fact.said))
