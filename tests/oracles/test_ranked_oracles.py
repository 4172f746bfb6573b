"""Ranked items against scikit-learn: the discounted gain of each request, ties included."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest
from sklearn.metrics import ndcg_score, top_k_accuracy_score

from shipworthy.query.requests import request_table
from tests.query.tables import local, table_of

SCHEMA = pa.schema(
    [
        ("request", pa.string()), ("item", pa.string()), ("label", pa.float64()), ("score", pa.float64()),
        ("popularity", pa.float64()),
    ]
)  # fmt: skip


def requests(rng, count, items, one_relevant):
    """Relevance and score of each item (count, items); scores tie often."""
    label = np.zeros((count, items))
    if one_relevant:
        label[np.arange(count), rng.integers(0, items, count)] = 1.0
    else:
        label = rng.choice([0.0, 0.0, 1.0, 2.0, 4.0], (count, items))
        label[:, 0] = 1.0
    return label, np.round(rng.random((count, items)), 1 if not one_relevant else 6)


def values(folder, label, score, names):
    rows = [
        {
            "request": f"{r:03d}",
            "item": f"i{i}",
            "label": label[r, i],
            "score": score[r, i],
            "popularity": 0.1,
        }
        for r in range(len(label))
        for i in range(label.shape[1])
    ]
    engine = local(folder)
    table = request_table(table_of(engine, rows, SCHEMA), names, [])
    return engine.run(table.order_by("id"), "testing").to_pydict()


@pytest.mark.parametrize("k", [1, 3, 5, 20])
def test_discounted_gain_is_that_of_scikit_learn_with_ties(tmp_path, k):
    label, score = requests(np.random.default_rng(k), 60, 12, one_relevant=False)
    found = values(tmp_path, label, score, [f"=ndcg@{k}"])[f"=ndcg@{k}"]
    wanted = [ndcg_score(label[r : r + 1], score[r : r + 1], k=k) for r in range(60)]
    assert wanted == pytest.approx(found, rel=1e-9)


def test_with_one_relevant_item_recall_is_the_top_k_accuracy(tmp_path):
    label, score = requests(np.random.default_rng(1), 80, 6, one_relevant=True)
    found = values(tmp_path, label, score, ["=recall@2", "=precision@2"])
    wanted = top_k_accuracy_score(label.argmax(axis=1), score, k=2)
    assert wanted == pytest.approx(np.mean(found["=recall@2"]))
    assert wanted / 2 == pytest.approx(np.mean(found["=precision@2"]))
