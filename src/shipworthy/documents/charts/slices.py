"""Chart 2: the most important metric on every slice, beside its value over all rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from shipworthy.documents.charts.drawing import INK, MUTED, Chart, Panel, names, svg, values
from shipworthy.documents.charts.intervals import marks, verdict_colour
from shipworthy.documents.choice import overall
from shipworthy.documents.figure import Scale, measured, plain_text
from shipworthy.documents.measure import compared, metric_words, scale_of

if TYPE_CHECKING:
    from shipworthy.documents.charts.drawing import Drawing, Rows
    from shipworthy.evidence import Estimate, Evaluation
    from shipworthy.spec.language import Requirement
    from shipworthy.spec.model import Product

MOST = 24
WIDTH, ROW = 170, 22


def slices(product: Product, evaluation: Evaluation, candidate: str | None) -> Chart:
    """A forest of the slices of the metric that matters most in slices, for the candidate in question."""
    metric = _metric(product)
    found = _found(evaluation, candidate, metric)
    title = f"{metric_words(metric).capitalize()} by group"
    if not found or candidate is None:
        return Chart(
            title,
            f"There is no estimate of the {metric_words(metric)} on slices, so there is nothing to draw.",
        )
    shown = most_telling(found)
    scale = scale_of(metric, product)
    every = _every(product, metric)
    rows = [_row(evaluation, estimate, scale, every) for estimate in shown]
    whole = overall(evaluation, candidate, metric)
    lines = _lines(whole[1] if whole else None, every, scale)
    told = "; ".join(
        f"{group_name(estimate)} {plain_text(measured(estimate, '', scale))}" for estimate in shown
    )
    start = f"{candidate} over all rows {plain_text(measured(whole[1], '', scale))}; " if whole else ""
    panel = Panel(
        candidate,
        svg(group_drawing(rows, lines, scale.unit), WIDTH, ROW * len(rows), "slices"),
        f"{start}{told}.",
    )
    return Chart(title, _reading(candidate, len(shown), len(found), every), (panel,))


def _found(evaluation: Evaluation, candidate: str | None, metric: str) -> list[Estimate]:
    """The metric on every slice of one column, and on the slices that were judged."""
    single = [estimate for estimate in evaluation.estimates if len(estimate.slice) == 1]
    judged = [verdict.estimate for verdict in evaluation.verdicts if verdict.slice and verdict.estimate]
    by_slice: dict[tuple[tuple[str, str], ...], Estimate] = {}
    for estimate in (*single, *judged):
        if (estimate.candidate, estimate.metric) == (candidate, metric) and estimate.value is not None:
            by_slice.setdefault(tuple(estimate.slice.items()), estimate)
    return list(by_slice.values())


def _metric(product: Product) -> str:
    """The metric of the first `for every` requirement, else the one compared by the first gap, else the first."""
    for requirement in product.requirements:
        if requirement.every:
            return str(requirement.metric)
    for requirement in product.requirements:
        metric = str(requirement.metric)
        if (inner := compared(metric)) != metric:
            return inner
    return str(product.requirements[0].metric)


def _every(product: Product, metric: str) -> Requirement | None:
    return next((item for item in product.requirements if item.every and str(item.metric) == metric), None)


def most_telling(found: list[Estimate]) -> list[Estimate]:
    """All slices in their order; where they are too many, those farthest from the middle one."""
    if len(found) <= MOST:
        return found
    middle = sorted(estimate.value or 0.0 for estimate in found)[len(found) // 2]
    far = sorted(found, key=lambda estimate: -abs((estimate.value or 0.0) - middle))[:MOST]
    return [estimate for estimate in found if estimate in far]


def _reading(candidate: str, shown: int, found: int, every: Requirement | None) -> str:
    parts = [
        f"Two-sided intervals of {candidate} in each group, with the number of rows. The dashed line is its value over all rows."
    ]
    if every:
        parts.append(f"The solid line is the bound that every {' and '.join(every.every)} must clear.")
    if shown < found:
        parts.append(f"Shown are the {shown} of {found} groups that lie farthest from the middle one.")
    return " ".join(parts)


def group_name(estimate: Estimate) -> str:
    """The slice as `column = group`."""
    return " and ".join(f"{column} = {value}" for column, value in estimate.slice.items())


def _row(
    evaluation: Evaluation, estimate: Estimate, scale: Scale, every: Requirement | None
) -> dict[str, Any]:
    text = every.text if every else None
    verdict = next(
        (
            item.verdict
            for item in evaluation.verdicts
            if (item.requirement, item.candidate, item.slice) == (text, estimate.candidate, estimate.slice)
        ),
        "",
    )
    return group_row(estimate, scale, verdict)


def group_row(estimate: Estimate, scale: Scale, verdict: str) -> dict[str, Any]:
    """What is drawn of one group: its value with its interval, its rows, and the verdict whose mark it gets."""
    ends = [estimate.value if end is None else end for end in (estimate.low, estimate.high)]
    numbers = [scale.shown(number or 0.0) for number in (estimate.value, *ends)]
    named = {"slice": group_name(estimate), "rows": f"n = {estimate.n:,}", "verdict": verdict}
    return {**named, **dict(zip(("value", "low", "high"), numbers, strict=True))}


def _lines(whole: Estimate | None, every: Requirement | None, scale: Scale) -> list[tuple[float, bool]]:
    """Where lines stand, and whether they are dashed."""
    found = [(scale.shown(whole.value), True)] if whole and whole.value is not None else []
    return [*found, *([(scale.shown(every.bound.value), False)] if every else [])]


def group_drawing(rows: Rows, lines: list[tuple[float, bool]], unit: str) -> Drawing:
    """Intervals of groups below each other, with lines to hold them against."""
    import altair as alt

    axis = alt.Axis(tickCount=5, gridOpacity=0.6)

    def x(field: str) -> alt.X:
        return alt.X(f"{field}:Q", title=unit or None, scale=alt.Scale(zero=False), axis=axis)

    y = names("slice", rows)
    ruled = [
        alt.Chart(values([{"at": at}]))
        .mark_rule(color=MUTED if dashed else INK, strokeWidth=1.5, strokeDash=[4, 3] if dashed else [1, 0])
        .encode(x=x("at"))
        for at, dashed in lines
    ]
    data = alt.Chart(values(rows))
    bar = data.mark_rule(strokeWidth=2).encode(x=x("low"), x2="high:Q", y=y, color=verdict_colour())
    beside = data.mark_text(align="left", dx=8, color=MUTED, fontSize=11).encode(
        x=alt.value(WIDTH), y=y, text="rows:N"
    )
    return alt.layer(*ruled, bar, *marks(rows, x("value"), y), beside)
