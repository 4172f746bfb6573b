"""Small worlds whose money can be worked out by hand."""

from __future__ import annotations

from typing import Any

from shipworthy.evidence import Estimate
from shipworthy.spec.build_or_buy import BuildOrBuy

CERTAIN: dict[str, Any] = {
    "volume": "1_000_000 / month",
    "person_month": "10_000 USD / person-month",
    "horizon": "24 months",
    "options": {
        "api": {"how": "buy", "per_decision": "0.01 USD / decision", "evaluation": "500"},
        "ours": {
            "how": "build",
            "effort": "6 person-months",
            "staff": "0.25 people",
            "per_decision": "0.004",
        },
    },
}
"""api: once 0, monthly 500, per decision 0.01; in 24 months 24 * (500 + 10,000) = 252,000.
ours: once 60,000, monthly 2,500, per decision 0.004; 60,000 + 24 * (2,500 + 4,000) = 216,000.
Break-even: 60,000 / (1,000,000 * 0.006 - 2,000) = 15 months.
Volume at which both cost the same: (60,000 + 24 * 2,000) / (24 * 0.006) = 750,000 a month.
Price of the api at which both cost the same: (216,000 - 12,000) / 240,000 = 0.85 of today's."""

UNCERTAIN: dict[str, Any] = {
    **CERTAIN,
    "volume": "500_000 / 1_000_000 / 2_000_000 / month",
    "growth": "-10 %..30 % / year",
    "options": {
        "api": {
            "how": "buy", "per_decision": "0.008..0.012", "price_trend": "-30 %..0 % / year", "evaluation": "400..600",
        },
        "ours": {
            "how": "build", "effort": "4 / 6 / 12 person-months", "staff": "0.2..0.5", "per_decision": "0.003..0.005",
        },
    },
}  # fmt: skip


def section(given=CERTAIN, **changes):
    """A section as product.yaml would give it."""
    return BuildOrBuy.model_validate({**given, **changes})


def net_value(candidate, value, low, high):
    """A measured net value per decision."""
    return Estimate(
        candidate, "net_value", {}, value, low, high, 0.95, low, high, 0.95, 1_000, 1_000, "delta_t"
    )
