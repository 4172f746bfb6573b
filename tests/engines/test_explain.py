"""An explanation of rows in PostgreSQL is that of the same rows in a file."""

from __future__ import annotations

import pytest

import shipworthy as sw
from tests.engines import backends
from tests.workbench import shop

TYPES = {
    "id": "TEXT", "time": "TIMESTAMP", "sender": "TEXT", "format": "TEXT", "bait": "BIGINT",
    "size": "DOUBLE PRECISION", "winner": "BOOLEAN", "spam": "BIGINT",
}  # fmt: skip


def explained(folder, text):
    product = sw.open(shop.product_folder(folder, text))
    sw.train(product)
    return sw.explain(product, row="m00300", what_if={"bait": 0, "winner": False}).explanation


def test_the_engine_does_not_change_what_is_explained(postgres_url, tmp_path):
    backends.put_at(postgres_url, "mail", TYPES, shop.mail())
    text = shop.with_candidates("  logistic: {train: logistic_regression, threshold: 0.5, cost: 0}\n")
    there = shop.changed("source: mail.csv", f'source: "{postgres_url}", table: mail', text)
    here, found = explained(tmp_path / "file", text), explained(tmp_path / "database", there)
    for name in ("keywords", "logistic"):
        one, other = here.of(name), found.of(name)
        assert (one.row.parts, one.row.turns, one.row.changes) == (
            other.row.parts,
            other.row.turns,
            other.row.changes,
        )
    one, other = here.of("logistic"), found.of("logistic")
    assert [each.importance for each in one.drivers.found] == pytest.approx(
        [each.importance for each in other.drivers.found]
    )
    assert one.row.reasons.reasons == other.row.reasons.reasons
