"""A claim that was signed is kept by itself or by a stricter one, and by nothing else."""

from __future__ import annotations

import pytest

from shipworthy.gate import dropped


@pytest.mark.parametrize(
    ("then", "now", "kept"),
    [
        ("recall >= 0.50", "recall >= 0.50", True),
        ("recall >= 0.50", "recall >= 50 %", True),
        ("recall >= 0.50", "recall >= 0.60", True),
        ("recall >= 0.50", "recall > 0.50", True),
        ("recall > 0.50", "recall >= 0.50", False),
        ("recall >= 0.50", "recall >= 0.40", False),
        ("recall >= 0.50", "recall <= 0.60", False),
        ("recall >= 0.50", "precision >= 0.90", False),
        ("false_positive_rate <= 3 %", "false_positive_rate <= 2 %", True),
        ("false_positive_rate <= 3 %", "false_positive_rate <= 4 %", False),
        ("recall >= 0.50 for every format", "recall >= 0.50", False),
        ("recall >= 0.50 where format = 'html'", "recall >= 0.90 where format = 'plain'", False),
        ("recall >= 0.50 with 99 % confidence", "recall >= 0.60", False),
        ("recall >= 0.50", "recall >= 0.50 with 99 % confidence", True),
        ("recall >= 0.5 at precision >= 0.8", "recall >= 0.5 at precision >= 0.9", True),
        ("recall >= 0.5 at precision >= 0.8", "recall >= 0.5 at precision >= 0.7", False),
        ("recall >= 0.5 at precision >= 0.8", "recall >= 0.5", False),
        ("what an older version could say", "recall >= 0.5", False),
    ],
)
def test_a_claim_is_kept_by_one_that_asks_for_as_much(then, now, kept):
    assert (() if kept else (then,)) == dropped([then], [now])
