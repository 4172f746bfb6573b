"""Values written in several ways are found, and values that differ are left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shipworthy.audit.values.spellings import inconsistent, slips, spellings

SAME = [
    (["New York", "new york"], ("capitals",)),
    (["New York", "New  York ", "New\u00a0York"], ("spaces",)),
    (["Málaga", "Malaga"], ("accents",)),
    (["New-York", "New York"], ("punctuation",)),
    (["U.S.", "US", "us"], ("capitals", "punctuation")),
    (["e_mail", "e mail", "E-Mail"], ("capitals", "punctuation")),
    (["O'Neil", "O’Neil", "ONeil"], ("punctuation",)),
    (["Straße", "STRASSE"], ("capitals",)),
]

DIFFERENT = [
    ["A+", "A-", "A"],
    ["C", "C++", "C#"],
    ["1.5", "15", "1,5"],
    ["-5", "5"],
    ["v1.5", "v15", "v1-5"],
    ["yes", "no"],
    ["10-20 km", "1020 km"],
]

SLIPS = [
    ("Germany", "Gemrany"),
    ("Germany", "Germny"),
    ("Germany", "Gerrmany"),
    ("Germany", "Germani"),
    ("São Paulo", "Sao Paolo"),
]

NO_SLIPS = [
    ("male", "mall"),
    ("Route 66", "Route 67"),
    ("product", "products"),
    ("likely", "unlikely"),
    ("active", "inactive"),
    ("Spain", "Japan"),
]


@pytest.mark.parametrize(("values", "how"), SAME)
def test_spellings_of_one_value_are_one_group_that_says_how_they_differ(values, how):
    counted = [(value, 100 - 10 * place) for place, value in enumerate(values)]
    (found,) = spellings([*counted, ("something else", 7)])
    assert tuple(counted) == found.values
    assert how == found.differ_by


@pytest.mark.parametrize("values", DIFFERENT)
def test_values_that_differ_are_left_alone(values):
    assert () == inconsistent([(value, 50) for value in values])


@pytest.mark.parametrize(("meant", "written"), SLIPS)
def test_rare_values_one_letter_from_a_frequent_one_are_slips(meant, written):
    (found,) = slips([(meant, 200), (written, 3), ("France", 100)])
    assert ((meant, 200), (written, 3)) == found.values


@pytest.mark.parametrize(("frequent", "rare"), NO_SLIPS)
def test_values_that_may_be_meant_are_no_slips(frequent, rare):
    assert () == slips([(frequent, 200), (rare, 3)])


def test_a_slip_needs_a_frequent_value_that_it_may_be_one_of():
    assert () == slips([("Germany", 15), ("Gemrany", 1)])
    assert () == slips([("Germany", 200), ("Gemrany", 100)])


def test_faults_count_the_rows_that_are_not_written_as_most_are():
    same, near = inconsistent(
        [("Paris", 90), ("PARIS", 6), ("paris ", 4), ("Parris", 1), ("Lyon", 99)], "town"
    )
    assert ("inconsistent", "spelling", 10, 200) == (same.sort, same.kind, same.share.rows, same.share.of)
    assert ("slip", 1, 200) == (near.kind, near.share.rows, near.share.of)
    assert (
        "10 of 200 values of town are written in another way than most that say the same (capitals, spaces)"
        == same.what
    )
    assert ("'Paris' (90) / 'PARIS' (6) / 'paris ' (4)",) == same.examples


def test_examples_are_masked():
    (fault,) = inconsistent([("Room 12 ", 5), ("room 12", 4)])
    assert ("'Room •• ' (5) / 'room ••' (4)",) == fault.examples


@given(st.dictionaries(st.text(max_size=12), st.integers(1, 1000), max_size=20))
def test_any_values_are_looked_at_and_shares_are_shares(counts):
    for fault in inconsistent(list(counts.items())):
        assert 0 < fault.share.rows <= fault.share.of == sum(counts.values())


def test_a_thousand_values_take_no_longer_than_a_moment():
    values = [(f"value {place:x} of many words", 30 - place % 29) for place in range(1000)]
    assert isinstance(slips(values), tuple)
