"""Chart 5: the quality of each candidate against what it costs and how long it takes."""

from __future__ import annotations

from math import ceil, floor, log1p, log10
from typing import TYPE_CHECKING, Any

from shipworthy.documents.charts.drawing import ACCENT, INK, MUTED, Chart, Panel, svg, values
from shipworthy.documents.figure import Scale

if TYPE_CHECKING:
    from shipworthy.documents.charts.drawing import Drawing, Rows
    from shipworthy.evidence import Contender, Contest

TITLE = "Quality against latency and cost"
WIDTH, HEIGHT = 330, 210
NAME_WIDTH, NAME_HEIGHT = 0.3, 14
"""Room for a name: a share of the width, and points of the height."""

_READING = (
    "Each candidate with the 95 % interval of its quality. Filled dots are on the front: nobody is at least as good, as "
    "fast and as cheap, and better in one. Hollow ones are dominated; a cross stands beside for comparison only. Where "
    "two intervals overlap, the order of the two may be chance."
)
PLACES = {"on the front": ("circle", ACCENT), "dominated": ("circle", "#ffffff"), "beside": ("cross", MUTED)}
"""The shape and the filling of a candidate, by where it stands."""


def front(contest: Contest, quality: str, scale: Scale, money: Scale) -> Chart | None:
    """One panel for latency and one for cost, where at least two candidates differ in it; None where there is neither.

    Args:
        contest: the candidates.
        quality: what the quality is called.
        scale: of the quality.
        money: of the cost of 1,000 decisions.
    """
    unit = f" of 1,000, {money.unit}" if money.unit else " of 1,000"
    found = (
        _panel(
            contest,
            f"{quality}, {scale.unit}" if scale.unit else quality,
            scale,
            "p95 latency, ms",
            "p95_latency_ms",
        ),
        _panel(
            contest,
            f"{quality}, {scale.unit}" if scale.unit else quality,
            scale,
            f"cost{unit}",
            "cost_per_1000",
        ),
    )
    panels = tuple(panel for panel in found if panel)
    return Chart(TITLE, _READING, panels) if panels else None


def _panel(contest: Contest, quality: str, scale: Scale, title: str, field: str) -> Panel | None:
    rows = [row for row in (_row(each, scale, getattr(each, field)) for each in contest.contenders) if row]
    if len({row["x"] for row in rows}) < 2:
        return None
    told = "; ".join(
        f"{row['name']} ({row['place']}): {row['quality']:.3g} at {row['x']:.3g}" for row in rows
    )
    drawing = _drawing(rows, title, quality)
    return Panel(
        title,
        svg(drawing, WIDTH, HEIGHT, f"front-{field.partition('_')[0]}"),
        f"{quality} by {title}. {told}.",
    )


def _row(each: Contender, scale: Scale, x: float | None) -> dict[str, Any] | None:
    if each.quality is None or x is None:
        return None
    ends = [each.quality if end is None else end for end in (each.low, each.high)]
    low, high = sorted(scale.shown(end) for end in ends)
    place = "beside" if each.front is None else "on the front" if each.front else "dominated"
    return {
        "name": each.name,
        "x": x,
        "quality": scale.shown(each.quality),
        "low": low,
        "high": high,
        "place": place,
    }


def _drawing(rows: Rows, title: str, quality: str) -> Drawing:
    import altair as alt

    least, most = min(row["x"] for row in rows if row["x"] > 0), max(row["x"] for row in rows)
    # Costs and times differ by orders of magnitude, and some are 0.
    scale = alt.Scale(type="symlog", constant=least, domain=[0, 4 * most], nice=False)
    axis = alt.Axis(tickCount=4, gridOpacity=0.6)
    x = alt.X("x:Q", title=title, scale=scale, axis=alt.Axis(values=_ticks(least, most), gridOpacity=0.6))

    def y(field: str) -> alt.Y:
        return alt.Y(f"{field}:Q", title=quality, scale=alt.Scale(zero=False, padding=12), axis=axis)

    bars = alt.Chart(values(rows)).mark_rule(color=INK, strokeWidth=1.5, opacity=0.6)
    labels = alt.Chart(values(_labelled(rows, least, 4 * most))).mark_text(align="left", dx=9, color=INK)
    return alt.layer(
        bars.encode(x=x, y=y("low"), y2="high:Q"),
        *_marks(rows, x, y("quality")),
        labels.encode(x=x, y=y("label"), text="name:N"),
    )


def _ticks(least: float, most: float) -> list[float]:
    """0 and the powers of ten up to the greatest value; with 3 times each where there are few."""
    first, last = floor(log10(least)), ceil(log10(most))
    steps = (1, 3) if last - first < 3 else (1,)
    found = [step * 10.0**power for power in range(first, last + 1) for step in steps]
    return [0.0, *(each for each in found if 0.5 * least <= each <= 4 * most)]


def _labelled(rows: Rows, least: float, end: float) -> Rows:
    """The rows with the height of each name: below that of a better neighbour whose name it would cover."""
    gap = NAME_HEIGHT / HEIGHT * (max(row["high"] for row in rows) - min(row["low"] for row in rows))
    found: Rows = []
    for row in sorted(rows, key=lambda each: -each["quality"]):
        near = [
            each["label"]
            for each in found
            if abs(_along(each["x"], least, end) - _along(row["x"], least, end)) < NAME_WIDTH
        ]
        found.append({**row, "label": min([row["quality"], *(label - gap for label in near)])})
    return found


def _along(x: float, least: float, end: float) -> float:
    """Where a value stands along its axis, from 0 to 1."""
    return log1p(x / least) / log1p(end / least)


def _marks(rows: Rows, x: Any, y: Any) -> list[Any]:
    """One dot per candidate in the shape of where it stands."""
    import altair as alt

    found = []
    for place, (shape, fill) in PLACES.items():
        chosen = [row for row in rows if row["place"] == place]
        if chosen:
            mark = alt.Chart(values(chosen)).mark_point(
                shape=shape, size=70, opacity=1, fill=fill, stroke=INK, strokeWidth=1.5
            )
            found.append(mark.encode(x=x, y=y))
    return found
