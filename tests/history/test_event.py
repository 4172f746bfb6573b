"""A day to look again is to come, has passed, or is settled by a newer signature."""

from __future__ import annotations

import pytest

from shipworthy.history import decided_event, dues, signed_event
from shipworthy.sign import Wanted, signature_of
from tests.sign.decisions import decided


def signature(revisit="2026-12-01", by="Ana", dissent=()):
    return signature_of(decided(), Wanted(by=by, revisit=revisit, dissent=dissent), "2026-11-22")


def event(record, on, **given):
    found = signed_event(record, "2026-11-22T00:00:00.000000Z", signature(**given))
    return found if on is None else type(found)(**{**found.__dict__, "signed": on})


@pytest.mark.parametrize(
    ("today", "due"), [("2026-11-30", "later"), ("2026-12-01", "overdue"), ("2027-01-01", "overdue")]
)
def test_a_decision_is_overdue_from_its_day_on(today, due):
    [found] = dues([event("s1", None)], today)
    assert due == found.due


def test_a_newer_signed_decision_settles_the_day():
    found = dues([event("s1", "a"), event("s2", "b")], "2026-12-05")
    assert ["revisited", "overdue"] == [each.due for each in found]


def test_a_second_name_under_the_same_decision_settles_nothing():
    found = dues([event("s1", "a"), event("s2", "a")], "2026-12-05")
    assert ["overdue", "overdue"] == [each.due for each in found]


def test_without_a_day_nothing_is_due():
    assert [""] == [each.due for each in dues([event("s1", "a", revisit=None)], "2030-01-01")]


def test_the_event_of_a_decision_has_its_reasons_and_no_name():
    record = decided()
    found = decided_event(record.id, record.time, record.evaluation.decision)
    assert ("decision", "ship", "logistic", None) == (found.what, found.answer, found.candidate, found.by)
    assert ("so it is",) == found.because


def test_dissent_alone_is_no_signature():
    found = event("s1", None, by=None, revisit=None, dissent=("Bo: early",))
    assert ("dissent", None) == (found.what, found.answer)
