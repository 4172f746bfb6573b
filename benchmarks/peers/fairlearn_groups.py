"""Fairlearn: four shares by each of five columns, with bootstrap intervals if replicates are asked for."""

import json
import sys

import pandas as pd
from fairlearn.metrics import MetricFrame, false_positive_rate
from sklearn.metrics import accuracy_score, precision_score, recall_score

path, replicates = sys.argv[1], int(sys.argv[2])
columns = ["country", "device", "channel", "plan", "band"]
log = pd.read_parquet(path, columns=["label", "prediction", *columns])
asked = {
    "accuracy": accuracy_score,
    "recall": recall_score,
    "precision": precision_score,
    "false_positive_rate": false_positive_rate,
}
bootstrap = {"n_boot": replicates, "ci_quantiles": [0.025, 0.975], "random_state": 0} if replicates else {}
answers: dict[str, dict[str, float]] = {name: {} for name in asked}
for column in columns:
    frame = MetricFrame(
        metrics=asked,
        y_true=log["label"],
        y_pred=log["prediction"],
        sensitive_features=log[column],
        **bootstrap,
    )
    ends = frame.by_group_ci if replicates else [frame.by_group]
    assert len(ends) == (2 if replicates else 1)
    for name in asked:
        answers[name] |= {f"{column}={group}": float(value) for group, value in frame.by_group[name].items()}
print(json.dumps(answers))
