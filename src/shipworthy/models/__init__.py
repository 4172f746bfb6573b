"""Models that are trained here: the only room that speaks scikit-learn and skops.

Rows come in as `pyarrow.Table`, answers go out as NumPy arrays. Nothing heavy is imported before it is used.

The map:

- `features`: which columns become inputs, in which role, and which are left out and why
- `matrix`: a table as the array that a pipeline takes, by position
- `algorithms`: the algorithms, the options that each takes and the ranges that tuning searches
- `pipeline`: features and options -> a scikit-learn pipeline that can be read from the outside
- `training`: rows and labels -> `TrainedModel`, which scores tables
- `blending`: a model asked about rows that take each column from another row
- `reasons`: the reasons of a model's answers, with stable codes, for whoever serves it
- `tuning`: a seeded random search over options, on training rows only
- `threads`: arithmetic on one thread, so that numbers do not depend on the machine
- `keeping`: models on disk, named by their content, checked before they are opened
- `archive`: a pipeline as bytes that are the same for the same model, and back, without running code of a file
- `latency`: how long one row takes

Import the module, not its names: `from shipworthy.models import training`.
"""
