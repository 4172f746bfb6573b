"""scikit-learn: precision, recall and AUC with intervals from a thousand bootstraps of the rows."""

import json
import sys

import numpy as np
import pyarrow.parquet as pq
from sklearn.metrics import precision_score, recall_score, roc_auc_score

path, replicates = sys.argv[1], int(sys.argv[2])
log = pq.read_table(path, columns=["label", "prediction", "score"])
label, prediction, score = (log[name].to_numpy() for name in ("label", "prediction", "score"))
random = np.random.default_rng(0)


def measured(at: np.ndarray | slice) -> tuple[float, float, float]:
    """The three metrics on these rows."""
    return (
        precision_score(label[at], prediction[at]),
        recall_score(label[at], prediction[at]),
        roc_auc_score(label[at], score[at]),
    )


drawn = [measured(random.integers(0, len(label), len(label))) for _ in range(replicates)]
low, high = np.quantile(drawn, [0.025, 0.975], axis=0)
names = ("precision", "recall", "auc")
rows = [*zip(names, measured(slice(None)), low, high, strict=True)]
assert all(a < value < b for _, value, a, b in rows)
print(json.dumps({name: {"": value} for name, value, _, _ in rows}))
