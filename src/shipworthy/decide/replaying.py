"""The whole decision from evidence alone, so that a past one can be taken again from what its record holds."""

from __future__ import annotations

from shipworthy.decide.decision import decide
from shipworthy.decide.of_data import held_back
from shipworthy.evidence import Audit, Decision, Evaluation
from shipworthy.spec.model import Product


def decision_of(product: Product, evaluation: Evaluation, audit: Audit | None = None) -> Decision:
    """The decision between the candidates, held back by what an audit says of the data.

    Args:
        product: without its claims about data.
        evaluation: verdicts that were judged with the error shared between all eligible candidates.
        audit: of the data, where product.yaml makes claims about them.
    """
    found = decide(product, evaluation)
    return found if audit is None else held_back(found, audit)
