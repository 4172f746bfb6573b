"""What more labels would bring: the curve of each candidate and claim, as far as it was measured and beyond."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from shipworthy.documents.charts.drawing import ACCENT, INK, MUTED, Chart, Panel, svg, values

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shipworthy.documents.charts.drawing import Drawing, Rows
    from shipworthy.evidence import LearningCurve
    from shipworthy.evidence.audit import Outlook

TITLE = "Would more labels help"
READING = (
    "The metric of the claim. Dots are what was measured with fewer labels. Diamonds are what the curve says of as many as there are now, of twice "
    "and of four times as many, with 95 % intervals. The dashed line is what the claim asks for."
)
WIDTH, HEIGHT = 300, 170


def learning(curves: Sequence[LearningCurve]) -> tuple[Chart, ...]:
    """One panel for each candidate and claim; no chart where no curve was measured."""
    panels = tuple(
        Panel(
            f"{curve.candidate}: {curve.requirement}",
            svg(_drawing(curve), WIDTH, HEIGHT, f"learning-{at}"),
            _told(curve),
            code=True,
        )
        for at, curve in enumerate(curves)
    )
    return (Chart(TITLE, READING, panels),) if panels else ()


def _told(curve: LearningCurve) -> str:
    """The picture in words."""
    measured = "; ".join(
        f"{value:.3g} with {size:,} labels" for size, value in zip(curve.sizes, curve.values, strict=True)
    )
    return f"measured {measured}. By the curve {'; '.join(_outlook(*each) for each in _ahead(curve))}. Asked: {curve.target:g}."


def _outlook(rows: int, look: Outlook) -> str:
    value, low, high = ("?" if each is None else f"{each:.3g}" for each in (look.value, look.low, look.high))
    return f"{value} ({low} to {high}) with {rows:,}"


def _ahead(curve: LearningCurve) -> list[tuple[int, Outlook]]:
    return [(curve.rows, curve.now), (2 * curve.rows, curve.twice), (4 * curve.rows, curve.fourfold)]


def _drawing(curve: LearningCurve) -> Drawing:
    import altair as alt

    ahead: Rows = [
        {"labels": rows, "value": look.value, "low": look.low, "high": look.high}
        for rows, look in _ahead(curve)
        if look.value is not None
    ]
    measured: Rows = [
        {"labels": size, "value": value} for size, value in zip(curve.sizes, curve.values, strict=True)
    ]
    ends = [*curve.sizes, 4 * curve.rows]
    scale = alt.Scale(type="log", domain=[min(ends) / 1.15, max(ends) * 1.15], nice=False)
    ticks = alt.Axis(values=[curve.sizes[0], curve.rows, 4 * curve.rows], format=",", grid=False)
    x = alt.X("labels:Q", title="training labels", scale=scale, axis=ticks)

    def y(field: str) -> alt.Y:
        axis = alt.Axis(tickCount=5, gridOpacity=0.6)
        return alt.Y(f"{field}:Q", title=None, scale=alt.Scale(zero=False), axis=axis)

    target: Any = alt.Chart(values([{"value": curve.target}])).mark_rule(
        color=MUTED, strokeWidth=1.5, strokeDash=[5, 4]
    )
    dots = alt.Chart(values(measured)).mark_point(
        shape="circle", size=36, opacity=1, fill=INK, stroke=INK, strokeWidth=1
    )
    line = alt.Chart(values([*measured, *ahead])).mark_line(color=ACCENT, strokeWidth=1.5)
    bars = alt.Chart(values(ahead)).mark_rule(color=ACCENT, strokeWidth=1.5)
    looks = alt.Chart(values(ahead)).mark_point(
        shape="diamond", size=70, opacity=1, fill=ACCENT, stroke=ACCENT, strokeWidth=1
    )
    return alt.layer(
        target.encode(y=y("value")),
        line.encode(x=x, y=y("value")),
        bars.encode(x=x, y=y("low"), y2="high:Q"),
        dots.encode(x=x, y=y("value")),
        looks.encode(x=x, y=y("value")),
    )
