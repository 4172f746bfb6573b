"""What train prints of each model."""

from __future__ import annotations

from tests.cli.command import command
from tests.workbench import shop


def test_a_column_that_is_left_out_is_named_with_its_reason(tmp_path):
    rows = shop.edited(shop.mail(60), version="1.0")
    done = command("train", shop.product_folder(tmp_path, shop.with_candidates(shop.LOGISTIC), rows))
    assert 0 == done.code
    assert "left out version: always holds the same value" in done.out
