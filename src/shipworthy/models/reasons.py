"""The reasons of a model's answers, with stable codes: a part of its interface, for whoever serves it.

served = Reasoned(model, background, naming_of(model, sentences, top=3, protected=()))
served.reasons(rows)        one `Reasons` per row: named, or withheld with the figures that say why
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from shipworthy.explain.blend import whole
from shipworthy.explain.reasons import TOP, Asked, Naming, reasons, shown_value
from shipworthy.explain.shapley import Contributions, linear, sampled
from shipworthy.explain.trust import near_rows
from shipworthy.models.blending import Blend

if TYPE_CHECKING:
    import pyarrow as pa

    from shipworthy.evidence.explanation import Reasons
    from shipworthy.explain.blend import Ints
    from shipworthy.explain.trust import Contribute
    from shipworthy.models.training import TrainedModel

BACKGROUND = 100
"""So many rows, the first ones of those that are known, are the background that an answer is held against."""


def naming_of(
    model: TrainedModel,
    sentences: Mapping[str, tuple[str, str]] | None = None,
    top: int = TOP,
    protected: Collection[str] = (),
) -> Naming:
    """How the reasons of a model are named."""
    columns = tuple(feature.column for feature in model.features)
    return Naming(columns, sentences or {}, top, frozenset(protected))


@dataclass(frozen=True, eq=False)
class Reasoned:
    """A model that gives reasons. `known` are rows that it is used on: background, and what is near a number.

    The same rows always get the same reasons.
    """

    model: TrainedModel
    known: pa.Table
    naming: Naming
    seed: int = 0

    def reasons(self, rows: pa.Table) -> list[Reasons]:
        """The reasons of each row.

        Raises:
            InputError: as `TrainedModel.scores`.
        """
        import pyarrow as pa

        names = [feature.column for feature in self.model.features]
        known = self.known.select(names)
        pool = pa.concat_tables([known, rows.select(names).cast(known.schema)]).combine_chunks()
        blend, size = Blend(self.model, pool), known.num_rows
        return [
            reasons_of(blend, size, size + at, self.naming, seed=self.seed) for at in range(rows.num_rows)
        ]


def reasons_of(blend: Blend, known: int, row: int, naming: Naming, *, seed: int = 0) -> Reasons:
    """The reasons of one row of a pool whose first `known` rows are the ones that are known.

    Args:
        blend: the model over the pool.
        known: how many rows, from the first on, are those that the model is used on.
        row: the place of the row.
        naming: how reasons are named.
        seed: of all that is drawn.
    """
    origin = whole(np.array([row]), len(blend.columns))
    several = blend.model.kind == "multiclass"
    of = int(blend.shares(origin)[0].argmax()) if several else None
    found = reasons(
        Asked(
            lambda asked: blend.answer(asked, of),
            _contribute(blend, of),
            origin[0],
            np.arange(min(BACKGROUND, known), dtype=np.int64),
            _near(blend, known, row),
            seed,
        ),
        naming,
        [shown_value(blend.pool[name][row].as_py()) for name in blend.columns],
        exact=blend.additive,
        regression=blend.model.kind == "regression",
    )
    return found if of is None else replace(found, of=blend.learned[of])


def _contribute(blend: Blend, of: int | None) -> Contribute:
    def found(row: Ints, background: Ints, seed: int) -> Contributions:
        if blend.additive:
            return linear(blend.parts[:, :, 0], row, background, float(blend.constant[0]))
        return sampled(lambda asked: blend.answer(asked, of), row, background, seed=seed)

    return found


def _near(blend: Blend, known: int, row: int) -> list[Ints | None]:
    """For each column that can move a little, the known rows with a value near that of the row."""
    found: list[Ints | None] = []
    for values, movable in zip(blend.values, blend.movable, strict=True):
        if not movable or not isinstance(values, np.ndarray):
            found.append(None)
            continue
        beside = np.append(values[:known], values[row])
        places = near_rows(beside, known)
        found.append(np.where(places == known, row, places))
    return found
