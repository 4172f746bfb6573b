"""A candidate fitted again on parts of the labelled rows, to see what it says of rows that it did not learn from."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from shipworthy.errors import InputError
from shipworthy.models.matrix import matrix
from shipworthy.models.pipeline import probabilities
from shipworthy.models.threads import one_thread
from shipworthy.models.training import TrainedModel, train

if TYPE_CHECKING:
    import pyarrow as pa

    from shipworthy.spec.model import Candidate
    from shipworthy.spec.task import Task

Places = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Pool:
    """Labelled rows to fit on: their columns, labels as `train` takes them, and the unit of each (rows of one stay together)."""

    candidate: Candidate
    table: pa.Table
    labels: NDArray[Any]
    units: Places
    exclude: frozenset[str]
    seed: int
    task: Task

    def fitted(self, at: Places) -> TrainedModel:
        """The candidate, fitted on these rows.

        Raises:
            InputError: as `training.train`.
        """
        return train(
            self.candidate,
            self.table.take(at),
            self.labels[at],
            exclude=self.exclude,
            seed=self.seed,
            task=self.task,
        )


def shuffled(units: Places, seed: int) -> Places:
    """The rows in random order, unit after unit."""
    names, codes = np.unique(units, return_inverse=True)
    rank = np.random.default_rng(seed).permutation(names.size)
    return np.argsort(rank[codes], kind="stable")


def fold_of(units: Places, folds: int, seed: int) -> Places:
    """The fold of each row; all rows of a unit are in one."""
    names, codes = np.unique(units, return_inverse=True)
    return np.asarray(np.random.default_rng(seed).permutation(names.size) % folds, dtype=np.int64)[codes]


def out_of_fold(
    pool: Pool, folds: int, progress: Callable[[int, int], None] | None = None
) -> NDArray[np.float64]:
    """The probability of each class by a model that did not see the row (n, K).

    Raises:
        InputError: as `training.train`, or a fold lacks a class.
    """
    fold = fold_of(pool.units, folds, pool.seed)
    classes = max(len(pool.task.classes), 2)
    found = np.zeros((len(fold), classes))
    for at in range(folds):
        inside, outside = np.flatnonzero(fold != at), np.flatnonzero(fold == at)
        model = pool.fitted(inside)
        with one_thread(openmp_only=True):
            shares = probabilities(model.estimator, matrix(pool.table.take(outside), model.features))
        learned = [int(each) for each in model.estimator["model"].classes_]
        found[np.ix_(outside, np.array(learned))] = shares
        if progress:
            progress(at + 1, folds)
    return found


@dataclass(frozen=True, eq=False)
class Refit:
    """One fit of a learning curve: which repeat and size, how many rows it learned from, and the answers to the held-out rows."""

    repeat: int
    size: int
    held_out: Places
    answers: dict[str, Any]


def refits(
    pool: Pool,
    sizes: Sequence[int],
    repeats: int,
    held_out: float,
    progress: Callable[[int, int], None] | None = None,
) -> Iterator[Refit]:
    """The candidate fitted on growing subsets, each holding the smaller ones; each repeat holds other rows out.

    Sizes on which it cannot be fitted, such as those of one class alone, are passed over.
    """
    done = 0
    for repeat in range(repeats):
        order = shuffled(pool.units, pool.seed + repeat)
        first = round(held_out * len(order))
        first += int(np.argmax(pool.units[order[first:]] != pool.units[order[first - 1]]))
        outside, inside = order[:first], order[first:]
        rows = pool.table.take(outside)
        for size in sizes:
            done += 1
            if progress:
                progress(done, repeats * len(sizes))
            try:
                model = pool.fitted(inside[:size])
            except InputError:
                continue
            yield Refit(repeat, size, outside, model.answers(rows))
