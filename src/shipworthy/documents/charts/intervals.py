"""Chart 1: for each requirement, what the evidence still allows for each candidate, against the bound."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from shipworthy.documents.charts.drawing import COLOURS, INK, SHAPES, WASH, Chart, Panel, names, svg, values
from shipworthy.documents.figure import Scale, measured, plain_text
from shipworthy.documents.measure import scale_of

if TYPE_CHECKING:
    import altair as alt

    from shipworthy.documents.charts.drawing import Drawing, Rows
    from shipworthy.evidence import Evaluation, Verdict
    from shipworthy.spec.language import Requirement
    from shipworthy.spec.model import Product

TITLE = "Evidence against each bound"
_READING = (
    "Each bar is the range that the evidence still allows, at the confidence of the claim. A requirement is met "
    "(dot) where the whole bar lies on the shaded side, missed (cross) where none of it does, and undecided "
    "(hollow diamond) in between."
)
WIDTH, ROW = 250, 24


def intervals(product: Product, evaluation: Evaluation, candidate: str | None) -> Chart:
    """One panel per requirement that has estimates with bounds, one row per eligible candidate."""
    panels = [_panel(product, evaluation, requirement, candidate) for requirement in product.requirements]
    found = tuple(panel for panel in panels if panel)
    return Chart(
        TITLE,
        _READING if found else "No requirement has an estimate with bounds, so there is nothing to draw.",
        found,
    )


def _panel(
    product: Product, evaluation: Evaluation, requirement: Requirement, candidate: str | None
) -> Panel | None:
    eligible = {facts.name for facts in evaluation.candidates if facts.eligible}
    judged = [
        verdict
        for verdict in evaluation.verdicts
        if verdict.requirement == requirement.text and not verdict.slice and verdict.candidate in eligible
    ]
    judged.sort(key=lambda verdict: verdict.candidate != candidate)
    scale = scale_of(str(requirement.metric), product)
    rows = [row for row in (_row(verdict, scale) for verdict in judged) if row]
    if not rows:
        return None
    drawing = _drawing(
        rows, scale.shown(requirement.bound.value), scale.unit, at_least=requirement.bound.at_least
    )
    told = "; ".join(_told(verdict, scale) for verdict in judged)
    return Panel(
        requirement.text,
        svg(drawing, WIDTH, ROW * len(rows), f"bound{product.requirements.index(requirement)}"),
        f"{told}.",
        code=True,
    )


def _row(verdict: Verdict, scale: Scale) -> dict[str, Any] | None:
    estimate = verdict.estimate
    if estimate is None or estimate.value is None:
        return None
    lower = estimate.lower if estimate.lower is not None else estimate.low
    upper = estimate.upper if estimate.upper is not None else estimate.high
    ends = [scale.shown(end if end is not None else estimate.value) for end in (lower, upper)]
    return {
        "candidate": verdict.candidate,
        "verdict": verdict.verdict,
        "value": scale.shown(estimate.value),
        "lower": ends[0],
        "upper": ends[1],
    }


def _told(verdict: Verdict, scale: Scale) -> str:
    found = plain_text(measured(verdict.estimate, "", scale)) if verdict.estimate else "no estimate"
    return f"{verdict.candidate} {found}, {verdict.verdict}"


def _drawing(rows: Rows, bound: float, unit: str, *, at_least: bool) -> Drawing:
    import altair as alt

    low, high = _domain(rows, bound, whole=unit == "%")
    good = [{"from": bound, "to": high} if at_least else {"from": low, "to": bound}]
    axis = alt.Axis(tickCount=4, gridOpacity=0.6)
    scale = alt.Scale(domain=[low, high], nice=False, zero=False)

    def x(field: str) -> alt.X:
        return alt.X(f"{field}:Q", title=unit or None, scale=scale, axis=axis)

    y = names("candidate", rows)
    shade = alt.Chart(values(good)).mark_rect(fill=WASH).encode(x=x("from"), x2="to:Q")
    edge = (
        alt.Chart(values(good))
        .mark_rule(color=INK, strokeWidth=1.5)
        .encode(x=x("from" if at_least else "to"))
    )
    bar = alt.Chart(values(rows)).mark_rule(strokeWidth=6, opacity=0.45, strokeCap="butt")
    bars = bar.encode(x=x("lower"), x2="upper:Q", y=y, color=verdict_colour())
    return alt.layer(shade, edge, bars, *marks(rows, x("value"), y))


def verdict_colour() -> alt.Color:
    """Colours of verdicts, without a legend: the shape says the same."""
    import altair as alt

    return alt.Color(
        "verdict:N", scale=alt.Scale(domain=list(COLOURS), range=list(COLOURS.values())), legend=None
    )


def marks(rows: Rows, x: alt.X, y: alt.Y) -> list[alt.Chart]:
    """One point per row in the shape of its verdict; hollow where the verdict is open."""
    import altair as alt

    found = []
    for verdict, shape in SHAPES.items():
        chosen = [row for row in rows if row["verdict"] == verdict]
        if not chosen:
            continue
        fill = "#ffffff" if verdict == "undecided" else COLOURS[verdict]
        angle = 45 if verdict == "missed" else 0
        mark = alt.Chart(values(chosen)).mark_point(
            shape=shape, size=75, opacity=1, fill=fill, stroke=COLOURS[verdict], strokeWidth=1.5, angle=angle
        )
        found.append(mark.encode(x=x, y=y))
    return found


def _domain(rows: Rows, bound: float, *, whole: bool) -> tuple[float, float]:
    """From the least to the greatest number shown, with some air; percentages stay within 0 to 100."""
    numbers = [bound, *(row[name] for row in rows for name in ("lower", "upper", "value"))]
    low, high = min(numbers), max(numbers)
    air = 0.08 * (high - low) or abs(high) or 1.0
    floor, ceiling = (0.0, 100.0) if whole else (0.0 if low >= 0 else low - air, high + air)
    return max(low - air, floor), min(high + air, ceiling)
