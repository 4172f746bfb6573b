"""Rule F10: buy it or build it."""

from __future__ import annotations

from shipworthy.frame.amount import Amount, exactly
from shipworthy.frame.asking import below, says
from shipworthy.frame.fact import Fact, all_of, any_of
from shipworthy.frame.inputs import Inputs
from shipworthy.frame.saying import counted, money, percent
from shipworthy.frame.worth import cost_per_month


def buy(given: Inputs) -> Fact:
    """F10: below the break-even volume, no data that set it apart, and data may leave."""
    return all_of(
        _buying_is_ahead(given),
        says(given, "differentiating_data", "no", "your data do not set it apart", "your data set it apart"),
        says(given, "data_may_leave", "yes", "the data may leave", "the data may not leave"),
    )


def build(given: Inputs) -> Fact:
    """F10: data may not leave, the network is too slow, or the volume is above break-even however prices move."""
    floor, budget = given.amount("network_floor"), given.amount("latency_budget")
    slow = f"a call over the network takes {counted(floor)} ms, {counted(budget)} ms are allowed"
    return any_of(
        says(given, "data_may_leave", "no", "the data may not leave", "the data may leave"),
        below(budget, floor, slow, slow),
        _building_is_ahead(given),
    )


def _buying_is_ahead(given: Inputs) -> Fact:
    """By what `build_or_buy` comes to where there is one, else by the price of an answer and what building costs."""
    if given.knows("even_price"):
        told = _even(given)
        return below(exactly(1.0), given.amount("even_price"), told, told)
    bought, built = _bought(given), cost_per_month(given)
    told = _prices(given, bought, built)
    return below(bought, built, told, told)


def _building_is_ahead(given: Inputs) -> Fact:
    """The same, however far prices may still fall."""
    change = given.amount("price_change")
    lower, left = f"with prices {percent(change.low)} lower", exactly(1.0) - change
    if given.knows("even_price"):
        told = f"{_even(given)}; {lower} they are {counted(left)} times it"
        return below(given.amount("even_price"), left, told, told)
    fallen, built = _bought(given) * left, cost_per_month(given)
    told = f"{_prices(given, fallen, built)}, {lower}"
    return below(built, fallen, told, told)


def _even(given: Inputs) -> str:
    return f"bought and built leave the same at {counted(given.amount('even_price'))} times the present price"


def _bought(given: Inputs) -> Amount:
    """What bought answers cost a month."""
    return given.amount("volume") * given.amount("price")


def _prices(given: Inputs, bought: Amount, built: Amount) -> str:
    currency = given.currency
    return f"bought answers cost {money(bought, currency)} a month, building and running {money(built, currency)}"
