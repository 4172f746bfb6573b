"""Texts of a column as what claims count: 1 with the fault, 0 without, nothing where there is nothing to say."""

from shipworthy.audit.texts import TEXT_VALUES, TextColumn
from shipworthy.audit.texts.column import thinned
from shipworthy.audit.texts.counting import share_compared

LETTER = "the box came late and one of the two was open when it came"
OTHER = "please look at the invoice of last week since nobody answers our mail"
PARTS = ("train", "test", "test", "train", "test")


def counted(name, *texts, parts=()):
    return list(TEXT_VALUES[name](TextColumn("body", texts, parts)))


def test_blank_texts_say_nothing():
    assert all([None, None] == counted(name, None, "  ") for name in TEXT_VALUES)


def test_personal_data_count_by_text():
    assert [1.0, 0.0, None] == counted("personal", "write to a@example.org", LETTER, None)


def test_damage_counts_by_text():
    assert [0.0, 1.0] == counted("damaged", LETTER, "caf\ufffd")


def test_the_first_of_equal_texts_is_no_repetition():
    assert [0.0, 0.0, 1.0] == counted("near_duplicates", LETTER, OTHER, LETTER.upper())


def test_texts_across_the_split_count_among_test_rows_alone():
    texts = (LETTER, LETTER, OTHER, None, None)
    assert [None, 1.0, 0.0, None, None] == counted("leaked_texts", *texts, parts=PARTS)


def test_without_a_split_nothing_is_said_of_leaks():
    assert [None, None] == counted("leaked_texts", LETTER, LETTER)


def test_long_texts_are_thinned_evenly_and_the_others_say_nothing():
    texts = ["x" * 10] * 10
    assert texts == thinned(texts, 100, 100)
    assert [0, 3, 6, 9] == [at for at, text in enumerate(thinned(texts, 100, 40)) if text]


def test_the_share_compared_is_of_all_rows_with_a_text():
    column = TextColumn("body", [LETTER, None, OTHER])
    assert 0.5 == share_compared(column, 4)
    assert 1.0 == share_compared(column, 0)


def test_words_of_a_list_are_no_free_text():
    assert TextColumn("body", [LETTER, None]).free
    assert not TextColumn("town", ["Paris", "London"]).free
    assert not TextColumn("none", [None]).free
