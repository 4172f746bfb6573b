"""Replies are read as they are, repaired where their meaning is plain, and else no answer: never a guess."""

from __future__ import annotations

import pytest

from shipworthy.models.chat.reading import Reader, schema_fault

WORDS = {"1": ("spam", "yes"), "0": ("ham", "not spam", "no")}
SCHEMA = {
    "type": "object",
    "properties": {"spam": {"type": "boolean"}, "why": {"type": "string"}},
    "required": ["spam"],
    "additionalProperties": False,
}


def read(text, **how):
    found = Reader(**(how or {"labels": WORDS})).read(text)
    return found.value, found.outcome


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("yes", ("1", "read")),
        (" Yes.\n", ("1", "read")),
        ("**SPAM**", ("1", "read")),
        ("Not spam.", ("0", "read")),
        ("no, it is a friend", ("0", "repaired")),
        ("I think it is ham.", ("0", "repaired")),
        ("It is neither", (None, "unreadable")),
        ("it could be ham or spam", (None, "unreadable")),
        ("nobody knows", (None, "unreadable")),
        ("", (None, "unreadable")),
    ],
)
def test_words_of_labels(text, expected):
    assert expected == read(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('{"spam": true}', ("1", "read")),
        ('{"spam": false, "why": "a friend"}', ("0", "read")),
        ('```json\n{"spam": true}\n```', ("1", "repaired")),
        ('Here it is: {"spam": false} Hope it helps {', ("0", "repaired")),
        ('{"spam": "maybe"}', (None, "unreadable")),
        ('{"why": "x"}', (None, "unreadable")),
        ('{"spam": tru', (None, "unreadable")),
        ("[true]", (None, "unreadable")),
        ("{" * 5_000, (None, "unreadable")),
    ],
)
def test_a_field_of_json(text, expected):
    assert expected == read(text, labels=WORDS, schema=SCHEMA, field="spam", yes_no=True)


def test_a_field_that_is_a_number_is_a_score_even_where_it_looks_like_a_label():
    schema = {"type": "object", "properties": {"p": {"type": "number", "minimum": 0, "maximum": 1}}}
    how = {"labels": WORDS, "schema": schema, "field": "p", "yes_no": True}
    assert (1.0, "read") == read('{"p": 1}', **how)
    assert (0.25, "read") == read('{"p": 0.25}', **how)
    assert (None, "unreadable") == read('{"p": 7}', **how)
    assert (None, "unreadable") == read('{"p": true}', **how)


def test_a_field_may_hold_a_label_or_its_word():
    schema = {"type": "object", "properties": {"class": {"enum": [1, 0, "ham"]}}}
    how = {"labels": WORDS, "schema": schema, "field": "class"}
    assert [("1", "read"), ("0", "read"), ("0", "read")] == [
        read(text, **how) for text in ('{"class": 1}', '{"class": 0}', '{"class": "ham"}')
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [("12.5", (12.5, "read")), ("-3", (-3.0, "read")), ("about 7 days", (7.0, "repaired")), ("3 to 4", (None, "unreadable"))],
)  # fmt: skip
def test_numbers(text, expected):
    assert expected == read(text, labels={})


def test_what_cannot_be_read_says_why_with_the_beginning_of_the_reply():
    found = Reader(WORDS).read("well " * 50)
    assert found.why.startswith("the word of no answer: 'well well")
    assert len(found.why) < 100


@pytest.mark.parametrize(
    ("value", "fault"),
    [
        ({"spam": True}, ""),
        ({"spam": 1}, "1 is not of type boolean"),
        ({}, "'spam' is missing"),
        ([], "[] is not of type object"),
    ],
)
def test_a_schema_names_what_breaks_it(value, fault):
    assert fault == schema_fault(value, SCHEMA)
