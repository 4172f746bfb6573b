"""Several aggregates as one statement: each a part with blanks for the slices that it is not grouped by."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import reduce
from typing import TYPE_CHECKING, Any

import ibis
import numpy as np

from shipworthy.query.arrow_numbers import numbers
from shipworthy.query.engine import Engine
from shipworthy.query.slicing import Slicing
from shipworthy.tally.cells import SliceValues
from shipworthy.tally.cube import Floats, Key
from shipworthy.tally.needs import Grouping

if TYPE_CHECKING:
    import pyarrow as pa


def slices_of(by: Grouping) -> list[str]:
    """The columns of a sliced log that hold these slices."""
    return [f"slice:{column}" for column in by]


def found_by_part(
    engine: Engine, parts: Sequence[tuple[Grouping, ibis.Table]], sliced_by: Grouping, purpose: str
) -> list[pa.Table]:
    """The rows of each part, all found in one statement. Parts have the same columns beside their own slices."""
    import pyarrow.compute as pc

    if len(parts) == 1:
        return [engine.run(parts[0][1], purpose)]
    types = {column: table[f"slice:{column}"].type() for by, table in parts for column in by}
    union = reduce(
        lambda first, second: first.union(second),
        (_part(at, by, table, sliced_by, types) for at, (by, table) in enumerate(parts)),
    )
    found = engine.run(union, purpose)
    return [found.filter(pc.equal(found["part"], at)) for at in range(len(parts))]


def _part(
    at: int, by: Grouping, table: ibis.Table, sliced_by: Grouping, types: Mapping[str, Any]
) -> ibis.Table:
    slices = {
        f"slice:{column}": table[f"slice:{column}"] if column in by else ibis.null(types[column])
        for column in sliced_by
        if column in types
    }
    own = [name for name in table.columns if not name.startswith("slice:")]
    return table.select(part=ibis.literal(at, "int64"), **slices, **{name: table[name] for name in own})


def slice_values(slicing: Slicing, found: Any) -> SliceValues:
    """A slice column with its values encoded, so that each is named once; values of the same name are one slice."""
    encoded = found.combine_chunks().dictionary_encode("encode")
    codes = np.asarray(numbers(encoded.indices), dtype=np.int64)
    names = [slicing.label(value) for value in encoded.dictionary.to_pylist()]
    labels = tuple(dict.fromkeys(names))
    at = {label: position for position, label in enumerate(labels)}
    return SliceValues(np.array([at[name] for name in names], dtype=np.int64)[codes], labels)


def keys_of(found: pa.Table, by: Grouping, slicings: Mapping[str, Slicing]) -> list[Key]:
    """The slice of each row of a part."""
    columns = [slice_values(slicings[column], found[f"slice:{column}"]) for column in by]
    named = [[each.labels[code] for code in each.codes.tolist()] for each in columns]
    return [*zip(*named, strict=True)] if by else [()] * found.num_rows


def floats(found: Any) -> Floats:
    """A column of counts or sums as floats; the sum over no values is 0."""
    import pyarrow as pa

    plain = pa.types.is_integer(found.type) or pa.types.is_floating(found.type)
    return np.array(numbers(found if plain else found.cast("float64"), null=0.0), dtype=np.float64)
