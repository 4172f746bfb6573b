"""The slices of several columns fit into few small numbers, and come out of them again."""

from __future__ import annotations

from math import prod

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from shipworthy.tally.packing import MOST_NUMBERS, Packing

SIZES = st.lists(st.integers(1, 250), min_size=1, max_size=6)


@given(sizes=SIZES, data=st.data())
def test_the_number_of_a_slice_follows_from_the_numbers_of_its_packs(sizes, data):
    labels = {f"c{i}": tuple(f"v{n}" for n in range(size)) for i, size in enumerate(sizes)}
    packing = Packing.of(labels)
    assert [*labels] == [column for pack in packing.packs for column in pack]
    assert all(prod(len(labels[column]) for column in pack) < MOST_NUMBERS for pack in packing.packs)
    row = {column: data.draw(st.sampled_from(range(len(values)))) for column, values in labels.items()}
    packed = [
        np.array([sum(weight * row[column] for column, weight in packing.weights(pack).items())])
        for pack in packing.packs
    ]
    by = tuple(sorted(data.draw(st.sets(st.sampled_from(sorted(labels)), max_size=3))))
    number = packing.numbering(by).of_rows(packed, 1)
    assert [tuple(labels[column][row[column]] for column in by)] == packing.keys(by, number)
    assert packing.numbering(by).slices == prod(len(labels[column]) for column in by)
