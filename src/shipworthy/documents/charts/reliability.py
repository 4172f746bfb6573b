"""Chart 4: what the scores said and what happened, where a requirement asks for their calibration."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from shipworthy.documents.charts.drawing import ACCENT, INK, MUTED, Chart, Panel, svg, values

if TYPE_CHECKING:
    from shipworthy.documents.charts.drawing import Drawing, Rows
    from shipworthy.evidence import Evaluation, Reliability

TITLE = "Does the score mean what it says"
SIDE = 200


def reliability(evaluation: Evaluation, candidate: str | None) -> Chart | None:
    """One square per candidate with a score, the one in question first; None where calibration is not asked."""
    found = [(facts.name, facts.reliability) for facts in evaluation.candidates if facts.eligible]
    drawn = [(name, each) for name, each in found if each is not None]
    if not drawn:
        return None
    drawn.sort(key=lambda pair: pair[0] != candidate)
    panels = tuple(
        Panel(name, svg(_drawing(each), SIDE, SIDE, f"reliability-{at}"), _told(each))
        for at, (name, each) in enumerate(drawn)
    )
    reading = (
        "Labelled test rows in groups of neighbouring scores. The dot is the share of positives of a group with its "
        "95 % interval; on the dashed line, scores are the chances that they claim to be."
    )
    return Chart(TITLE, reading, panels)


def _told(found: Reliability) -> str:
    groups = "; ".join(
        f"scores about {_percent(each.score)}: {_percent(each.share)} positive ({_percent(each.low)} to {_percent(each.high)})"
        for each in found.bins
    )
    return f"{groups}. {by_chance(found)}"


def by_chance(found: Reliability) -> str:
    """The calibration error, beside the one that chance alone would show."""
    return (
        f"The calibration error is {found.error:.3g}; "
        f"a perfect score would show about {found.by_chance:.2g} on these rows by chance."
    )


def _percent(share: float) -> str:
    return f"{100 * share:.3g} %"


def _rows(found: Reliability) -> Rows:
    def row(*numbers: float) -> dict[str, Any]:
        return dict(zip(("score", "share", "low", "high"), (100 * each for each in numbers), strict=True))

    return [row(each.score, each.share, each.low, each.high) for each in found.bins]


def _drawing(found: Reliability) -> Drawing:
    import altair as alt

    scale = alt.Scale(domain=[0, 100], nice=False)
    axis = alt.Axis(tickCount=5, gridOpacity=0.6)
    x = alt.X("score:Q", title="mean score, %", scale=scale, axis=axis)

    def y(field: str) -> alt.Y:
        return alt.Y(f"{field}:Q", title="share of positives, %", scale=scale, axis=axis)

    ends: Rows = [{"score": each, "share": each} for each in (0, 100)]
    perfect = alt.Chart(values(ends)).mark_line(color=MUTED, strokeWidth=1.5, strokeDash=[5, 4])
    rows = _rows(found)
    bars = alt.Chart(values(rows)).mark_rule(color=INK, strokeWidth=1.5)
    dots = alt.Chart(values(rows)).mark_point(
        shape="circle", size=45, opacity=1, fill=ACCENT, stroke=INK, strokeWidth=1
    )
    return alt.layer(
        perfect.encode(x=x, y=y("share")),
        bars.encode(x=x, y=y("low"), y2="high:Q"),
        dots.encode(x=x, y=y("share")),
    )
