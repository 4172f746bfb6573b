"""Verdicts on data -> findings: what, where, how much, what it costs, and what to do next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from shipworthy.audit.advice import ADVICE, Advice
from shipworthy.audit.asking import DataQuestions
from shipworthy.audit.telling import told
from shipworthy.evidence import Estimate, Finding, Verdict
from shipworthy.evidence.audit import Colour
from shipworthy.judge import Claim
from shipworthy.metrics import Definition
from shipworthy.spec.model import Product

COLOURS: Mapping[str, Colour] = {"met": "green", "undecided": "amber", "missed": "red"}


def findings_of(
    asked: DataQuestions,
    verdicts: Sequence[Verdict],
    product: Product,
    ids: Mapping[str, tuple[str, ...]],
) -> tuple[Finding, ...]:
    """One finding for each claim.

    Args:
        asked: the claims.
        verdicts: on them.
        product: whose data it is.
        ids: a few rows of each row value that is not as it should be.
    """
    whole = {verdict.requirement: verdict for verdict in verdicts if not verdict.slice}
    return tuple(
        _finding(asked, claim, whole[claim.requirement.text], product, ids) for claim in asked.claims
    )


def _finding(
    asked: DataQuestions,
    claim: Claim,
    verdict: Verdict,
    product: Product,
    ids: Mapping[str, tuple[str, ...]],
) -> Finding:
    definition = claim.definition.inner or claim.definition
    name, colour = definition.metric.name, COLOURS[verdict.verdict]
    advice = ADVICE.get(name, Advice("count", ""))
    rows = None if claim.definition.inner else _rows(definition, verdict.estimate)
    return Finding(
        name,
        ", ".join(definition.reads),
        colour,
        told(claim, verdict, rows),
        rows,
        () if colour == "green" else ids.get(value_of(definition), ()),
        "" if colour == "green" else _cost(name, rows, product),
        "" if colour == "green" else advice.next_step,
        verdict.requirement,
        verdict.requirement in asked.defaults,
        blocks=False,
    )


def value_of(definition: Definition) -> str:
    """The row value that a metric of data counts; "" of a single figure."""
    return next(iter(definition.numerator), "")


def _rows(definition: Definition, estimate: Estimate | None) -> int | None:
    """How many rows are not as they should be, on the slice that the verdict is of."""
    if (
        estimate is None
        or estimate.value is None
        or definition.kind in ("figure", "quantile", "leak", "shift")
    ):
        return None
    if definition.kind == "count":
        return round(estimate.value)
    share = 1 - estimate.value if definition.entry.direction == "higher" else estimate.value
    return round(share * estimate.n)


def _cost(name: str, rows: int | None, product: Product) -> str:
    """What mending takes, where it is known: the price of labels, or rows to look at."""
    if not rows or name in ("rows", "positives"):
        return ""
    price, value = product.data.examples.label_cost, product.value
    if name in ("labelled", "conflicting_labels") and price is not None:
        return f"{rows * price:,.2f} {value.currency if value else 'USD'} for {rows:,} labels"
    return f"{rows:,} rows to mend"
