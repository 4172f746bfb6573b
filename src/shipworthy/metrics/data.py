"""The metrics of data: what is counted over the rows of the examples, whatever any candidate answers."""

from __future__ import annotations

from dataclasses import replace

from shipworthy.metrics.entry import Direction, Entry, Unit

_COUNTED = "counted, without error"
_PAIRED = "; of fewer than all rows the upper one is divided by the share that was drawn, as a pair shows only where both rows were"


def _share(
    name: str, definition: str, cannot: str, takes: tuple[str, ...] = (), *, optional: bool = False
) -> Entry:
    """A share of rows that should be small."""
    return Entry(
        name, definition, "lower", takes=takes, cannot=cannot, kinds=(), subject="data", optional=optional
    )


def _figure(name: str, definition: str, cannot: str, unit: Unit) -> Entry:
    """One number, which is no sample."""
    better: Direction = "higher" if unit == "number" else "lower"
    return Entry(
        name, definition, better, unit=unit, estimator=_COUNTED, cannot=cannot, kinds=(), subject="data"
    )


def _of_texts(name: str, definition: str, cannot: str, *, paired: bool = False) -> Entry:
    """A share of texts, found one by one on a sample."""
    return replace(
        _share(name, definition, cannot, ("column",)),
        estimator=f"exact binomial bounds (Clopper-Pearson) on a sample of at most 50,000 rows{_PAIRED if paired else ''}",
        sampled=True,
        paired=paired,
    )


DATA = (
    _figure("rows", "number of rows", "says nothing of what they hold", "number"),
    _figure("positives", "number of rows whose label is the positive one", "goes with yes/no answers only", "number"),
    Entry("labelled", "share of rows whose label is known (or that have a value in the named column)", "higher", takes=("column",),
          cannot="says nothing of the labels being right: see label_noise", kinds=(), subject="data", optional=True),
    _share("missing", "share of rows without a value: null, not a number, or text without a letter", "does not know words that stand for nothing, such as unknown", ("column",)),
    _share("duplicates", "share of rows that repeat another one in everything but the id", "does not see rows that are nearly the same"),
    _share("duplicate_ids", "share of rows whose id another row has already (with its repetition, where ids repeat)", "needs data.examples.id"),
    _share("conflicting_labels", "share of the labelled rows of which another has the same inputs and another label", "does not see conflicts between rows that are nearly the same"),
    _share("out_of_range", "share of the rows with a value whose value the data contract does not allow (contract.yaml)", "knows what was seen first, right or wrong", ("column",)),
    _share("leaked_rows", "share of the test rows that repeat a row of another part in everything but the id", "needs a split, and does not see rows that are nearly the same"),
    _share("leaked_units", "share of the test rows whose unit has rows in another part", "needs data.examples.unit and a split"),
    Entry("label_lag", "time within which 95 % of the labels were known, by data.examples.label_time", "lower", unit="time",
          estimator="order statistics of a histogram whose buckets are at most 0.5 % wide", cannot="leaves out rows whose label is not known yet", kinds=(), subject="data"),
    Entry("leak_auc", "how well this column alone tells positives from negatives: the AUC of its values, in the better direction", "lower", takes=("column",),
          estimator="DeLong's interval on a sample of at most 50,000 rows; claims by the bound with one adverse row more",
          cannot="cannot say whether a strong column is known in time: ask whoever fills it", kinds=(), subject="data", sampled=True),
    _share("label_noise", "share of the rows drawn at random and labelled again whose label was wrong", "is never judged by what a model suspects: rows must be labelled again"),
    Entry("shift", "how far the rows are from data.production in this column: the share of rows that would have to be in other categories (total variation)", "lower", takes=("column",),
          estimator="two samples in up to ten ranges, or by value; bounds by the noise of random tables and by the largest standard error",
          cannot="does not see columns that only shift together, nor what the label means having changed", kinds=(), subject="data"),
    _of_texts("personal", "share of the texts of the column that seem to hold personal data, by patterns", "misses what no pattern tells, such as names in running text: the card says what was looked for"),
    _of_texts("near_duplicates", "share of the texts of the column that nearly repeat another one: from 0.8 of their runs of three words on they have in common", "does not see texts that say the same in other words", paired=True),
    _of_texts("damaged", "share of the texts of the column with letters of a wrong encoding, lost letters, control characters, or entities that were encoded twice", "does not see letters that were lost without a trace, such as question marks"),
    _of_texts("leaked_texts", "share of the test rows whose text nearly repeats one of another part", "needs a split, and does not see texts that say the same in other words", paired=True),
    _figure("freshness", "age of the newest row, by data.examples.time", "says nothing of how many rows are that new", "time"),
)  # fmt: skip
"""The entries of data, which stand in the one table of metrics."""
