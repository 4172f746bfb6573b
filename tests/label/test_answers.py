"""Answers as items: their names tell nothing, their texts tell them apart, and how they were drawn adds up to the least fair way."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shipworthy.label.answers import Kept, Shown, drawing_of, item_name, said_together, text_hash, verdicts
from shipworthy.label.queue import Given

TOLD = ("queue", "assistant", "q1", "hash", "judge", "examples")


def kept(row, output, state="settled", label="pass"):
    return Kept(
        Shown(f"answer-{row}-{output}", "assistant", row, output, "judge", "examples"), "random", state, label
    )


def said(item, name, label, role="label"):
    return Given(item, name, label, role, "2026-11-01", "web")


@pytest.mark.parametrize(
    ("ways", "expected"),
    [
        (["random", "random"], "at random"),
        (["random", "verdict"], "by answer"),
        (["verdict"], "by answer"),
        (["random", "imported"], "otherwise"),
        ([], "otherwise"),
    ],
)
def test_several_ways_of_drawing_count_as_the_least_fair_of_them(ways, expected):
    assert expected == drawing_of(ways)


@given(st.integers(0, 5), st.text(min_size=1))
def test_the_name_of_an_item_changes_with_each_thing_that_it_belongs_to_and_shows_none(at, other):
    changed = list(TOLD)
    changed[at] += other
    assert item_name(*TOLD) != item_name(*changed)
    assert not any(part in item_name(*TOLD) for part in TOLD)


def test_blanks_around_a_text_make_no_other_answer():
    assert text_hash("Open it.") == text_hash(" Open it.\n")
    assert text_hash("Open it.") != text_hash("Open it")


def test_what_is_open_is_no_verdict_and_what_nobody_settles_is_none():
    found = [
        kept("q1", "a"),
        kept("q1", "b", label="fail"),
        kept("q2", "a", "open", None),
        kept("q3", "a", "unclear", None),
    ]
    assert {("q1", "a"): True, ("q1", "b"): False, ("q3", "a"): None} == verdicts(found)


def test_only_blind_verdicts_of_several_people_say_how_far_people_agree():
    given = [
        said("x", "ann", "pass"),
        said("x", "bob", "fail"),
        said("x", "cy", "pass", "settle"),
        said("y", "ann", "pass"),
    ]
    given += [
        said("z", "ann", "pass"),
        said("z", "bob", ""),
        said("w", "ann", "fail"),
        said("w", "bob", "fail"),
    ]
    assert ((1, 1), (2, 0)) == said_together(given, ["x", "y", "z", "w"])
    assert () == said_together(given, ["y"])
