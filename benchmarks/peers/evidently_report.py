"""Evidently: its classification report of everything."""

import json
import sys

import pandas as pd
from evidently import BinaryClassification, DataDefinition, Dataset, Report
from evidently.presets import ClassificationPreset

log = pd.read_parquet(sys.argv[1], columns=["label", "prediction", "score"])
log["label"] = log["label"].astype(int)
log["prediction"] = log["prediction"].astype(int)
definition = DataDefinition(
    classification=[
        BinaryClassification(
            target="label", prediction_labels="prediction", prediction_probas="score", pos_label=1
        )
    ]
)
snapshot = Report([ClassificationPreset()]).run(Dataset.from_pandas(log, data_definition=definition), None)
values = {metric["metric_name"].split("(")[0]: metric["value"] for metric in snapshot.dict()["metrics"]}
names = {
    "accuracy": "Accuracy",
    "recall": "Recall",
    "precision": "Precision",
    "f1": "F1Score",
    "auc": "RocAuc",
}
print(json.dumps({ours: {"": float(values[theirs])} for ours, theirs in names.items()}))
