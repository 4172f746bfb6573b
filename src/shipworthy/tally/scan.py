"""What one scan of a log brings back: a cube per grouping and a histogram per column and slice."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace

from shipworthy.tally.cube import Cube, Key
from shipworthy.tally.figure import Figure
from shipworthy.tally.histogram import Histogram
from shipworthy.tally.needs import OVERALL, Grouping
from shipworthy.tally.shift import Shift


@dataclass(frozen=True, eq=False)
class Tallies:
    """The tallies of one log and split. `clustered` says whether units hold several rows, or rows count by their weight.

    `reviewed` is set where a person decides the rows without an answer: the money of such a row by its cell (nothing
    where no money is stated). None says that an answer is missing there. `figures` are those that no sum gives; they are
    of these very rows and do not add. `shifts` are how a column falls into categories here and elsewhere. `drawn`
    has the share of all rows that were compared with each other, by row value, where that were not all. `beside` are
    the tallies of what is counted beside the rows of the log: attacks, inputs that were answered several times or written otherwise. `uncalibrated` says of judges
    why the labels that people gave no longer show what their verdicts are worth.
    """

    cubes: Mapping[Grouping, Cube]
    histograms: Mapping[tuple[str, Grouping], Mapping[Key, Histogram]]
    clustered: bool = False
    reviewed: Mapping[str, float] | None = None
    figures: Mapping[tuple[str, Grouping], Mapping[Key, Figure]] = field(default_factory=dict)
    shifts: Mapping[tuple[str, Grouping], Mapping[Key, Shift]] = field(default_factory=dict)
    drawn: Mapping[str, float] = field(default_factory=dict)
    beside: Mapping[str, Tallies] = field(default_factory=dict)
    uncalibrated: Mapping[str, str] = field(default_factory=dict)

    def of(self, subject: str) -> Tallies:
        """The tallies of a subject: those beside the log where they are so named, else these."""
        return self.beside.get(subject, self)

    @property
    def labels(self) -> dict[str, tuple[str, ...]]:
        """The slices that each single column was found to have, sorted."""
        return {by[0]: tuple(key[0] for key in cube.keys) for by, cube in self.cubes.items() if len(by) == 1}

    def __add__(self, other: Tallies) -> Tallies:
        """The tallies of both halves of the data, which were scanned for the same needs and share no unit."""
        cubes = {by: cube + other.cubes[by] for by, cube in self.cubes.items()}
        histograms = {}
        for need, mine in self.histograms.items():
            theirs = other.histograms[need]
            keys = sorted({*mine, *theirs})
            histograms[need] = {
                key: mine.get(key, Histogram.empty()) + theirs.get(key, Histogram.empty()) for key in keys
            }
        return Tallies(cubes, histograms, self.clustered or other.clustered, self.reviewed)

    @property
    def overall(self) -> Cube:
        """The cube of everything, one slice."""
        return self.cubes[OVERALL]

    def histogram(self, column: str, by: Grouping = OVERALL, key: Key = ()) -> Histogram:
        """The histogram of a column on one slice; empty where no row is in it."""
        return self.histograms[column, by].get(key, Histogram.empty())

    def where(self, by: Grouping, key: Key) -> Tallies:
        """The tallies of one slice: every cube and histogram that names the columns of `by`, cut down to `key`."""
        if not by:
            return self
        cubes = {
            columns: cube.select([cube.keys.index(each) for each in _inside(columns, cube.keys, by, key)])
            for columns, cube in self.cubes.items()
            if set(by) <= set(columns)
        }
        histograms = {
            (column, columns): {each: slices[each] for each in _inside(columns, slices, by, key)}
            for (column, columns), slices in self.histograms.items()
            if set(by) <= set(columns)
        }
        figures = {
            (name, columns): {each: slices[each] for each in _inside(columns, slices, by, key)}
            for (name, columns), slices in self.figures.items()
            if set(by) <= set(columns)
        }
        shifts = {
            (name, columns): {each: slices[each] for each in _inside(columns, slices, by, key)}
            for (name, columns), slices in self.shifts.items()
            if set(by) <= set(columns)
        }
        return replace(self, cubes=cubes, histograms=histograms, figures=figures, shifts=shifts)

    def scaled(self, factor: float) -> Tallies:
        """What the tallies would be with that many times the units, at the same rates: the ground for planning."""
        cubes = {by: cube.scaled(factor) for by, cube in self.cubes.items()}
        histograms = {
            need: {key: histogram.scaled(factor) for key, histogram in slices.items()}
            for need, slices in self.histograms.items()
        }
        shifts = {
            need: {key: shift.scaled(factor) for key, shift in slices.items()}
            for need, slices in self.shifts.items()
        }
        return replace(self, cubes=cubes, histograms=histograms, shifts=shifts)


def _inside(columns: Grouping, keys: Collection[Key], by: Grouping, key: Key) -> list[Key]:
    """The slices that lie in the slice `key` of the coarser grouping `by`."""
    if columns == by:
        return [key] if key in keys else []
    at = [columns.index(column) for column in by]
    return [each for each in keys if tuple(each[i] for i in at) == key]
