"""What a perfect predictor is worth beyond how the decision is made today, and what building and running one costs."""

from __future__ import annotations

from shipworthy.frame.amount import Amount, exactly
from shipworthy.frame.inputs import Inputs


def perfect(given: Inputs) -> Amount:
    """Money per decision if every answer were right: as stated, else of rightly positive and negative ones at the base rate."""
    if given.knows("value_perfect") or not given.knows("true_positive"):
        return given.amount("value_perfect")
    share = given.amount("base_rate")
    gain = given.amount("true_positive") - given.amount("true_negative")
    return given.amount("true_negative") + share * gain


def as_if_nobody_acts(given: Inputs) -> bool:
    """Whether a decision of today is taken to be worth what it is if nobody acts, for want of anything better."""
    return (
        not given.knows("value_today") and not given.knows("value_perfect") and given.knows("true_positive")
    )


def gain(given: Inputs) -> Amount:
    """Money per decision that a perfect answer is worth beyond one of today.

    Where nobody said what a decision is worth today, nobody acts: every positive is a missed one.
    """
    if as_if_nobody_acts(given):
        return given.amount("base_rate") * (given.amount("true_positive") - given.amount("false_negative"))
    return perfect(given) - given.amount("value_today")


def worth(given: Inputs) -> Amount:
    """Money over the months of the convention: the volume times the gain of a decision."""
    return _months(given) * given.amount("volume") * gain(given)


def cost(given: Inputs) -> Amount:
    """Money over the same months: building once, and running."""
    return given.amount("build_cost") + _months(given) * given.amount("run_cost")


def cost_per_month(given: Inputs) -> Amount:
    """What a built one costs a month, its building spread over the months of the convention."""
    months = _months(given)
    spread = exactly(1 / months.low) if months.low > 0 else Amount(0.0, 0.0, frozenset(("months",)))
    return given.amount("build_cost") * spread + given.amount("run_cost")


def answers_per_month(given: Inputs) -> Amount:
    """What all answers of the model cost a month."""
    return given.amount("volume") * given.amount("cost_per_decision")


def _months(given: Inputs) -> Amount:
    return given.amount("months")


def ends(amount: Amount) -> tuple[float, float] | None:
    """The ends of an amount; None where an input is missing."""
    return None if amount.missing else (amount.low, amount.high)
