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
    bought, built = _bought(given), cost_per_month(given)
    told = _prices(given, bought, built)
    return all_of(
        below(bought, built, told, told),
        says(given, "differentiating_data", "no", "your data do not set it apart", "your data set it apart"),
        says(given, "data_may_leave", "yes", "the data may leave", "the data may not leave"),
    )


def build(given: Inputs) -> Fact:
    """F10: data may not leave, the network is too slow, or the volume is above break-even however prices move."""
    floor, budget = given.amount("network_floor"), given.amount("latency_budget")
    change = given.amount("price_change")
    fallen, built = _bought(given) * (exactly(1.0) - change), cost_per_month(given)
    told = f"{_prices(given, fallen, built)}, with prices {percent(change.low)} lower"
    slow = f"a call over the network takes {counted(floor)} ms, {counted(budget)} ms are allowed"
    return any_of(
        says(given, "data_may_leave", "no", "the data may not leave", "the data may leave"),
        below(budget, floor, slow, slow),
        below(built, fallen, told, told),
    )


def _bought(given: Inputs) -> Amount:
    """What bought answers cost a month."""
    return given.amount("volume") * given.amount("price")


def _prices(given: Inputs, bought: Amount, built: Amount) -> str:
    currency = given.currency
    return f"bought answers cost {money(bought, currency)} a month, building and running {money(built, currency)}"
