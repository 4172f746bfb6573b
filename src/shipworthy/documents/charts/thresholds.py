"""Chart 3: what each threshold would have been worth on the validation rows, and the one that was frozen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from shipworthy.documents import wording
from shipworthy.documents.charts.drawing import ACCENT, INK, MUTED, Chart, Panel, svg, values
from shipworthy.documents.figure import Scale, figure, plain_text
from shipworthy.documents.operating import operating_words

if TYPE_CHECKING:
    import altair as alt

    from shipworthy.documents.charts.drawing import Drawing, Rows
    from shipworthy.evidence import CandidateFacts, CurvePoint, Evaluation
    from shipworthy.spec.model import Product

TITLE = "Why this threshold"
WIDTH, HEIGHT = 290, 170
_ENDS: tuple[tuple[str, wording.Towards], ...] = (("low", "down"), ("high", "up"))
DASHES = ([1, 0], [6, 3], [2, 2], [8, 3, 2, 3], [12, 4])


def thresholds(product: Product, evaluation: Evaluation, candidate: str | None) -> Chart:
    """Net value of 1,000 decisions against the threshold, one line per candidate that has a curve."""
    found = [
        facts
        for facts in evaluation.candidates
        if len(_points(facts)) > 1 and (_frozen(facts) or facts.name == candidate)
    ]
    found.sort(key=lambda facts: facts.name != candidate)
    if not found:
        return Chart(
            TITLE,
            "No candidate has a threshold that could be chosen by its value, so there is nothing to draw.",
        )
    currency = product.value.currency if product.value else ""
    floor = _floor(found)
    drawing = _drawing(found, floor, currency, candidate)
    cut = (
        " Losses far below the best value are cut off."
        if any(p["value"] < floor for f in found for p in _points(f))
        else ""
    )
    sure = (
        f" The band is the 95 % interval of {found[0].name}, of each threshold by itself and not of the whole line."
        if any("low" in p for p in _points(found[0]))
        else ""
    )
    reading = f"Net value of 1,000 decisions on the validation rows at each threshold. The dot is the threshold that was frozen there, before the test rows were looked at.{sure}{cut}"
    told = "; ".join(_told(facts, currency) for facts in found)
    return Chart(
        TITLE,
        reading,
        (Panel("Net value by threshold", svg(drawing, WIDTH, HEIGHT, "thresholds"), f"{told}."),),
    )


def _points(facts: CandidateFacts) -> Rows:
    return [
        {"candidate": facts.name, "threshold": point.threshold, "value": 1_000 * point.net_value}
        | _ends(point)
        for point in facts.curve
        if point.net_value is not None
    ]


def _ends(point: CurvePoint) -> dict[str, float]:
    """The interval of a point, where it has one."""
    if point.low is None or point.high is None:
        return {}
    return {"low": 1_000 * point.low, "high": 1_000 * point.high}


def _frozen(facts: CandidateFacts) -> dict[str, Any] | None:
    """The point of the curve nearest to the frozen threshold, where it is the only one."""
    threshold = facts.threshold
    if threshold is None or facts.review_from is not None or facts.thresholds_by:
        return None
    return min(_points(facts), key=lambda point: abs(point["threshold"] - threshold))


def _floor(found: list[CandidateFacts]) -> float:
    """As far below the best value as three times the way to the value at the highest threshold, or to the frozen low end."""
    worths: list[float] = [point["value"] for facts in found for point in _points(facts)]
    ends: list[float] = [_points(facts)[-1]["value"] for facts in found]
    best, own = max(worths), _frozen(found[0]) or {}
    least = max(min(worths), best - 3 * max(best - min(ends), 0.0)) if best > min(ends) else min(worths)
    return float(min(least, own.get("low", least)))


def _told(facts: CandidateFacts, currency: str) -> str:
    frozen = _frozen(facts)
    if frozen is None:
        point = plain_text(operating_words(facts, ""))
        return f"{facts.name} is not operated at one threshold of this line ({point})"
    worth = figure(
        frozen["value"], "", Scale(unit=currency), wording.supported_decimals(frozen["value"], None, None) - 1
    )
    between = ""
    if "low" in frozen:
        low, high = (
            wording.with_unit(wording.number(frozen[end], worth.decimals, way), currency)
            for end, way in _ENDS
        )
        between = f" ({low} to {high})"
    return f"{facts.name} was frozen at {facts.threshold:.3g}, worth about {worth.text}{between} for 1,000 decisions on validation rows"


def _drawing(found: list[CandidateFacts], floor: float, currency: str, candidate: str | None) -> Drawing:
    import altair as alt

    top = max(point["value"] for facts in found for point in _points(facts))
    top = max([top, *(point["high"] for point in _points(found[0]) if "high" in point)])
    scale = alt.Scale(domain=[floor, top + 0.12 * (top - floor)], nice=False)
    y = alt.Y(
        "value:Q",
        title=f"{currency} per 1,000 decisions".strip(),
        scale=scale,
        axis=alt.Axis(tickCount=5, gridOpacity=0.6),
    )
    x = alt.X("threshold:Q", title="threshold", axis=alt.Axis(grid=False, tickCount=6))
    layers = [_band(found[0], scale).encode(x=x)]
    for index, facts in enumerate(found):
        colour = ACCENT if facts.name == candidate else MUTED
        line = alt.Chart(values(_points(facts))).mark_line(
            color=colour, strokeWidth=2, strokeDash=DASHES[index % len(DASHES)], clip=True
        )
        layers.append(line.encode(x=x, y=y))
        frozen = _frozen(facts)
        if frozen:
            dot = alt.Chart(values([frozen]))
            layers.append(
                dot.mark_point(shape="circle", size=70, opacity=1, fill=colour, stroke=colour).encode(
                    x=x, y=y
                )
            )
            layers.append(_label(facts, found).encode(x=x, y=y, text="candidate:N"))
    return alt.layer(*layers)


def _band(facts: CandidateFacts, scale: alt.Scale) -> alt.Chart:
    """The interval of each threshold of the first candidate, as a wash behind the lines; those of all would hide them."""
    import altair as alt

    area = alt.Chart(values([point for point in _points(facts) if "low" in point]))
    drawn = area.mark_area(color=ACCENT, opacity=0.16, clip=True)
    return cast("alt.Chart", drawn.encode(y=alt.Y("low:Q", scale=scale), y2=alt.Y2("high:Q")))


def _label(facts: CandidateFacts, found: list[CandidateFacts]) -> alt.Chart:
    """The candidate's name beside its frozen threshold: the leftmost to the left, the rightmost to the right."""
    import altair as alt

    frozen = [point["threshold"] for point in map(_frozen, found) if point]
    own = _frozen(facts)
    dot = alt.Chart(values([own] if own else []))
    where = own["threshold"] if own else 0.0
    if len(frozen) == 1 or min(frozen) < where < max(frozen):
        return cast("alt.Chart", dot.mark_text(dy=-12, color=INK))
    if where == min(frozen):
        return cast("alt.Chart", dot.mark_text(dx=-8, dy=-6, align="right", color=INK))
    return cast("alt.Chart", dot.mark_text(dx=8, dy=-6, align="left", color=INK))
