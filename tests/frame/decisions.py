"""A decision whose inputs are all known and for which a predictive model is the answer, and ways to change one thing of it."""

from __future__ import annotations

from shipworthy.frame import CATALOGUE, Inputs, known

PLAIN: dict[str, float | str] = {
    "prohibited": "no", "unwanted": "no", "acted_on": "yes",
    "volume": 100_000.0, "base_rate": 0.1, "true_positive": 1.0, "true_negative": 0.0, "false_negative": -2.0,
    "build_cost": 50_000.0, "run_cost": 5_000.0,
    "rule_suffices": "no", "essential": "no", "specifiable": "no", "static": "no", "rule_edits": 1.0,
    "agreement": 0.8, "output": "fixed", "labels": 500.0, "labels_needed": 100.0,
    "label_lag": 7.0, "label_lag_tolerated": 30.0, "owner_known": "yes", "rights_known": "yes",
    "label_cost": 0.5, "labels_per_week": 1_000.0, "labels_keep_up": "yes", "drift_half_life": 24.0,
    "reversible": "yes", "legal_effect": "no", "high_stakes": "no", "mitigated": "no",
    "grounding": "yes", "checker": "yes", "judge": "yes", "misuse_bounded": "yes",
    "latency": 300.0, "latency_budget": 1_000.0, "cost_per_decision": 0.01, "cheap_cost": 0.0005, "budget": 2_000.0,
    "valued_work": "no", "price": 0.05, "differentiating_data": "yes", "data_may_leave": "yes",
    "network_floor": 40.0, "requirements_met": "no", "met_live": "no",
    "least_agreement": 0.6, "months": 12.0, "price_change": 0.3, "many_edits": 4.0,
}  # fmt: skip
"""Nothing stops it, no rule is enough, the labels are there, and a mistake can be undone."""


def decision(**changed: float | str | tuple[float, float] | None) -> Inputs:
    """The plain decision with some inputs of another value: a pair is a range, None is unknown."""
    given = {}
    for name, value in {**PLAIN, **changed}.items():
        if isinstance(value, tuple):
            low, high = value
            given[name] = known(name, (low + high) / 2, "assumption", "", low=low, high=high)
        elif value is not None:
            given[name] = known(name, value, "assumption", "")
    return Inputs(given)


assert set(PLAIN) | {"value_perfect", "value_today", "even_price"} == {sort.name for sort in CATALOGUE}
