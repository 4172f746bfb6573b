"""An edited document is found out, line by line; what people wrote between markers is theirs."""

import pytest

from shipworthy.documents.checking import differences
from shipworthy.documents.seal import is_edited, seal_of
from tests.documents import papers


@pytest.fixture(scope="module")
def text():
    return papers.paper("expectations").markdown()


def test_a_document_as_it_was_written_has_no_differences(text):
    assert () == differences(text, text)


def test_an_edited_number_is_named_with_its_line_and_what_the_record_says(text):
    edited = text.replace("about 842 (805 to 874)", "about 942 (805 to 874)")
    [found] = differences(edited, text)
    assert "942 (805" in found.found
    assert "842 (805" in found.expected
    assert "942" in edited.splitlines()[found.line - 1]
    assert is_edited(edited, seal_of(edited))


def test_an_added_and_a_removed_line_are_found(text):
    lines = text.splitlines(keepends=True)
    at = next(at for at, line in enumerate(lines) if line.startswith("- "))
    [added] = differences("".join([*lines[:at], "All is well.\n", *lines[at:]]), text)
    assert ("All is well.", "", at + 1) == (added.found, added.expected, added.line)
    [removed] = differences("".join([*lines[:at], *lines[at + 1 :]]), text)
    assert ("", lines[at].strip()) == (removed.found, removed.expected)


def test_what_stands_between_markers_is_no_edit(text):
    mine = text.replace("<!-- yours: real-failures -->\n", "<!-- yours: real-failures -->\nWe know: 17.\n")
    assert mine != text
    assert () == differences(mine, text)
    assert not is_edited(mine, seal_of(mine))


def test_blank_lines_and_ends_of_lines_do_not_count(text):
    loose = text.replace("\n", "  \r\n\r\n")
    assert () == differences(loose, text)


@pytest.mark.parametrize(
    "line",
    ["", "<!-- shipworthy: {} -->", '<!-- shipworthy: {"document": 3} -->', "<!-- shipworthy: {broken -->"],
)
def test_a_last_line_that_names_no_records_is_none(line, text):
    assert seal_of(f"{text.rsplit('<!-- shipworthy', 1)[0]}{line}\n") is None
