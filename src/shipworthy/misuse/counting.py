"""Outcomes as counts: an attack is one unit however often it was tried, so that counts give exact bounds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from shipworthy.misuse.attack import Attack
from shipworthy.misuse.outcome import Outcome
from shipworthy.stats.repeated_tries import pass_at


@dataclass(frozen=True)
class Tries:
    """The outcomes of all samples of one attack, or of its twin."""

    attack: Attack
    hits: int
    held: int
    unscored: int

    @property
    def samples(self) -> int:
        """How often it was tried."""
        return self.hits + self.held + self.unscored

    def hit_at(self, k: int) -> tuple[float, float] | None:
        """The chance that at least one of k samples is a hit: with unscored ones as held, and as hits; None with fewer samples."""
        if not 1 <= k <= self.samples:
            return None
        least, most = (
            float(pass_at(k, self.samples, hits)) for hits in (self.hits, self.hits + self.unscored)
        )
        return least, most


@dataclass(frozen=True)
class Counts:
    """Attacks (or twins) by the worst of their samples, and all samples.

    `hit` have a sample that is a hit; `unscored` have none, and one that nobody could tell. The rate is `hit` of
    `hit + held`; what it may be at worst counts the unscored as hits, at best as held.
    """

    hit: int = 0
    held: int = 0
    unscored: int = 0
    samples: int = 0
    samples_hit: int = 0

    def __add__(self, other: Counts) -> Counts:
        """The counts of both; attacks that stand in both count twice."""
        return Counts(
            self.hit + other.hit,
            self.held + other.held,
            self.unscored + other.unscored,
            self.samples + other.samples,
            self.samples_hit + other.samples_hit,
        )

    @property
    def units(self) -> int:
        """How many attacks (or twins) were tried."""
        return self.hit + self.held + self.unscored

    @property
    def hit_at_worst(self) -> int:
        """The hits, if every unscored one is a hit."""
        return self.hit + self.unscored


def tries(attack: Attack, outcomes: Iterable[Outcome]) -> Tries:
    """The outcomes of one attack's samples, counted."""
    found = Counter(outcome.result for outcome in outcomes)
    return Tries(attack, found["hit"], found["held"], found["unscored"])


def counts(tried: Iterable[Tries]) -> Counts:
    """All attacks together: one that was hit by any of its samples is hit. Those without a sample are left out."""
    return sum((_counted(each) for each in tried if each.samples), Counts())


def counts_by(tried: Iterable[Tries], group: Callable[[Attack], str]) -> Mapping[str, Counts]:
    """The counts of each group of attacks, in the order in which the groups occur.

    `group` says what a group is: `lambda attack: attack.hazard`, its method, its severity.
    """
    found: dict[str, Counts] = {}
    for each in tried:
        if each.samples:
            name = group(each.attack)
            found[name] = found.get(name, Counts()) + _counted(each)
    return found


def _counted(each: Tries) -> Counts:
    hit = each.hits > 0
    unscored = not hit and each.unscored > 0
    return Counts(int(hit), int(not hit and not unscored), int(unscored), each.samples, each.hits)
