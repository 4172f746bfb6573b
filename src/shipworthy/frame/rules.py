"""The rules F0 to F10 in their order: each a function of the inputs, the answer that it gives, and its name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from shipworthy.evidence.framing import FrameRule, Route
from shipworthy.frame import modelling, readying, sourcing, stopping
from shipworthy.frame.fact import Fact
from shipworthy.frame.inputs import Inputs


@dataclass(frozen=True)
class Rule:
    """One rule: its number, its name, its answer, and the condition under which it fires."""

    id: str
    name: str
    answer: Route
    condition: Callable[[Inputs], Fact]

    def asked(self, given: Inputs) -> FrameRule:
        """Whether it fires on these inputs, and why."""
        fact = self.condition(given)
        return FrameRule(self.id, self.name, self.answer, fact.holds, _why(fact, given), fact.missing)


def _why(fact: Fact, given: Inputs) -> str:
    """What the condition says, and the inputs that nobody knows."""
    unknown = [name for name in fact.missing if not given.knows(name)]
    told = [fact.said] if fact.said else []
    return "; ".join([*told, *([f"not known: {', '.join(unknown)}"] if unknown else [])])


RULES = (
    Rule("F0", "Prohibited or unwanted", "stop", stopping.stop),
    Rule("F1", "No decision hangs on it", "dont", stopping.no_decision),
    Rule("F2", "Worth too little", "dont", stopping.worth_too_little),
    Rule("F3", "A rule is enough", "rule", readying.rule_is_enough),
    Rule("F4", "Not defined yet", "define_first", readying.not_defined),
    Rule("F5", "Data to collect", "collect_first", readying.not_collected),
    Rule("F6", "A predictive model", "predictive", modelling.predictive),
    Rule("F7", "A generative model", "generative", modelling.generative),
    Rule("F8", "A cascade of two models", "cascade", modelling.cascade),
    Rule("F9", "A person decides, with help", "augment", modelling.person_decides),
    Rule("F10", "Buy", "buy", sourcing.buy),
    Rule("F10", "Build", "build", sourcing.build),
)
"""The order matters: the first that fires decides."""
