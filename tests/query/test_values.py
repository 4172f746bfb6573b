"""Row values that are known only where all their parts are."""

from __future__ import annotations

import ibis
import pyarrow as pa
import pytest

from shipworthy.query.values import row_value
from tests.query.tables import local


@pytest.mark.parametrize(
    ("low", "high", "inside"),
    [
        (1, 3, 1.0),
        (2, 2, 1.0),
        (3, 4, 0.0),
        (None, 3, None),
        (3, None, None),
        (None, 1, None),
        (None, None, None),
    ],
)
def test_half_an_interval_neither_covers_nor_misses(tmp_path, low, high, inside):
    rows = pa.table({"label": [2.0], "low": pa.array([low], "float64"), "high": pa.array([high], "float64")})
    found = local(tmp_path).con.to_pyarrow(row_value(ibis.memtable(rows), "=covered"))
    assert [inside] == found.to_pylist()
