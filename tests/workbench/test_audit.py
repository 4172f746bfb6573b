"""An audit finds every fault of a table, by its size, and nothing in a table without faults."""

import pytest

import shipworthy as sw
from tests.audit import dirty
from tests.dear import few

EACH_TIME = (
    "values are missing",
    "rows are repeated",
    "labels conflict",
    "a column gives the answer away",
    "units are on both sides",
    "days are missing",
)
"""Faults of which each is of another sort; the audit of a table in a database plants some of the others."""


def audit_of(folder):
    record = sw.audit(sw.open(folder))
    assert record.audit is not None
    return record.audit


def wrong(found):
    return [(each.sort, each.about, each.what) for each in found.findings if each.colour != "green"]


def test_a_clean_table_raises_nothing(tmp_path):
    found = audit_of(dirty.product_folder(tmp_path, dirty.clean()))
    assert [] == wrong(found)
    assert {"met"} == {verdict.verdict for verdict in found.verdicts}
    assert dirty.ROWS == found.rows


@pytest.mark.parametrize("fault", few(dirty.FAULTS, *EACH_TIME))
def test_a_fault_is_found_with_its_size(tmp_path, fault):
    make, sort, about, rows = dirty.FAULTS[fault]
    found = audit_of(dirty.product_folder(tmp_path, make(dirty.clean())))
    named = {(each.sort, each.about): each for each in found.findings if each.colour != "green"}
    assert (sort, about) in named, wrong(found)
    if rows is not None:
        assert rows == pytest.approx(named[sort, about].rows, rel=0.1)
    assert named[sort, about].next_step
