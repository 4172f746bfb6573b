"""Rows that are dealt come back whole, all rows of a unit together, from memory or from the disk."""

from __future__ import annotations

import resource

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shipworthy.errors import OutsideError
from shipworthy.query.dealing import SUMMED_ROWS, dealt

ROW = np.dtype([("unit", "u8"), ("p0", "u2"), ("v0", "f8")])


def batches_of(sizes, units, seed):
    """Batches of rows, numbered through, of so many units."""
    rng = np.random.default_rng(seed)
    hashes = rng.integers(0, 2**64, units, dtype=np.uint64)
    begun = 0
    for size in sizes:
        batch = np.zeros(size, ROW)
        batch["unit"], batch["v0"] = rng.choice(hashes, size), np.arange(begun, begun + size)
        begun += size
        yield batch


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    sizes=st.lists(st.integers(0, 30_000), max_size=5),
    units=st.integers(1, 5_000),
    held_bytes=st.sampled_from([1, 1_000_000]),
    seed=st.integers(0, 99),
)
def test_every_row_comes_once_and_every_unit_in_one_round(tmp_path, sizes, units, held_bytes, seed):
    rounds = [*dealt(batches_of(sizes, units, seed), tmp_path, held_bytes)]
    rows = np.concatenate(rounds) if rounds else np.zeros(0, ROW)
    expected = [row for batch in batches_of(sizes, units, seed) for row in batch.tolist()]
    assert sorted(expected) == sorted(rows.tolist())
    seen = [{*each["unit"].tolist()} for each in rounds]
    assert sum(map(len, seen)) == len(set().union(*seen))
    assert all(len(each) >= SUMMED_ROWS for each in rounds[:-1])
    assert [] == [*tmp_path.iterdir()]


def test_a_disk_without_room_is_told(tmp_path):
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1_000, limits[1]))
    try:
        with pytest.raises(OutsideError, match="File too large") as caught:
            [*dealt(batches_of([5_000], 3, 0), tmp_path, 1)]
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert "30 bytes" in caught.value.problem.remedy
