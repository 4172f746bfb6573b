"""Calendar files follow RFC 5545."""

from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from shipworthy.documents.calendar import Event, calendar, escaped, folded

NOW = datetime(2026, 11, 22, 7, 48, 17, tzinfo=UTC)
EVENT = Event("stage a", date(2027, 1, 4), date(2027, 1, 29), "labels; then, more", "by\nhand")


def test_every_line_ends_as_it_should_and_none_is_too_long():
    text = calendar("Ü" * 60, [EVENT], NOW)
    lines = text.split("\r\n")
    assert "" == lines[-1]
    assert "\n" not in text.replace("\r\n", "")
    assert max(len(line.encode()) for line in lines) <= 75


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=400))
def test_unfolding_gives_the_line_back(line):
    found = folded(line)
    assert line == found.replace("\r\n ", "")
    assert all(len(piece.encode()) <= 75 for piece in found.split("\r\n"))


def test_marks_are_escaped_and_other_control_characters_are_gone():
    assert r"a\\b\; c\, d\ne " == escaped("a\\b; c, d\r\ne\x07")


def test_an_event_spans_whole_days_and_ends_before_the_next():
    text = calendar("mail", [EVENT], NOW)
    assert "DTSTART;VALUE=DATE:20270104\r\nDTEND;VALUE=DATE:20270130\r\n" in text
    assert "DTSTAMP:20261122T074817Z" in text
    assert r"SUMMARY:labels\; then\, more" in text
    assert r"DESCRIPTION:by\nhand" in text


def uids(*given):
    return [line for line in calendar(*given).split("\r\n") if line.startswith("UID:")]


def test_an_event_keeps_its_identifier_when_its_days_move():
    later = Event("stage a", date(2028, 1, 4), date(2028, 1, 29), "labels, renamed", "")
    assert uids("mail", [EVENT], NOW) == uids("mail", [later], datetime(2027, 1, 1, tzinfo=UTC))
    assert uids("mail", [EVENT], NOW) != uids("other mail", [EVENT], NOW)
