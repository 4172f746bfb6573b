"""Small products, and records of what was measured of them, as the register is handed them."""

from __future__ import annotations

from typing import Any

from shipworthy.evidence import (
    Audit,
    CandidateFacts,
    DataFacts,
    Estimate,
    Evaluation,
    Finding,
    Framing,
    Provenance,
    Record,
    SplitFacts,
    Verdict,
)
from shipworthy.evidence.framing import FrameRule
from shipworthy.risk import Seen
from shipworthy.spec.model import Product

NOW = "2026-11-22T12:00:00.000000Z"
HASH = "now"
GAP = "gap(false_positive_rate, group) <= 0.05"
OWNED = {"source": "x.csv", "owner": "team", "licence": "CC0", "personal": "none"}

SPAM: dict[str, Any] = {
    "product": "Filter",
    "owner": "Ada",
    "predicts": {"target": "spam"},
    "data": {"examples": OWNED},
    "candidates": {"model": {"train": "logistic_regression"}},
    "requirements": ["recall >= 0.5"],
}
CHAT: dict[str, Any] = {
    **SPAM,
    "predicts": {"target": "answer", "kind": "text"},
    "grade": {"grounded": {"groundedness": {"evidence": "context"}}},
    "candidates": {
        "model": {"chat": {"model": "m", "base_url": "http://localhost:1/v1", "prompt": "p.md"}, "cost": 0}
    },
    "requirements": ["pass_rate(grounded) >= 90 %"],
}


def product(base: dict[str, Any] = SPAM, **changed: Any) -> Product:
    return Product.model_validate({**base, **changed})


def provenance(spec_hash: str = HASH, data: str = "d") -> Provenance:
    return Provenance(spec_hash, (DataFacts("examples", "x.csv", data, 10),), {}, "1", 0, "duckdb")


def estimate(
    metric: str,
    value: float | None,
    low: float | None = None,
    high: float | None = None,
    n: int = 100,
    **where: str,
) -> Estimate:
    return Estimate("model", metric, where, value, low, high, 0.95, low, high, 0.95, n, n, "wilson")


def verdict(requirement: str, word: Any, value: float = 0.1, more: int | None = None) -> Verdict:
    found = estimate(requirement.rpartition(" <=")[0] or requirement, value, value / 2, value * 2)
    return Verdict(requirement, "model", {}, word, found, more, None, "so it is")


def evaluated(
    *verdicts: Verdict, estimates: tuple[Estimate, ...] = (), spec_hash: str = HASH, time: str = NOW
) -> Record:
    facts = CandidateFacts("model", "trained", "v1", True, 1_000, 1_000)
    found = Evaluation((facts,), (SplitFacts("test", 1_000, 1_000, 100),), estimates, verdicts)
    return Record("evaluate", time, provenance(spec_hash), found)


def audited(*findings: Finding, verdicts: tuple[Verdict, ...] = ()) -> Record:
    return Record("audit", NOW, provenance(), audit=Audit(1_000, verdicts, findings))


def framed(fired: dict[str, bool | None]) -> Record:
    rules = tuple(
        FrameRule(name, name, "dont", fired.get(name, False), f"why {name}")
        for name in ("F0", "F1", "F2", "F6")
    )
    found = Framing(
        "predictive", "F6", "so", None, False, "suggest", "so", (), rules, (), (), None, None, 12.0, "USD"
    )  # fmt: skip
    return Record("frame", NOW, provenance(), framing=found)


def seen(given: Product | None = None, **records: Any) -> Seen:
    return Seen(given or product(), HASH, records.pop("time", NOW), **records)
