"""Every planted fault is found in as many rows as it was planted in, and the clean twin raises none."""

from __future__ import annotations

import pytest

from tests.audit.planted import clean_table, dirty_table, faults_of

SEEDS = range(20)


def test_the_clean_twin_raises_nothing_in_95_of_100_tables():
    raised = {seed: found for seed in SEEDS if (found := faults_of(clean_table(seed)))}
    assert len(raised) <= 0.05 * len(SEEDS), raised


@pytest.mark.parametrize("seed", SEEDS[:8])
def test_every_planted_fault_is_found_within_a_tenth_of_its_rows(seed):
    table = dirty_table(seed)
    found = faults_of(table)
    wrong = {
        name: (rows, found.get(name, 0))
        for name, rows in table.planted.items()
        if abs(found.get(name, 0) - rows) > 0.1 * rows
    }
    assert {} == wrong


@pytest.mark.parametrize("seed", SEEDS[:8])
def test_nothing_is_found_that_was_not_planted(seed):
    table = dirty_table(seed)
    assert set() == set(faults_of(table)) - set(table.planted)
