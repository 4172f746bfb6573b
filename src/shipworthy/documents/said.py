"""What product.yaml says of a product, as statements: assumptions where it speaks, open questions where it is silent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shipworthy.documents.answer import asked
from shipworthy.documents.statement import assumption, stated, unanswered
from shipworthy.documents.wording import listed, price

if TYPE_CHECKING:
    from collections.abc import Mapping

    from shipworthy.documents.statement import Statement
    from shipworthy.spec.model import Product
    from shipworthy.spec.sections import Value

OUTCOMES: Mapping[str, str] = {
    "true_positive": "a right yes",
    "false_positive": "a false alarm",
    "true_negative": "a right no",
    "false_negative": "a missed case",
    "review": "a case that a person reviews",
}


def owner(product: Product) -> Statement:
    """Who answers for the product."""
    return stated(product.owner, "who answers for the product", "owner")


def problem(product: Product) -> tuple[tuple[str, Statement], ...]:
    """Whose problem it is, what they need, how they manage today, and how that is known."""
    why = product.problem
    return (
        ("Who has it", stated(why and why.who, "who has the problem", "problem.who")),
        ("What they need", stated(why and why.need, "what they need", "problem.need")),
        ("How they manage today", stated(why and why.today, "how they manage today", "problem.today")),
        ("How we know", stated(why and why.evidence, "how all this is known", "problem.evidence")),
    )


def feature(product: Product) -> Statement:
    """What the feature answers, and what happens then."""
    return assumption(dict(asked(product))["The feature"])


def undoing(product: Product) -> Statement:
    """Whether what it does can be undone, and how."""
    action = product.action
    if action is None or action.reversible is None:
        return unanswered("whether what it does can be undone", "action.reversible and action.undo")
    if not action.reversible:
        return assumption("What it does cannot be undone.")
    how = f": {action.undo.rstrip('.')}" if action.undo else ""
    return assumption(f"What it does can be undone{how}.")


def money(product: Product) -> tuple[Statement, ...]:
    """What outcomes are worth, and how many decisions there are."""
    if product.value is None:
        return (unanswered("what right and wrong answers are worth", "value"),)
    return (_worth(product.value), _volume(product.value))


def _worth(value: Value) -> Statement:
    amounts = {name: getattr(value, name) for name in OUTCOMES}
    told = [
        f"{OUTCOMES[name]} {'brings' if amount > 0 else 'costs'} {price(abs(amount), value.currency)}"
        for name, amount in amounts.items()
        if amount
    ]
    return assumption(f"Per decision, {listed(told)}.") if told else unanswered("any amount", "value")


def _volume(value: Value) -> Statement:
    if value.volume is None:
        return unanswered("how many decisions there are", "value.volume")
    return assumption(f"There are {value.volume.number:,f} decisions a {value.volume.per}.")


def data(product: Product) -> tuple[tuple[str, Statement], ...]:
    """Whose the examples are, and with what right they are used."""
    source, at = product.data.examples, "data.examples"
    asked_of = (
        ("Owner", source.owner, "who answers for the data", "owner"),
        ("Licence", source.licence, "what allows their use", "licence"),
        ("Consent", source.consent, "what the people in them agreed to", "consent"),
        ("Collected", source.collected, "when they were collected", "collected"),
        ("Personal data", source.personal, "which personal data they hold", "personal"),
    )
    return tuple((title, stated(value, what, f"{at}.{key}")) for title, value, what, key in asked_of)


def groups(product: Product) -> Statement:
    """The groups that are looked at one by one."""
    segments = [each.column for each in product.segments]
    protected = [each.column for each in product.protected]
    if not segments and not protected:
        return unanswered("which groups are looked at one by one", "segments and protected")
    told = [f"by {listed(segments)}"] if segments else []
    told += [f"alike for every {listed(protected)}, which is protected"] if protected else []
    return assumption(f"Answers are looked at {', and '.join(told)}.")


def risks(product: Product) -> tuple[Statement, ...]:
    """What may go wrong, as product.yaml names it."""
    if not product.risks:
        return (unanswered("what may go wrong", "risks"),)
    return tuple(assumption(_told(item)) for item in product.risks)


def _told(item: object) -> str:
    if isinstance(item, dict):
        return "; ".join(f"{key}: {value}" for key, value in item.items())
    return str(item)


def launching(product: Product) -> tuple[tuple[str, Statement], ...]:
    """How it gets its traffic, what stops it, who decides, and how it is watched."""
    launch, watch = product.launch, product.monitor
    stages = " → ".join(str(stage) for stage in launch.stages) if launch else ""
    stops = "; ".join(stop.text for stop in launch.stop_if) if launch else ""
    every = f"every {watch.every}" if watch and watch.every else None
    return (
        ("Stages", stated(stages, "in which stages it gets its traffic", "launch.stages")),
        ("Stops when", stated(stops, "which claims stop it", "launch.stop_if")),
        ("Who decides", stated(launch and launch.owner, "who decides about each stage", "launch.owner")),
        ("Watched", stated(every, "how often it is judged once it is live", "monitor.every")),
    )
