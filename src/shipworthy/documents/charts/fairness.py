"""Chart 4: the rates of each group of the protected columns, side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shipworthy.documents.charts.drawing import Chart, Panel, svg
from shipworthy.documents.charts.slices import group_drawing, group_name, group_row, most_telling
from shipworthy.documents.choice import overall
from shipworthy.documents.figure import measured, plain_text
from shipworthy.documents.measure import metric_words, scale_of
from shipworthy.evaluate.fairness import RATES
from shipworthy.metrics.support import LEAST_ROWS

if TYPE_CHECKING:
    from shipworthy.evidence import Estimate, Evaluation
    from shipworthy.spec.model import Product

WIDTH, ROW = 170, 22


def protected_groups(product: Product, evaluation: Evaluation, candidate: str | None) -> tuple[Chart, ...]:
    """One panel per rate, one row per group; no chart at all where no column is protected."""
    if not product.protected or candidate is None:
        return ()
    panels = tuple(panel for rate in RATES if (panel := _panel(product, evaluation, candidate, rate)))
    reading = (
        f"Two-sided intervals of {candidate} in each group of a protected column, with the number of rows. The dashed line is its "
        f"value over all rows. A hollow diamond is a group with fewer than {LEAST_ROWS} rows that count, which is not compared."
    )
    return (Chart("Protected groups", reading, panels),) if panels else ()


def _panel(product: Product, evaluation: Evaluation, candidate: str, rate: str) -> Panel | None:
    columns = [[item.column] for item in product.protected]
    found = [
        each
        for each in evaluation.estimates
        if (each.candidate, each.metric) == (candidate, rate)
        and [*each.slice] in columns
        and each.value is not None
    ]
    if not found:
        return None
    shown, scale = most_telling(found), scale_of(rate, product)
    rows = [group_row(each, scale, _standing(each)) for each in shown]
    whole = overall(evaluation, candidate, rate)
    lines = [(scale.shown(whole[1].value), True)] if whole and whole[1].value is not None else []
    told = "; ".join(f"{group_name(each)} {plain_text(measured(each, '', scale))}" for each in shown)
    drawing = group_drawing(rows, lines, scale.unit)
    return Panel(
        metric_words(rate), svg(drawing, WIDTH, ROW * len(rows), f"groups-{rate}"), f"{told}.", code=True
    )


def _standing(estimate: Estimate) -> str:
    """The verdict whose mark the group gets: an open one where it has too few rows."""
    return "undecided" if estimate.units < LEAST_ROWS else ""
