"""DivExplorer: the ten slices whose error rate is furthest above the whole; few rows end them at three segments."""

import json
import sys

import pandas as pd
from divexplorer import DivergenceExplorer

path, share = sys.argv[1], float(sys.argv[2])
columns = ["country", "device", "channel", "plan", "band"]
log = pd.read_parquet(path, columns=["label", "prediction", *columns])
log["wrong"] = log["label"] != log["prediction"]
found = DivergenceExplorer(log[[*columns, "wrong"]]).get_pattern_divergence(
    min_support=share, attributes=columns, boolean_outcomes=["wrong"]
)
worst = found.sort_values("wrong_div", ascending=False).head(10)
print(
    json.dumps(
        [
            ", ".join(sorted(items, key=lambda item: columns.index(item.split("=")[0])))
            for items in worst["itemset"]
        ]
    )
)
