"""Products as their file would state them."""

from __future__ import annotations

from typing import Any

from shipworthy.spec.model import Product


def product(*requirements: str, **sections: Any) -> Product:
    """A product with these requirements, owned and licensed."""
    examples = {"source": "data/mail.parquet", "id": "id", "owner": "mail team", "licence": "CC0"}
    plain: dict[str, Any] = {
        "product": "Mail shield",
        "owner": "Trust and safety",
        "predicts": {"target": "spam", "positive": 1},
        "data": {"examples": examples},
        "candidates": {"keywords": {"rule": "dollar > 2"}, "model": {"train": "logistic_regression"}},
        "requirements": list(requirements or ["recall >= 0.8"]),
    }
    return Product.model_validate(plain | sections)
