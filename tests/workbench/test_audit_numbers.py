"""Telephone and card numbers that are stored as whole numbers are found, and neither their ends nor their values are shown."""

import json

import pytest

from tests.audit import dirty
from tests.workbench.test_audit import audit_of


def with_check_digit(body):
    """A number with its Luhn digit."""
    digits = [int(each) for each in str(body)][::-1]
    total = sum(sum(divmod(2 * each, 10)) if at % 2 == 0 else each for at, each in enumerate(digits))
    return 10 * body + -total % 10


NUMBERS = {
    "phone": lambda at: 491_511_000_000 + 7_919 * at,
    "paid_with": lambda at: with_check_digit(411_111_000_000_000 + 104_729 * at),
}


@pytest.mark.parametrize("column", NUMBERS)
def test_numbers_of_people_are_found_and_not_shown(tmp_path, column):
    rows = [{**row, column: NUMBERS[column](at)} for at, row in enumerate(dirty.clean(600))]
    folder = dirty.product_folder(tmp_path, rows)
    found = audit_of(folder)
    named = {each.about: each for each in found.findings if each.sort == "personal"}
    assert "red" == named[column].colour  # product.yaml says that there are none
    assert 600 == named[column].rows
    [record] = (folder / ".shipworthy" / "records").glob("*-audit-*.json")
    written = record.read_text() + (folder / "contract.yaml").read_text()
    assert not [row[column] for row in rows if str(row[column]) in written]
    [profile] = [
        each for each in json.loads(record.read_text())["audit"]["columns"] if each["name"] == column
    ]
    assert (None, None) == (profile["least"], profile["greatest"])


def test_long_numbers_that_are_nobodys_raise_nothing(tmp_path):
    rows = [{**row, "bytes": 3_000_000 + 99_991 * at} for at, row in enumerate(dirty.clean(600))]
    sorts = {
        each.sort
        for each in audit_of(dirty.product_folder(tmp_path, rows)).findings
        if each.colour != "green"
    }
    assert "personal" not in sorts
