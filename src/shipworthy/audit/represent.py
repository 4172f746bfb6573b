"""Whether the examples look like production: columns, values, times and base rate, and which rows got labels."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

import numpy as np

from shipworthy.evidence import Finding
from shipworthy.metrics.shifts import samples_of
from shipworthy.stats import drift
from shipworthy.stats.difference import newcombe
from shipworthy.stats.multiplicity import benjamini_hochberg
from shipworthy.stats.proportion import clopper_pearson_lower
from shipworthy.tally.shift import Shift

LEVEL = 0.95
EFFECT = 0.1
"""A column is told where at least this share of rows would have to be in other categories, and chance is ruled out."""

RATE_EFFECT = 0.2
"""A base rate is told where it differs by this share of itself."""

LEAST_SHARE = 0.005
"""A value that the examples lack is told where at least this share of production has it."""

NAMED = 5
"""Columns or values that a finding names."""


def alarmed(shifts: Mapping[str, Shift]) -> dict[str, float]:
    """The columns that differ for real and by more than `EFFECT`, with p-values adjusted for looking at all (Benjamini and Hochberg).

    At most one in twenty of the told columns is told by chance, on average.
    """
    names = sorted(shifts)
    adjusted = np.atleast_1d(benjamini_hochberg([drift.p_value(samples_of(shifts[name])) for name in names]))
    found = zip(names, adjusted.tolist(), strict=True)
    kept = [(name, p) for name, p in found if p <= 1 - LEVEL and samples_of(shifts[name]).distance > EFFECT]
    return dict(sorted(kept, key=lambda pair: -samples_of(shifts[pair[0]]).distance))


def unlike_production(shifts: Mapping[str, Shift]) -> Iterator[Finding]:
    """The columns that are not as in production, in one finding."""
    if not shifts:
        return
    found, asked = alarmed(shifts), f"of {len(shifts)} columns"
    rule = f"for real and by more than {100 * EFFECT:g} % of the rows"
    if not found:
        yield Finding("like_production", "", "green", f"none {asked} differs from production {rule}")
        return
    told = "; ".join(_apart(name, shifts[name], p) for name, p in list(found.items())[:NAMED])
    more = f"; and {len(found) - NAMED} more" if len(found) > NAMED else ""
    verb = "differ" if len(found) > 1 else "differs"
    step = "Add rows of the kinds that are short, or weight rows (weight: COLUMN) so that they count as in production."
    what = f"{len(found)} {asked} {verb} from production {rule}: {told}{more}"
    yield Finding("unlike_production", ", ".join(list(found)[:NAMED]), "red", what, next_step=step)


def _apart(name: str, shift: Shift, p: float) -> str:
    """How far apart a column is, how sure that is, and the category that differs most."""
    samples = samples_of(shift)
    low, high = drift.interval(samples)
    shares = [side / side.sum() for side in (samples.first, samples.second)]
    at = int(np.argmax(np.abs(shares[0] - shares[1])))
    most = (
        f"{shift.categories[at]} is {_share(shares[0][at])} of the examples and {_share(shares[1][at])} there"
    )
    chance = "p < 0.001" if p < 0.001 else f"p = {p:.3f}"
    return f"{name} by {_share(samples.distance)} ({_share(low)} to {_share(high)}, {chance}): {most}"


def values_lacking(
    new: Mapping[str, Sequence[tuple[str, int]]], production: int, examples: int
) -> Iterator[Finding]:
    """Values that production has and the examples lack, where more than chance keeps them out.

    Args:
        new: by column, values with their rows in production.
        production: its rows.
        examples: the rows here.
    """
    for column, values in new.items():
        told = [(value, rows) for value, rows in values if _lacking(rows, production, examples)]
        if not told:
            continue
        shown = ", ".join(f"{value} ({rows:,} of {production:,} rows)" for value, rows in told[:NAMED])
        more = f" and {len(told) - NAMED} more" if len(told) > NAMED else ""
        what = f"production has values of which there is no example: {shown}{more}"
        step = "Label rows of them; until then nothing is known of them."
        yield Finding("missing_segment", column, "red", what, sum(rows for _, rows in told), next_step=step)


def _lacking(rows: int, production: int, examples: int) -> bool:
    """Whether a value is frequent enough for its absence from the examples to be no chance."""
    least = float(clopper_pearson_lower(rows, production, LEVEL)) if rows else 0.0
    return rows >= LEAST_SHARE * production and (1 - least) ** examples <= 1 - LEVEL


def of_another_time(
    example: datetime, first: datetime, last: datetime, rows: int, newer: int
) -> Iterator[Finding]:
    """Examples that end before most of production begins.

    Args:
        example: the newest example.
        first: the first row of production.
        last: its last row.
        rows: its rows.
        newer: those that are newer than every example.
    """
    if newer <= rows / 2:
        return
    behind = (last - example).total_seconds() / 86_400
    gap = (first - example).total_seconds() / 86_400
    apart = f", and {gap:,.1f} days lie between them" if gap > 0 else ""
    what = (
        f"{newer:,} of {rows:,} rows of production are newer than every example: the newest example is"
        f" {behind:,.1f} days older than the newest of them{apart}"
    )
    step = "Label rows of that time, or claim with freshness how old examples may be."
    yield Finding("time_behind", "", "amber", what, newer, next_step=step)


def other_base_rate(label: Shift, column: str, positive: str) -> Iterator[Finding]:
    """Another share of positives among the labels of production.

    Args:
        label: how labels fall into values here and there, rows without one left out.
        column: that of the label.
        positive: the value that counts as positive.
    """
    samples = samples_of(label)
    if not samples.known or positive not in label.categories:
        return
    at = label.categories.index(positive)
    (n, m), (here, there) = samples.sizes, (float(samples.first[at]), float(samples.second[at]))
    low, high = (float(end) for end in newcombe(there, m, here, n))
    if low <= 0 <= high or abs(there / m - here / n) <= RATE_EFFECT * here / n:
        return
    what = (
        f"{_share(here / n)} of the labelled examples are positive, and {_share(there / m)} of the labelled rows of"
        f" production ({100 * low:+.3g} to {100 * high:+.3g} points)"
    )
    step = "Precision and value change with it, recall does not: weight rows (weight: COLUMN), or draw examples as they come."
    yield Finding("base_rate", column, "amber", what, next_step=step)


def selected_labels(shifts: Mapping[str, Shift], note: str = "") -> Iterator[Finding]:
    """Columns on which it depends whether a row is labelled.

    Args:
        shifts: by column, how labelled rows and rows without a label fall into its categories.
        note: which rows were looked at, where not all were.
    """
    for name, p in list(alarmed(shifts).items())[:NAMED]:
        shift = shifts[name]
        least, most = _labelled_ends(shift)
        chance = "p < 0.001" if p < 0.001 else f"p = {p:.3f}"
        only = "labels exist only for some rows" if least[1] == 0 else "some rows are labelled far more often"
        what = (
            f"{only}: {most[1]:,} of {most[2]:,} are labelled where {name} = {most[0]}, and {least[1]:,} of"
            f" {least[2]:,} where it is {least[0]} ({chance}){f'; {note}' if note else ''}"
        )
        step = "If an earlier filter decides who gets a label, label a random sample of what it holds back: nothing is known of it."
        yield Finding("selective_labels", name, "red", what, least[2] - least[1], next_step=step)


def _labelled_ends(shift: Shift) -> tuple[tuple[str, int, int], tuple[str, int, int]]:
    """The category with the least and the one with the greatest share of labels: name, labelled rows, rows.

    Categories with few rows are passed over where others are left.
    """
    found = []
    for name in shift.categories:
        labelled, other = (round(side.get(name, (0.0, 0.0, 0.0))[0]) for side in (shift.here, shift.there))
        found.append((name, labelled, labelled + other))
    total = sum(rows for _, _, rows in found)
    enough = [each for each in found if each[2] >= LEAST_SHARE * total] or found
    return min(enough, key=lambda each: each[1] / each[2]), max(enough, key=lambda each: each[1] / each[2])


def _share(value: float) -> str:
    return f"{100 * value:.3g} %"
