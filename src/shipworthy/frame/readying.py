"""Rules F3 to F5: a rule is enough, the problem is not defined, the data are not there."""

from __future__ import annotations

from shipworthy.frame.asking import below, says
from shipworthy.frame.fact import Fact, all_of, any_of
from shipworthy.frame.inputs import Inputs
from shipworthy.frame.saying import counted, money, number


def rule_is_enough(given: Inputs) -> Fact:
    """F3: the lower bound of a rule meets every requirement, correctness is essential and can be written down, or the answer is static."""
    return any_of(
        says(
            given,
            "rule_suffices",
            "yes",
            f"a rule meets every requirement{_told(given, 'rule_suffices')}",
            f"no rule is proved to meet every requirement{_told(given, 'rule_suffices')}",
        ),
        all_of(
            says(given, "essential", "yes", "every answer must be right", "not every answer must be right"),
            says(
                given,
                "specifiable",
                "yes",
                "experts can write down how to decide",
                "experts cannot write down how to decide",
            ),
        ),
        says(
            given,
            "static",
            "yes",
            "the answer is the same for everybody",
            "the answer differs from case to case",
        ),
    )


def _told(given: Inputs, name: str) -> str:
    found = given.of(name)
    return f" ({found.source})" if found.known == "evidence" and found.source else ""


def not_defined(given: Inputs) -> Fact:
    """F4: two careful people agree less than convention asks."""
    agreement, least = given.amount("agreement"), given.amount("least_agreement")
    told = f"two careful people agree at kappa {counted(agreement)}"
    return below(
        agreement,
        least,
        f"{told}, below {number(least.low)}: no model can be judged by their labels",
        f"{told}, and {number(least.low)} is asked",
    )


def labels_short(given: Inputs) -> Fact:
    """Fewer labels than the requirements need, where answers are of a fixed set."""
    have, need = given.amount("labels"), given.amount("labels_needed")
    return all_of(
        _is_fixed(given),
        below(
            have,
            need,
            f"{counted(have)} labels are there, at least {counted(need)} are needed{_what_it_takes(given)}",
            f"{counted(have)} labels are there, at least {counted(need)} are needed",
        ),
    )


def _is_fixed(given: Inputs) -> Fact:
    return says(given, "output", "fixed", "", "open text needs no count of labels")


def not_collected(given: Inputs) -> Fact:
    """F5: too few labels, labels too late, or nobody knows whose the data are."""
    lag, tolerated = given.amount("label_lag"), given.amount("label_lag_tolerated")
    late = f"true answers come after {counted(lag)} days, {counted(tolerated)} are tolerated"
    return any_of(
        labels_short(given),
        all_of(_is_fixed(given), below(tolerated, lag, late, late)),
        says(given, "owner_known", "no", "nobody answers for the data", "the data have an owner"),
        says(given, "rights_known", "no", "nobody knows what allows their use", "their use is allowed"),
    )


def _what_it_takes(given: Inputs) -> str:
    """How many more rows to label, what they cost and how long they take, as far as that is known."""
    more = given.amount("labels_needed").high - given.amount("labels").low
    told = f": {number(more)} more"
    share = given.amount("base_rate")
    rows = more / share.low if not share.missing and share.low > 0 else None
    if rows is None:
        return told
    told += f", among {number(rows)} rows to label"
    price, pace = given.amount("label_cost"), given.amount("labels_per_week")
    if not price.missing:
        told += f", {money(price.times(rows), given.currency)}"
    return told if pace.missing or not pace.low else f"{told}, {number(rows / pace.low)} weeks"
