"""Rules F0 to F2: not allowed, nothing to decide, worth too little."""

from __future__ import annotations

from shipworthy.frame.asking import below, says
from shipworthy.frame.fact import Fact, any_of
from shipworthy.frame.inputs import Inputs
from shipworthy.frame.saying import money, number
from shipworthy.frame.worth import as_if_nobody_acts, cost, worth


def stop(given: Inputs) -> Fact:
    """F0: the use is prohibited, or the people concerned do not want it automated."""
    return any_of(
        says(given, "prohibited", "yes", "the law prohibits the use", "no law is stated to prohibit it"),
        says(
            given,
            "unwanted",
            "yes",
            "the people concerned do not want it automated",
            "nobody concerned is stated to be against it",
        ),
    )


def no_decision(given: Inputs) -> Fact:
    """F1: nothing changes when the answer is known."""
    return says(
        given,
        "acted_on",
        "no",
        "nothing is done differently once the answer is known",
        "something is done once the answer is known",
    )


def worth_too_little(given: Inputs) -> Fact:
    """F2: even a perfect predictor is worth less than it costs to build and run."""
    gain, price = worth(given), cost(given)
    months = number(given.amount("months").low)
    today = " if nobody acts today" if as_if_nobody_acts(given) else ""
    told = f"a perfect predictor is worth {money(gain, given.currency)} in {months} months{today}"
    spent = f"building and running it costs {money(price, given.currency)}"
    return below(gain, price, f"{told}, and {spent}: more than that", f"{told}, and {spent}")
