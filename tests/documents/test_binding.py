"""A number that was edited by hand, or that belongs to another record, is found."""

from __future__ import annotations

from dataclasses import replace

import pytest

from shipworthy.documents import bound_numbers, disagreements
from tests.documents import mail

RECORD = mail.record()
VALUE = mail.evaluation().estimates[0].value


def page(
    text: str,
    path: str = "/estimates/0/value",
    more: str = "data-factor=100 data-decimals=1",
    record: str = RECORD.id,
) -> str:
    return (
        f'<p>so <span class=n data-record="{record}" data-path="{path}" {more}>{text}</span> and <b>7</b></p>'
    )


def test_a_number_knows_where_it_comes_from():
    [found] = bound_numbers(page("88.0 %"))
    assert (RECORD.id, "/estimates/0/value", "88.0 %", 100.0, 0.0, 1) == (
        found.record, found.path, found.text, found.factor, found.offset, found.decimals
    )  # fmt: skip
    assert 88.0 == found.shown


@pytest.mark.parametrize(
    ("text", "number"),
    [("−$1,200.50", -1200.5), ("CHF 12", 12.0), ("3.1 ms", 3.1), ("0", 0.0), ("none", None), ("−0.2", -0.2)],
)
def test_units_and_separators_are_read_away(text, number):
    [found] = bound_numbers(page(text))
    assert number == found.shown


def test_the_records_own_number_agrees():
    assert VALUE is not None
    assert () == disagreements(page(f"{100 * VALUE:.1f} %"), RECORD)


@pytest.mark.parametrize(
    ("html", "told"),
    [
        (page("99.9 %"), "stands for"),
        (page("99.9 %", path="/estimates/999/value"), "has no number"),
        (page("99.9 %", path="/nowhere/0"), "has no number"),
        (page("99.9 %", path="/verb"), "has no number"),
        (page("many"), "stands for"),
        (page("88.0 %", record="another"), "comes from the record another"),
    ],
)
def test_a_number_that_is_not_the_records_is_told(html, told):
    [found] = disagreements(html, RECORD)
    assert told in found


def test_a_page_of_another_record_disagrees_everywhere():
    other = replace(RECORD, time="2026-11-23T00:00:00.000000Z")
    assert 1 == len(disagreements(page("88.0 %"), other))
