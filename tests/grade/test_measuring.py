"""Numbers, lengths and languages of answers."""

from __future__ import annotations

import pytest

from shipworthy.grade.measuring import language_of
from shipworthy.grade.numbers import numbers, told_numbers
from tests.grade.asked import graded, verdict


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1,000 and 1 000 and 1’000", (1000.0, 1000.0, 1000.0)),
        ("2,5 or 2.5", (2.5, 2.5)),
        ("1.234.567,89 and 1,234,567.89", (1234567.89, 1234567.89)),
        ("−3 to -4.5", (-3.0, -4.5)),
        ("3.125 is pi for some", (3.125,)),
        ("the 14-day rule, room A12", (14.0,)),
        ("none", ()),
    ],
)
def test_numbers_are_read_as_they_are_written(text, expected):
    assert expected == numbers(text)


def test_small_numbers_in_english_words_count_as_told():
    assert {2.0, 30.0} == told_numbers("Two of 30")


@pytest.mark.parametrize(
    ("settings", "text", "expected"),
    [
        ({}, "So it is 12 + 30 = 42", True),
        ({}, "43", False),
        ({"tolerance": 1}, "43", True),
        ({"relative": "1 %"}, "42.4", True),
        ({"relative": "1 %"}, "42.5", False),
        ({}, "forty-two", False),
    ],
)
def test_the_last_number_is_that_of_the_reference(settings, text, expected):
    assert expected == verdict({"number": settings}, text, "42")


def test_a_reference_without_a_number_leaves_the_answer_unscored():
    assert verdict({"number": {}}, "42", "none") == "no number in the reference"


def test_lengths_are_bounded_in_words_and_characters():
    assert verdict({"length": {"most_words": 3}}, "one two three") is True
    assert (
        graded({"length": {"most_words": 3}}, "one two three four").why
        == "it has 4 words, and 3 are the most"
    )
    assert verdict({"length": {"least_characters": 5}}, "four") is False
    assert verdict({"length": {"most_words": 3}}, "") is True


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The parcel is shipped within two days and you can return it.", "en"),
        ("Das Paket wird in zwei Tagen verschickt und ist nicht versichert.", "de"),
        ("Le colis est expédié dans les deux jours et vous pouvez le rendre.", "fr"),
        ("El paquete se envía en dos días y no tiene seguro para la entrega.", "es"),
        ("Il pacco è spedito in due giorni e non si può restituire con la posta.", "it"),
        ("O pacote é enviado em dois dias e não tem seguro para a entrega.", "pt"),
        ("Het pakket wordt binnen twee dagen verstuurd en is niet verzekerd.", "nl"),
        ("Посылка отправляется в течение двух дней.", "cyrillic"),
        ("荷物は二日以内に発送されます。", "kana"),
        ("包裹在两天内寄出", "han"),
        ("The compost bin holds 320 litres.", "en"),
        ("The bin", None),
        ("42", None),
        ("OK", None),
    ],
)
def test_languages_are_told_by_stop_words_and_scripts(text, expected):
    assert expected == language_of(text)


def test_the_language_may_stand_in_a_column():
    settings = {"language": {"column": "language"}}
    assert verdict(settings, "Das ist nicht in den Unterlagen und wird nie erwähnt.", language="DE") is True
    assert verdict(settings, "42", language="de") == "too little text to tell its language"
    assert verdict(settings, "42", language="tlh") == "the language tlh is none of those that are told apart"
    assert verdict(settings, "42", language=None) == "no language"
