"""Hypothesis strategies for small logs in memory."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from tests.tally.counting import Rows

SLICES = {"colour": ("blue", "red"), "size": ("large", "small", "tiny")}
NUMBERS = st.none() | st.integers(-8, 8).map(float)


@st.composite
def logs(draw: Any, least: int = 0, most: int = 14, *, clustered: bool | None = None) -> Rows:
    """Rows with two slicing columns and three numeric ones; numbers are whole, so that sums are exact."""
    n = draw(st.integers(least, most))

    def column(values: st.SearchStrategy[Any]) -> list[Any]:
        return list(draw(st.lists(values, min_size=n, max_size=n)))

    of_units = draw(st.booleans()) if clustered is None else clustered
    return Rows(
        column(st.integers(0, 8)),
        {name: column(st.sampled_from(labels)) for name, labels in SLICES.items()},
        {
            "cost_usd": column(NUMBERS),
            "ms": column(NUMBERS),
            "flag": column(st.sampled_from([None, 0.0, 1.0])),
        },
        column(st.integers(0, 5)) if of_units else None,
    )


@st.composite
def halves(draw: Any) -> tuple[Rows, Rows]:
    """Two logs that share no unit."""
    clustered = draw(st.booleans())
    first, second = draw(logs(clustered=clustered)), draw(logs(clustered=clustered))
    if second.units is not None:
        second = Rows(second.outcome, second.slices, second.numbers, [unit + 100 for unit in second.units])
    return first, second


def together(first: Rows, second: Rows) -> Rows:
    """Both logs as one."""
    return Rows(
        [*first.outcome, *second.outcome],
        {name: [*first.slices[name], *second.slices[name]] for name in first.slices},
        {name: [*first.numbers[name], *second.numbers[name]] for name in first.numbers},
        None if first.units is None or second.units is None else [*first.units, *second.units],
    )
