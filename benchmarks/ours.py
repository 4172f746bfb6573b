"""Everything that speaks to Shipworthy. Where its scan changes, this file changes and no other here."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import combinations
from pathlib import Path

import numpy as np

import shipworthy as sw
from benchmarks.data import SEGMENTS, WITH_NUMBER
from shipworthy.metrics.defining import define, headlines
from shipworthy.metrics.definition import Definition
from shipworthy.metrics.estimate import measure
from shipworthy.metrics.together import measure_each
from shipworthy.query.engine import local_engine
from shipworthy.query.scan import Log, scan
from shipworthy.query.slicing import Slicing, slicings
from shipworthy.query.source import load_table
from shipworthy.spec.language import Metric
from shipworthy.stats.ranking import auc
from shipworthy.tally.cube import Floats
from shipworthy.tally.histogram import Histogram
from shipworthy.tally.needs import OVERALL, Grouping, Needs, grouping, merged
from shipworthy.tally.scan import Tallies

LEVEL = 0.95


def ways(segments: Iterable[str]) -> list[Grouping]:
    """The 25 groupings by one, two and three of five segments."""
    return [grouping(by) for size in (1, 2, 3) for by in combinations(segments, size)]


WAYS = ways(SEGMENTS)

Answers = dict[str, dict[str, list[float]]]
"""By metric, then by slice (`country=DE, plan=free`; "" is everything): value, low and high."""


@dataclass(frozen=True)
class Opened:
    """A log that is open: its engine and table, and how rows fall into slices."""

    path: Path
    with_number: bool = False

    @cached_property
    def unsliced(self) -> Log:
        """The log as a whole."""
        engine = local_engine([self.path], Path(tempfile.gettempdir()) / "shipworthy-benchmarks")
        return Log(engine, load_table(engine, self.path.name, self.path.parent), {})

    @cached_property
    def log(self) -> Log:
        """The log, sliced by its segments. Finding cuts and values is work of its own, done once for all candidates."""
        from shipworthy.spec.model import Segment

        whole = self.unsliced
        names = {*SEGMENTS, *WITH_NUMBER} if self.with_number else SEGMENTS
        segments = [Segment(column=name, quantiles=4 if name == "amount" else None) for name in sorted(names)]
        return replace(whole, slicings=slicings(whole.engine, whole.table, segments))


def confusion() -> tuple[Definition, ...]:
    """Accuracy, recall, precision, false-positive rate and F1."""
    return headlines(None)


def means() -> tuple[Definition, ...]:
    """The means of latency and of cost."""
    return tuple(define(Metric("mean", (Metric(column),)), None) for column in ("latency_ms", "cost_usd"))


def audited(folder: Path) -> int:
    """The audit of a product, with nothing tried out; how many rows it counted."""
    found = sw.audit(sw.open(str(folder))).audit
    if found is None or not found.verdicts:
        raise RuntimeError("the audit judged nothing")
    return found.rows


AUC = define(Metric("auc"), None)
SCORES = Needs(histograms=frozenset(("score", by) for by in (OVERALL, *((name,) for name in SEGMENTS))))


def slices(log: Log, segments: Iterable[str] = SEGMENTS) -> int:
    """Question (a): confusion metrics and means with intervals on all slices by one, two and three segments; how many there were."""
    metrics, cut = (*confusion(), *means()), ways(segments)
    tallies = scan(log, _needs((each, by) for by in cut for each in metrics))
    return sum(
        len(found.keys) for each in metrics for found in measure_each(each, tallies, cut, LEVEL).values()
    )


def everything(log: Log) -> Answers:
    """Question (b): the same, clustered by unit, and the AUC from the score's histogram; overall and by each segment."""
    by_one = [OVERALL, *((name,) for name in SEGMENTS)]
    asked = [(each, by) for by in by_one for each in (*confusion(), *means())]
    tallies = scan(replace(log, clustered=True), _needs(asked) | SCORES)
    aucs = {
        _name(log, by, key): [float(auc(*_scores(histogram)).value)]
        for (_, by), slices in tallies.histograms.items()
        for key, histogram in slices.items()
    }
    return {**_measured(log, asked, tallies), "auc": aucs}


