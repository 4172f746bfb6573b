"""Economics: money and time of a decision, from product.yaml, its evaluation and the forecasts before it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from shipworthy.economics import bill, forecast
from shipworthy.evidence import Economics
from shipworthy.query.split import TEST
from shipworthy.store import records

if TYPE_CHECKING:
    from shipworthy.evidence import Bill, Estimate, Evaluation, Forecast
    from shipworthy.workbench.session import Session


def economics(session: Session, evaluation: Evaluation, time: str) -> Economics:
    """What building and buying cost and bring by this evaluation, and the forecast of the roadmap as of this time."""
    money = _bill(session, evaluation)
    return Economics(money, _forecast(session, money, time))


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


def _forecast(session: Session, money: Bill | None, time: str) -> Forecast | None:
    product = session.product
    if product.roadmap is None:
        return None
    earlier = [
        each.economics.forecast
        for each in records(session.opened.workspace, "decide")
        if each.economics and each.economics.forecast
    ]
    worth = {each.input: each.worth for each in money.movers} if money else {}
    currency = product.value.currency if product.value else "USD"
    return forecast(product.roadmap, date.fromisoformat(time[:10]), worth, earlier, currency=currency)
