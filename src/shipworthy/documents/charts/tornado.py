"""The tornado of building and buying: how far each input by itself moves the lead of the option that leads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shipworthy.documents.charts.drawing import INK, MUTED, WASH, Chart, Panel, names, svg, values
from shipworthy.documents.wording import number, supported_decimals, with_unit

if TYPE_CHECKING:
    from shipworthy.documents.charts.drawing import Drawing, Rows
    from shipworthy.evidence import Bill, Mover

TITLE = "What moves the lead"
MOST_BARS = 10
WIDTH, ROW = 420, 26
LEAST_SWING = 0.01
"""Inputs that move the lead by less than this share of what the first one does are not drawn."""

_READING = (
    "Each bar is one input, all others at their median: the hollow end is its 5 % point, the filled end its 95 % point. "
    "Right of the line, on the shaded side, the same option stays ahead; a bar that crosses the line turns the answer."
)


def tornado(bill: Bill) -> Chart | None:
    """The chart of the inputs by their swing, the largest first; None where no input moves the lead."""
    movers = _drawn(bill.movers)
    if not movers:
        return None
    rows: Rows = [{"input": each.input, "low": each.at_low, "high": each.at_high} for each in movers]
    title = f"lead of {bill.leader} over {bill.second}, {bill.currency}"
    told = "; ".join(_told(each, bill.currency) for each in movers)
    drawing = _drawing(rows, title)
    return Chart(
        TITLE, _READING, (Panel(title, svg(drawing, WIDTH, ROW * len(rows), "tornado"), f"{told}."),)
    )


def _drawn(movers: tuple[Mover, ...]) -> tuple[Mover, ...]:
    most = max((each.swing for each in movers), default=0.0)
    found = (each for each in movers if each.swing > LEAST_SWING * most)
    return tuple(found)[:MOST_BARS]


def _told(each: Mover, currency: str) -> str:
    low, high = (_money(end, currency) for end in (each.at_low, each.at_high))
    return f"{each.input} moves it from {low} to {high}{', and turns the answer' if each.flips else ''}"


def _money(value: float, currency: str) -> str:
    return with_unit(number(value, min(supported_decimals(value, None, None), 2)), currency)


def _drawing(rows: Rows, title: str) -> Drawing:
    import altair as alt

    ends = [0.0, *(row[key] for row in rows for key in ("low", "high"))]
    air = 0.06 * (max(ends) - min(ends))
    low, high = min(ends) - air, max(ends) + air
    axis = alt.Axis(tickCount=5, gridOpacity=0.6)
    scale = alt.Scale(domain=[low, high], nice=False, zero=False)

    def x(field: str) -> alt.X:
        return alt.X(f"{field}:Q", title=title, scale=scale, axis=axis)

    y = names("input", rows)
    ahead = values([{"from": 0.0, "to": high}])
    shade = alt.Chart(ahead).mark_rect(fill=WASH).encode(x=x("from"), x2="to:Q")
    even = alt.Chart(ahead).mark_rule(color=INK, strokeWidth=1.5).encode(x=x("from"))
    bars = alt.Chart(values(rows)).mark_rule(strokeWidth=7, color=MUTED, opacity=0.6, strokeCap="butt")
    marks = [
        alt.Chart(values(rows))
        .mark_point(shape="circle", size=70, opacity=1, fill=fill, stroke=INK, strokeWidth=1.5)
        .encode(x=x(end), y=y)
        for end, fill in (("low", "#ffffff"), ("high", INK))
    ]
    return alt.layer(shade, even, bars.encode(x=x("low"), x2="high:Q", y=y), *marks)
