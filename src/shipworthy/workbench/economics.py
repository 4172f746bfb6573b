"""Economics: money and time of a decision, from product.yaml, its evaluation and the forecasts before it.

The roadmap is no part of what was decided: it is forecast anew, in a record of its own, as days pass and stages are done.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from shipworthy.economics import bill, forecast
from shipworthy.evidence import Economics, Record
from shipworthy.query.split import TEST
from shipworthy.store import append, latest, records

if TYPE_CHECKING:
    from shipworthy.evidence import Bill, Estimate, Evaluation, Forecast
    from shipworthy.workbench.product import Opened
    from shipworthy.workbench.session import Session


def economics(session: Session, evaluation: Evaluation, time: str) -> Economics:
    """What building and buying cost and bring by this evaluation, and the forecast of the roadmap as of this time."""
    money = _bill(session, evaluation)
    return Economics(money, _forecast(session.opened, money, time))


def _bill(session: Session, evaluation: Evaluation) -> Bill | None:
    product = session.product
    if product.build_or_buy is None:
        return None
    return bill(product.build_or_buy, product.value, net_values(evaluation), _positives(session, evaluation))


def net_values(evaluation: Evaluation) -> dict[str, Estimate]:
    """The net value per decision of each candidate, over all test rows."""
    return {
        each.candidate: each for each in evaluation.estimates if each.metric == "net_value" and not each.slice
    }


def _positives(session: Session, evaluation: Evaluation) -> tuple[int, int]:
    """How many labelled test rows are positive, and how many are labelled; none where answers are not yes or no."""
    if session.product.predicts.kind != "binary":
        return 0, 0
    found = next((each for each in evaluation.splits if each.name == TEST), None)
    return (found.positives, found.labelled) if found else (0, 0)


def forecasted(opened: Opened, decision: Record, time: str) -> Record | None:
    """The record with the forecast of the present roadmap as of this time: a kept one that says the same, else a new one.

    None where product.yaml has no roadmap.
    """
    found = _forecast(opened, decision.economics.bill if decision.economics else None, time)
    if found is None:
        return None
    same = (each for each in (decision, latest(opened.workspace, "forecast")) if each and _says(each, found))
    kept = next(same, None)
    if kept is not None:
        return kept
    economics = Economics(None, found)
    record = Record("forecast", time, decision.provenance, parent=decision.id, economics=economics)
    append(opened.workspace, record)
    return record


def _says(record: Record, found: Forecast) -> bool:
    return record.economics is not None and record.economics.forecast == found


def _forecast(opened: Opened, money: Bill | None, time: str) -> Forecast | None:
    product = opened.product
    if product.roadmap is None:
        return None
    worth = {each.input: each.worth for each in money.movers} if money else {}
    currency = product.value.currency if product.value else "USD"
    today = date.fromisoformat(time[:10])
    return forecast(product.roadmap, today, worth, _earlier(opened), currency=currency)


def _earlier(opened: Opened) -> list[Forecast]:
    """Every forecast that some record holds, the oldest first."""
    found = (each for verb in ("decide", "forecast") for each in records(opened.workspace, verb))
    held = sorted((each for each in found if each.economics), key=lambda each: each.time)
    return [each.economics.forecast for each in held if each.economics and each.economics.forecast]
