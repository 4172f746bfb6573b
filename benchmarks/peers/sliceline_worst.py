"""SliceLine: the ten worst slices by up to three segments, by its own score."""

import json
import sys

import pandas as pd
from sliceline.slicefinder import Slicefinder

path, share = sys.argv[1], float(sys.argv[2])
columns = ["country", "device", "channel", "plan", "band"]
log = pd.read_parquet(path, columns=["label", "prediction", *columns])
errors = (log["label"] != log["prediction"]).to_numpy().astype(float)
found = Slicefinder(alpha=0.95, k=10, max_l=3, min_sup=int(share * len(log)), verbose=False)
found.fit(log[columns].to_numpy(dtype=object), errors)
slices = [
    ", ".join(f"{column}={value}" for column, value in zip(columns, row, strict=True) if value is not None)
    for row in found.top_slices_
]
print(json.dumps(slices))
