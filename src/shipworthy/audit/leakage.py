"""What betrays that the answer leaks into the data: columns filled by answer, and times that run backwards."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from shipworthy.evidence import Finding
from shipworthy.stats.proportion import clopper_pearson_lower, clopper_pearson_upper

MOSTLY, HARDLY = 0.5, 0.05
"""A column is filled by answer where its share of values is proved to be above the first for one answer and under the second for the other."""

LEVEL = 0.95


def filled_by_answer(counts: Mapping[str, tuple[int, int, int, int]]) -> Iterator[Finding]:
    """Columns that are filled where the answer is one way and hardly where it is the other.

    Args:
        counts: by column, positives with a value, positives, negatives with a value, negatives.
    """
    for name, (good, positives, bad, negatives) in counts.items():
        ways = (("positive", good, positives, "negative", bad, negatives),
                ("negative", bad, negatives, "positive", good, positives))  # fmt: skip
        for one, filled, rows, other, rarely, of in ways:
            if _above(filled, rows) and _under(rarely, of):
                what = (
                    f"{filled:,} of {rows:,} {one} rows have a value, and {rarely:,} of {of:,} {other} ones:"
                    " it looks as if it were filled once the answer is known"
                )
                step = "Keep it from models (features:), unless it is known before the answer."
                yield Finding("after_outcome", name, "red", what, filled, next_step=step)


def _above(filled: int, rows: int) -> bool:
    return rows > 0 and float(clopper_pearson_lower(filled, rows, LEVEL)) > MOSTLY


def _under(filled: int, rows: int) -> bool:
    return rows > 0 and float(clopper_pearson_upper(filled, rows, LEVEL)) < HARDLY


def backwards(last_train: str, first_test: str, last_test: str, later: int, train: int) -> Iterator[Finding]:
    """Training rows that are newer than test rows.

    Args:
        last_train: the newest training row.
        first_test: the oldest test row.
        last_test: the newest one.
        later: training rows after the oldest test row.
        train: all training rows.
    """
    if not later:
        return
    before = last_test < last_train and later > train / 2
    what = f"{later:,} of {train:,} training rows are newer than the first test row ({first_test})"
    step = "Split by time (data.split: {by: time}): a model that has seen the future looks better than it will be."
    yield Finding("time_backwards", "split", "red" if before else "amber", what, later, next_step=step)
