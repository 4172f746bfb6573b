"""Speed and memory, measured side by side: `python -m benchmarks`, or `make bench`.

`data` makes the logs, `measuring` runs and weighs processes, `ours` is all that speaks to Shipworthy, `statements` is the
same in SQL by hand, `peers` are other tools in environments of their own, `cases` puts the two sides beside each other,
`table` and `results` write down what came out.
"""
