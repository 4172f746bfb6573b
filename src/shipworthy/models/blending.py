"""A trained model as the port that explaining asks: rows of one pool, each column of which may come from another row.

Every prepared column comes from one input column alone. So the pool is prepared once, and a mixed row is put together
from prepared columns: exact, and as quick for texts as for numbers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from shipworthy.models.matrix import DATE_PARTS, matrix
from shipworthy.models.pipeline import prepared_parts
from shipworthy.models.threads import one_thread

if TYPE_CHECKING:
    import pyarrow as pa

    from shipworthy.models.features import Feature
    from shipworthy.models.training import TrainedModel

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

ROWS_AT_ONCE = 50_000


@dataclass(frozen=True, eq=False)
class Blend:
    """A model over a pool of rows (N), with p input columns. Origins are those of `explain.blend`: (R, p), places in the pool.

    Raises:
        InputError: as `TrainedModel.scores`, on first use.
    """

    model: TrainedModel
    pool: pa.Table

    @property
    def columns(self) -> tuple[str, ...]:
        """The input columns, in the order of origins."""
        return tuple(feature.column for feature in self.model.features)

    @property
    def additive(self) -> bool:
        """Whether the answer is a sum of one part per column: of log-odds, or of a number."""
        return self._linear and self.model.kind in ("binary", "regression")

    def raw(self, origin: Ints) -> Floats:
        """What the model adds up: log-odds (R, 1), a score for each class (R, K), or the number (R, 1)."""
        if self._linear:
            each = range(len(self.columns))
            found = sum((self.parts[origin[:, at], at] for at in each), np.zeros((len(origin), 1)))
            return np.asarray(found + self.constant, dtype=np.float64)
        blocks = [self._asked(origin[at : at + ROWS_AT_ONCE]) for at in range(0, len(origin), ROWS_AT_ONCE)]
        return np.concatenate(blocks) if blocks else np.empty((0, 1))

    def shares(self, origin: Ints) -> Floats:
        """The probability of each class (R, K); of yes/no answers of no and yes."""
        raw = self.raw(origin)
        both = np.hstack([np.zeros_like(raw), raw]) if raw.shape[1] == 1 else raw
        odds = np.exp(both - both.max(axis=1, keepdims=True))
        return np.asarray(odds / odds.sum(axis=1, keepdims=True), dtype=np.float64)

    def answer(self, origin: Ints, of: int | None = None) -> Floats:
        """What is explained: log-odds of a yes, of the class at this place against all others, or the number."""
        if of is None:
            return self.raw(origin)[:, 0]
        raw = self.raw(origin)
        if raw.shape[1] == 1:
            return raw[:, 0] if of == 1 else -raw[:, 0]
        from scipy.special import logsumexp

        rest = np.delete(raw, of, axis=1)
        return np.asarray(raw[:, of] - logsumexp(rest, axis=1), dtype=np.float64)

    def answers(self, origin: Ints) -> dict[str, Any]:
        """What the model puts into a log for each row, as `TrainedModel.answers`; of rows as they are the very same."""
        if (origin == origin[:, :1]).all():
            return self.model.answers(self.pool.take(origin[:, 0]))
        if self.model.kind == "regression":
            return {"prediction": self.answer(origin)}
        shares = self.shares(origin)
        if self.model.kind == "binary":
            return {"score": shares[:, 1]}
        likeliest = shares.argmax(axis=1)
        return {"prediction": [self.learned[at] for at in likeliest], "score": shares.max(axis=1)}

    def losses(self, origin: Ints, labels: NDArray[Any]) -> Floats:
        """The loss of each row: squared error, or the log loss of the label's place among the learned classes (-1: none)."""
        if self.model.kind == "regression":
            return np.asarray((self.raw(origin)[:, 0] - labels) ** 2, dtype=np.float64)
        shares = self.shares(origin)
        own = np.where(labels < 0, 0.0, shares[np.arange(len(labels)), np.maximum(labels, 0)])
        return -np.log(np.maximum(own, np.finfo(np.float64).eps))

    def places(self, labels: NDArray[Any]) -> NDArray[Any]:
        """Labels as `losses` takes them."""
        if self.model.kind == "regression":
            return labels.astype(np.float64)
        place = {name: at for at, name in enumerate(self.learned)}
        return np.array([place.get(each, -1) for each in labels.tolist()], dtype=np.int64)

    @property
    def learned(self) -> tuple[Any, ...]:
        """The classes in the order of `shares`: their names, or of yes/no answers False and True."""
        at = [int(each) for each in self.model.estimator["model"].classes_]
        return tuple(self.model.classes[each] for each in at) if self.model.classes else (False, True)

    @cached_property
    def parts(self) -> Floats:
        """What each column of each row adds (N, p, K), of a model that adds."""
        weights = np.atleast_2d(self.model.estimator["model"].coef_)  # (K, columns)
        width = len(self.columns)
        found = np.zeros((self.pool.num_rows, width, len(weights)))
        start = 0
        for owners, block in self._blocks:
            own = weights[:, start : start + len(owners)]
            start += len(owners)
            for at in np.unique(owners):
                here = owners == at
                found[:, at] += np.asarray(block[:, np.flatnonzero(here)] @ own[:, here].T)
        return found

    @property
    def constant(self) -> Floats:
        """What a model that adds gives before any column (K,)."""
        return np.atleast_1d(np.asarray(self.model.estimator["model"].intercept_, dtype=np.float64))

    @cached_property
    def values(self) -> tuple[Floats | tuple[str | None, ...] | None, ...]:
        """Each input column over the pool: numbers, the words of a category, or None for a text."""
        start, found = 0, list[Floats | tuple[str | None, ...] | None]()
        for feature in self.model.features:
            end = start + _width(feature)
            if feature.role == "text":
                found.append(None)
            elif feature.role == "category":
                found.append(tuple(self._array[:, start]))
            else:
                found.append(self._array[:, end - 1].astype(np.float64))
            start = end
        return tuple(found)

    @property
    def movable(self) -> tuple[bool, ...]:
        """Which input columns are numbers or dates, and so can move a little."""
        return tuple(feature.role in ("number", "date") for feature in self.model.features)

    @cached_property
    def _array(self) -> NDArray[Any]:
        return matrix(self.pool, self.model.features)

    @property
    def _linear(self) -> bool:
        return hasattr(self.model.estimator["model"], "coef_")

    @cached_property
    def _blocks(self) -> tuple[tuple[Ints, Any], ...]:
        """The prepared parts of the pool side by side, each with the input column that each of its columns comes from."""
        features = self.model.features
        owner = np.repeat(np.arange(len(features)), [_width(feature) for feature in features])
        with one_thread(openmp_only=True):
            return tuple(
                (owner[_sources(part, columns, block.shape[1])], block)
                for part, columns, block in prepared_parts(self.model.estimator, self._array)
            )

    @cached_property
    def _dense(self) -> tuple[Ints, NDArray[Any]]:
        """The whole prepared pool, of the type that the model was fitted on."""
        owners = np.concatenate([owners for owners, _ in self._blocks])
        return owners, np.hstack([block for _, block in self._blocks])

    def _asked(self, origin: Ints) -> Floats:
        owners, prepared = self._dense
        rows = prepared[origin[:, owners], np.arange(len(owners))]
        last = self.model.estimator["model"]
        with one_thread(openmp_only=True):
            found = last.predict(rows) if self.model.kind == "regression" else last.decision_function(rows)
        return np.asarray(found, dtype=np.float64).reshape(len(rows), -1)


def _width(feature: Feature) -> int:
    return len(DATE_PARTS) if feature.role == "date" else 1


def _sources(part: Any, columns: Sequence[int] | int, width: int) -> Ints:
    """The column of the array that each prepared column comes from, as the fitted part names them."""
    if isinstance(columns, int):
        return np.full(width, columns)
    if isinstance(part, str):
        return np.asarray(columns, dtype=np.int64)
    names = part.get_feature_names_out([f"{at}|" for at in columns])
    return np.array([int(name.removeprefix("missingindicator_").partition("|")[0]) for name in names])
