"""Every metric on several groupings at once is the metric on each by itself."""

from __future__ import annotations

from dataclasses import fields

import numpy as np
import pytest
from hypothesis import given

from shipworthy.metrics import measure, measure_each
from shipworthy.metrics.measured import Measured
from shipworthy.tally.needs import OVERALL, merged
from tests.metrics.every import EVERY, defined
from tests.tally.counting import tallies_of
from tests.tally.strategies import logs

GROUPINGS = (OVERALL, ("size",), ("colour",), ("colour", "size"))


@pytest.mark.parametrize("text", EVERY)
@given(log=logs())
def test_it_is_measured_as_on_each_grouping_by_itself(text, log):
    definition = defined(text)
    wanted = [by for by in GROUPINGS if not {*by} & {*definition.grouped}]
    tallies = tallies_of(log, merged(definition.needs(by) for by in wanted))
    found = measure_each(definition, tallies, wanted, 0.95)
    assert wanted == [*found]
    for by in wanted:
        _assert_same(measure(definition, tallies, by, 0.95), found[by])


def _assert_same(alone: Measured, among: Measured) -> None:
    for each in fields(Measured):
        expected, actual = getattr(alone, each.name), getattr(among, each.name)
        if isinstance(expected, np.ndarray):
            np.testing.assert_allclose(expected, actual, rtol=1e-12)
        else:
            assert expected == actual, each.name