def _scores(histogram: Histogram) -> tuple[Floats, Floats, Floats, Floats]:
    """The ends of the buckets, and their positives and negatives."""
    return histogram.least, histogram.greatest, histogram.n[:, 1], histogram.n[:, 0]


def groups(log: Log) -> Answers:
    """What Fairlearn is asked: four shares by each segment."""
    names = ("accuracy", "recall", "precision", "false_positive_rate")
    defined = [define(Metric(name), None) for name in names]
    return _answers(log, [(each, (name,)) for name in SEGMENTS for each in defined])


def ranking(log: Log) -> Answers:
    """What scikit-learn and Evidently are asked: the confusion metrics and the AUC of everything."""
    return _answers(log, [(each, OVERALL) for each in (*confusion(), AUC)])


def binned_auc(log: Log) -> float:
    """The binned AUC of everything."""
    return ranking(log)["auc"][""][0]


@dataclass(frozen=True)
class ManySlices:
    """A log cut into 10,000 slices, scanned: what is left is to put intervals on them."""

    tallies: Tallies
    by: Grouping
    definitions: Sequence[Definition]

    def intervals(self, at: int) -> int:
        """The values, intervals and bounds of one metric; how many slices there were."""
        return len(measure(self.definitions[at], self.tallies, self.by, LEVEL).keys)


def many_slices(opened: Opened) -> ManySlices:
    """The log cut by two columns of a hundred values each."""
    table = opened.log.table.mutate(tens=opened.log.table.id % 100, teens=(opened.log.table.id // 100) % 100)
    cut = {name: Slicing(name, found=tuple(range(100))) for name in ("tens", "teens")}
    definitions, by = (*confusion(), *means()), grouping(cut)
    needs = merged(definition.needs(by) for definition in definitions)
    return ManySlices(scan(Log(opened.log.engine, table, cut), needs), by, definitions)


def worst_cells(log: Log) -> Mapping[str, list[float]]:
    """Rows and wrong answers of every slice by one, two and three segments, from which worst slices are picked as a peer picks them."""
    wrong = define(Metric("error_rate"), None)
    tallies = scan(log, merged(wrong.needs(by) for by in WAYS))
    found: dict[str, list[float]] = {}
    for by in WAYS:
        cube = tallies.cubes[by]
        errors = cube.total(wrong.numerator)
        found |= {
            _name(log, by, key): [float(rows), float(bad)]
            for key, rows, bad in zip(cube.keys, cube.rows, errors, strict=True)
        }
    return found


def _answers(log: Log, asked: Sequence[tuple[Definition, Grouping]]) -> Answers:
    return _measured(log, asked, scan(log, _needs(asked)))


def _needs(asked: Iterable[tuple[Definition, Grouping]]) -> Needs:
    return merged(definition.needs(by) for definition, by in asked)


def _measured(log: Log, asked: Sequence[tuple[Definition, Grouping]], tallies: Tallies) -> Answers:
    answers: Answers = {}
    for definition, by in asked:
        found = measure(definition, tallies, by, LEVEL)
        rows = np.column_stack([found.value, found.low, found.high]).tolist()
        named = {_name(log, by, key): row for key, row in zip(found.keys, rows, strict=True)}
        answers.setdefault(str(definition.metric), {}).update(named)
    return answers


def _name(log: Log, by: Grouping, key: Sequence[str]) -> str:
    """A slice's name, ranges by their number, as other tools number them."""
    named = zip(by, key, strict=True)
    return ", ".join(f"{column}={_value(log.slicings[column], label)}" for column, label in named)


def _value(slicing: Slicing, label: str) -> str:
    return str(slicing.labels.index(label)) if slicing.ranged else label
