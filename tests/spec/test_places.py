from __future__ import annotations

import pytest

from shipworthy.errors import Place, SpecError
from shipworthy.spec.reading import read_places
from tests.spec.product_files import FULL, SMALL

AT = "predicts:\n  target: spam\ncandidates: {a: {rule: x > 1}}\nsegments:\n  - format\n  - n: 4 quantiles\nowner:\n"


@pytest.mark.parametrize(
    ("loc", "line", "column"),
    [
        (("predicts", "target"), 2, 11),
        (("candidates", "a", "rule"), 3, 24),
        (("segments", 1), 6, 5),
        (("segments", 1, "n"), 6, 8),
        (("owner",), 7, 1),
    ],
)
def test_a_value_stands_where_it_is_written(loc, line, column):
    assert Place("p", line, column) == read_places(AT, "p").of(*loc)


@pytest.mark.parametrize(
    ("loc", "line", "column"),
    [
        (("predicts", "kind"), 1, 1),
        (("candidates", "a", "train", "deeper"), 3, 14),
        (("segments", 7), 4, 1),
        (("risks",), 1, 1),
    ],
)
def test_what_is_not_in_the_file_stands_at_the_nearest_part_around_it(loc, line, column):
    assert Place("p", line, column) == read_places(AT, "p").of(*loc)


def test_the_key_of_a_value_has_a_place_of_its_own():
    assert Place("p", 2, 3) == read_places(AT, "p").key("predicts", "target")


def test_a_number_may_count_the_keys_of_a_group():
    assert Place("p", 3, 24) == read_places(AT, "p").of("candidates", 0, "rule")


@pytest.mark.parametrize(
    "written", ["recall >= 0.8", "'recall >= 0.8'", '"recall >= 0.8"', "'it''s >= 0.8'", '"\\"a\\" >= 0.8"']
)
def test_a_place_inside_a_text_counts_quotes_and_escapes(written):
    text = f"requirements: [{written}]"
    places = read_places(text, "p")
    read = places.spots["requirements", 0].read or ""

    assert Place("p", 1, text.index(">=") + 1) == places.inside(("requirements", 0), read.index(">="))


@pytest.mark.parametrize("head", [">\n  ", ">-\n  ", "|\n  ", "\n  ", "'\n  "])
def test_a_place_inside_a_text_of_several_lines_is_in_the_right_line(head):
    end = "'" if head.startswith("'") else ""
    text = f"owner: {head}recall\n  >= 0.8{end}\n"
    places = read_places(text, "p")
    read = places.spots["owner",].read or ""

    assert Place("p", 3, 3) == places.inside(("owner",), read.index(">="))


def test_the_end_of_a_text_is_behind_its_last_character():
    assert Place("p", 1, 16) == read_places("owner: recall >", "p").inside(("owner",), 8)
    assert Place("p", 1, 17) == read_places("owner: 'recall >'", "p").inside(("owner",), 8)


def test_every_value_of_a_file_has_the_place_at_which_it_is_written():
    lines = FULL.splitlines()
    places = read_places(FULL, "p")

    for loc, spot in places.spots.items():
        place = places.of(*loc)
        assert place.line
        assert place.column
        assert lines[place.line - 1][place.column - 1 :].startswith(spot.raw[:1])


def test_an_alias_stands_where_its_value_is_written():
    assert Place("p", 6, 8) == read_places(SMALL + "owner: &me Ann\nlaunch: {owner: *me}\n", "p").of(
        "launch", "owner"
    )


def test_a_text_that_is_no_yaml_has_no_places():
    with pytest.raises(SpecError):
        read_places("a: b: c", "p")
