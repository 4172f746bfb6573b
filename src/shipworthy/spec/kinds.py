"""Words that requirements and their evaluation share; without the reader of product.yaml, so that counting starts fast."""

from __future__ import annotations

from typing import Literal

Kind = Literal["binary", "multiclass", "regression", "ranking", "text"]
"""The kind of answer that a product gives."""

Drawing = Literal["at random", "by answer", "otherwise"]
"""How the answers that people labelled were drawn: from all judged ones, from each side of the judge, or in another way."""

MOST_VALUES = 200
"""Values of a column that are slices of their own at most."""

VARIANTS = ("typo", "case", "whitespace", "order", "paraphrase")
"""Every kind of variant of an input, as claims name it."""
