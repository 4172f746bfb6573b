"""The table of all inputs: what each asks, where product.yaml says it, its unit, and the values that it can have."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

YES_NO = ("yes", "no")
MET = ("yes", "undecided", "no")
PER_DECISION, PER_MONTH = "money / decision", "money / month"


@dataclass(frozen=True)
class Sort:
    """One input: its question, the key of product.yaml that answers it, its unit, and its words or the ends of its numbers."""

    name: str
    question: str
    key: str
    unit: str = ""
    words: tuple[str, ...] = ()
    low: float = 0.0
    high: float = math.inf

    @property
    def verb(self) -> str:
        """The verb whose record measures it; "" where a person has to say it."""
        return MEASURED.get(self.name, "")


MEASURED = {
    "base_rate": "audit",
    "labels": "audit",
    "rule_suffices": "evaluate",
    "latency": "evaluate",
    "cost_per_decision": "evaluate",
    "requirements_met": "evaluate",
}
"""The verb that measures an input, for those that one does."""


def _fact(name: str, question: str, key: str = "", words: tuple[str, ...] = YES_NO) -> Sort:
    return Sort(name, question, key or f"frame.{name}", "", words)


def _number(name: str, question: str, unit: str, key: str = "", high: float = math.inf) -> Sort:
    return Sort(name, question, key or f"frame.{name}", unit, high=high)


def _money(name: str, question: str, key: str = "") -> Sort:
    """Money per decision that may be a loss."""
    return Sort(name, question, key or f"frame.{name}", PER_DECISION, low=-math.inf)


CATALOGUE: tuple[Sort, ...] = (
    _fact("prohibited", "Does the law prohibit this use, as Article 5 of the EU AI Act does some?"),
    _fact("unwanted", "Do the people concerned say that they do not want it automated?"),
    _fact("acted_on", "Is something done differently once the answer is known?"),
    _number("volume", "How many decisions are there, per unit of time?", "decisions / month", "value.volume"),
    _number("base_rate", "Which share of decisions is positive?", "share", high=1.0),
    _money("true_positive", "What is a rightly positive answer worth?", "value.true_positive"),
    _money("true_negative", "What is a rightly negative answer worth?", "value.true_negative"),
    _money("false_negative", "What is a missed case worth (a loss is below 0)?", "value.false_negative"),
    _money("value_perfect", "What is a decision worth if every answer is right?"),
    _money("value_today", "What is a decision worth as it is made today?"),
    _number("build_cost", "What does building it cost, once?", "money"),
    _number("run_cost", "What do running it and looking after it cost?", PER_MONTH),
    _fact("rule_suffices", "Does a simple rule meet every requirement?", words=MET),
    _fact("essential", "Must every single answer be right, as in accounts?"),
    _fact("specifiable", "Can experts write down how to decide?"),
    _fact("static", "Is the answer the same for everybody?"),
    _number("rule_edits", "How often must the rule be edited?", "edits / month"),
    Sort(
        "agreement",
        "How far do two careful people agree (kappa)?",
        "frame.agreement",
        "kappa",
        low=-1.0,
        high=1.0,
    ),
    _fact(
        "output",
        "Is the answer one of a fixed set or a number, or open text?",
        "predicts.kind",
        ("fixed", "open"),
    ),
    _number("labels", "How many labelled rows are there (yes or no: positive ones)?", "rows"),
    _number("labels_needed", "How many labelled rows are needed (yes or no: positive ones)?", "rows"),
    _number("label_lag", "How late do true answers come?", "days", "monitor.label_delay"),
    _number("label_lag_tolerated", "How late may true answers come?", "days"),
    _fact("owner_known", "Does somebody answer for the data?", "data.examples.owner"),
    _fact("rights_known", "Is it known what allows the use of the data?", "data.examples.licence"),
    _number("label_cost", "What does one more label cost?", "money", "data.examples.label_cost"),
    _number(
        "labels_per_week",
        "How many rows can be labelled in a week?",
        "rows / week",
        "data.examples.labels_per_week",
    ),
    _fact("labels_keep_up", "Do labels come faster than the set of possible answers changes?"),
    _number("drift_half_life", "After how long does half of what was learnt no longer hold?", "months"),
    _fact("reversible", "Can what is done be undone?", "action.reversible"),
    _fact("legal_effect", "Has an answer legal or similarly serious effects on a person?"),
    _fact("high_stakes", "Can one wrong answer do great harm?"),
    _fact("mitigated", "Are mistakes caught before they do harm?"),
    _fact("grounding", "Is there a corpus that answers can be checked against?"),
    _fact("checker", "Does something check every answer automatically?"),
    _fact("judge", "Was a judge of answers calibrated against people?"),
    _fact("misuse_bounded", "Can the bound on misuse be reached?"),
    _number("latency", "How long does an answer take (95th percentile)?", "ms"),
    _number("latency_budget", "How long may an answer take (95th percentile)?", "ms"),
    _number("cost_per_decision", "What does an answer of the model cost?", PER_DECISION),
    _number("cheap_cost", "What does an answer of a cheaper model cost that may answer first?", PER_DECISION),
    _number("budget", "What may all answers together cost?", PER_MONTH),
    _fact("valued_work", "Do people value doing it themselves?"),
    _number("price", "What does a bought answer cost?", PER_DECISION),
    _number(
        "even_price",
        "At how many times its price does a bought answer leave as much as a built one?",
        "times",
        "build_or_buy",
    ),
    _fact("differentiating_data", "Do your data do something for it that nobody else's do?"),
    _fact("data_may_leave", "Do contracts and law let the data leave your systems?"),
    _number("network_floor", "What does a call over the network take at the least?", "ms"),
    _fact("requirements_met", "Does some candidate meet every requirement?", "evaluate", MET),
    _fact("met_live", "Are the requirements met on live traffic, at the cost of mistakes there?"),
    _number(
        "least_agreement",
        "Below which agreement is the problem not defined?",
        "kappa",
        "frame.conventions.agreement",
        1.0,
    ),
    _number(
        "months", "Over how many months are value and cost added up?", "months", "frame.conventions.months"
    ),
    _number("price_change", "How far may prices move?", "share", "frame.conventions.price_change", 1.0),
    _number(
        "many_edits",
        "From how many edits on is a rule hard to keep?",
        "edits / month",
        "frame.conventions.rule_edits",
    ),
)
"""In the order of the rules that ask for them."""

SORTS: Mapping[str, Sort] = {sort.name: sort for sort in CATALOGUE}
