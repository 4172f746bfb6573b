"""The section `frame:` of product.yaml: what no record can measure about whether, and how, to automate a decision."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any

from pydantic import Field

from shipworthy.errors import Problem
from shipworthy.spec.amounts import Amount, Cost, Gain, Kappa, MoneyRate, Often, Part, Price
from shipworthy.spec.range import currency_in
from shipworthy.spec.scalars import Duration, Number, Share, Switch
from shipworthy.spec.sections import Section
from shipworthy.spec.tree import Tree


def _fact(description: str) -> Any:
    return Field(default=None, description=description, examples=["yes"])


class Conventions(Section):
    """The numbers that the rules of framing hold by convention; each can be another one, and is shown with the answer."""

    agreement: Annotated[Number, Field(gt=0, lt=1)] = Field(
        default=0.6,
        description="two careful people who agree less than this (kappa) need a better definition",
        examples=[0.6],
    )
    months: Annotated[Number, Field(gt=0)] = Field(
        default=12.0, description="over how many months value and cost are added up", examples=[12]
    )
    price_change: Share = Field(
        default=0.3,
        description="how far prices and inputs are moved to see whether it matters",
        examples=["30 %"],
    )
    rule_edits: Annotated[Number, Field(gt=0)] = Field(
        default=4.0, description="a rule that is edited this often in a month is hard to keep", examples=[4]
    )


class Frame(Section):
    """What no record can measure about whether to automate a decision, and how. Numbers may be ranges: `40_000..80_000 USD`."""

    prohibited: Switch | None = _fact(
        "whether the law prohibits the use, as Article 5 of the EU AI Act does some"
    )
    unwanted: Switch | None = _fact("whether the people concerned say that they do not want it automated")
    acted_on: Switch | None = _fact(
        "whether something is done differently once the answer is known; else what `action` says"
    )
    base_rate: Part | None = Field(
        default=None,
        description="the share of decisions that are positive, until an evaluation counts it",
        examples=["8..12 %"],
    )
    value_today: Gain | None = Field(
        default=None,
        description="money per decision as it is made today; else as if nobody acted: what `value` says of missed cases",
        examples=[-0.005],
    )
    value_perfect: Gain | None = Field(
        default=None,
        description="money per decision if each were right; else what `value` says of right answers",
        examples=[0.02],
    )
    build_cost: Cost | None = Field(
        default=None, description="what building it costs, once", examples=["40_000..80_000 USD"]
    )
    run_cost: MoneyRate | None = Field(
        default=None, description="what running and looking after it costs", examples=["1_500 USD / month"]
    )
    rule_suffices: Switch | None = _fact(
        "whether a simple rule meets every requirement, until an evaluation says so"
    )
    essential: Switch | None = _fact("whether every single answer must be right, as in accounts")
    specifiable: Switch | None = _fact("whether experts can write down how to decide")
    static: Switch | None = _fact("whether the answer is the same for everybody")
    agreement: Kappa | None = Field(
        default=None,
        description="the agreement (kappa) of two careful people, until `label` measures it",
        examples=[0.7],
    )
    labels: Amount | None = Field(
        default=None,
        description="labelled rows (yes/no: positive ones), until an evaluation counts them",
        examples=[200],
    )
    labels_needed: Amount | None = Field(
        default=None,
        description="how many are needed; else the fewest that could meet the requirements",
        examples=[300],
    )
    label_lag_tolerated: Duration | None = Field(
        default=None, description="how late true answers may come", examples=["30 days"]
    )
    labels_keep_up: Switch | None = _fact(
        "whether labels come faster than the set of possible answers changes"
    )
    rule_edits: Often | None = Field(
        default=None, description="how often the rule must be edited", examples=["2 / month"]
    )
    drift_half_life: Duration | None = Field(
        default=None,
        description="after how long half of what was learnt no longer holds",
        examples=["6 months"],
    )
    legal_effect: Switch | None = _fact(
        "whether an answer has legal or similarly serious effects on a person"
    )
    high_stakes: Switch | None = _fact("whether one wrong answer can do great harm")
    mitigated: Switch | None = _fact("whether mistakes are caught before they do harm")
    valued_work: Switch | None = _fact("whether people value doing it themselves")
    grounding: Switch | None = _fact("whether there is a corpus that answers can be checked against")
    checker: Switch | None = _fact("whether something checks every answer automatically")
    judge: Switch | None = _fact("whether a judge of answers was calibrated against people")
    misuse_bounded: Switch | None = _fact("whether the bound on misuse can be reached")
    latency: Duration | None = Field(
        default=None,
        description="the 95th percentile of the time to answer, until an evaluation measures it",
        examples=["800 ms"],
    )
    latency_budget: Duration | None = Field(
        default=None,
        description="how long an answer may take; else what the requirements say of p95(latency_ms)",
        examples=["2 s"],
    )
    cost_per_decision: Price | None = Field(
        default=None,
        description="what an answer of the model costs, until an evaluation measures it",
        examples=["0.004 USD"],
    )
    cheap_cost: Price | None = Field(
        default=None,
        description="what an answer of a cheaper model costs that may answer first",
        examples=["0.0002 USD"],
    )
    budget: MoneyRate | None = Field(
        default=None, description="what all answers together may cost", examples=["2_000 USD / month"]
    )
    price: Price | None = Field(default=None, description="what a bought answer costs", examples=["0.01 USD"])
    differentiating_data: Switch | None = _fact("whether your data do something for it that nobody else's do")
    data_may_leave: Switch | None = _fact("whether contracts and law let the data leave your systems")
    network_floor: Duration | None = Field(
        default=None,
        description="the time that a call over the network takes at the least",
        examples=["40 ms"],
    )
    met_live: Switch | None = _fact(
        "whether the requirements are met on live traffic, at the cost that mistakes have there"
    )
    conventions: Conventions = Field(
        default_factory=Conventions,
        description="the numbers that the rules hold by convention",
        examples=[{"months": 24}],
    )


def mixed_currencies(product: dict[str, Any], tree: Tree) -> Iterator[Problem]:
    """Amounts of money in another currency than that of `value`."""
    frame, value = product.get("frame"), product.get("value")
    if not isinstance(frame, dict):
        return
    common = str(value.get("currency") or "USD") if isinstance(value, dict) else ""
    where = "value.currency says" if common else ""
    for key, written in frame.items():
        unit = currency_in(written)
        if unit and common and unit != common:
            message = f"frame.{key}: {written!r} is in {unit}, and {where} {common}: amounts are added up"
            yield Problem(
                "spec.currency", message, tree.places.of("frame", key), f"Write all amounts in {common}."
            )
        if unit and not common:
            common, where = unit, f"frame.{key} is in"


__all__ = ["Conventions", "Frame", "mixed_currencies"]
