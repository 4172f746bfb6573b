"""What the labels of one item amount to: a label, a disagreement, or nothing yet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from shipworthy.label.queue import CANNOT_TELL, State
from shipworthy.spec.task import class_text


@dataclass(frozen=True)
class Outcome:
    """The state of an item, and its label where it is settled."""

    state: State
    label: str | None = None


def outcome(labels: Sequence[str], wanted: int, settled_by: Sequence[str] = (), *, numeric: bool) -> Outcome:
    """What an item's labels amount to.

    Classes need more than half of all given labels, and every wanted label must be there; else a further person
    settles it, whose label counts alone. Of numbers, the median counts, as two people rarely name the same one.
    An item that nobody can tell is unclear; so is one that the settling person cannot tell.

    Args:
        labels: the blind labels given so far.
        wanted: how many there are to be.
        settled_by: the label of the person who settles a disagreement, last one counting.
        numeric: whether labels are numbers.
    """
    if settled_by:
        final = settled_by[-1]
        return Outcome("unclear") if final == CANNOT_TELL else Outcome("settled", final)
    if len(labels) < wanted:
        return Outcome("open")
    told = [label for label in labels if label != CANNOT_TELL]
    if not told:
        return Outcome("unclear")
    if numeric and len(told) == len(labels):
        return Outcome("settled", class_text(median(map(float, told))))
    label, times = Counter(told).most_common(1)[0]
    return Outcome("settled", label) if 2 * times > len(labels) else Outcome("disagreed")
