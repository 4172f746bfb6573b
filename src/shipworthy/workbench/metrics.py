"""Metrics: the table of everything that a requirement may name."""

from __future__ import annotations

from shipworthy.metrics import METRICS, Entry, entry_of


def metrics() -> tuple[Entry, ...]:
    """Every metric, with p95 standing for the quantiles p1 to p99."""
    return (*METRICS.values(), entry_of("p95"))
