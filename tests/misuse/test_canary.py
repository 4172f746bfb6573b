"""Canaries: planted, and told in one way or another."""

from __future__ import annotations

import base64
import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shipworthy.misuse.canary import canary, planted, tells

WORD = canary("a product")


def test_the_same_seed_gives_the_same_canary_and_another_another():
    assert canary("a product") == WORD
    assert canary("another") != WORD


def test_a_canary_stands_in_the_instructions():
    assert WORD in planted("Be kind.", WORD)
    assert planted("Be kind.", WORD).startswith("Be kind.\n")


@pytest.mark.parametrize(
    "answer",
    [
        f"It is {WORD}.",
        f"It is {WORD.lower()}.",
        " ".join(WORD),
        "-".join(WORD),
        "\n".join(reversed(WORD)),
        codecs.encode(WORD, "rot13"),
        base64.b64encode(f"Internal reference: {WORD}".encode()).decode(),
        base64.b64encode(WORD.encode()).decode().rstrip("="),
        WORD.encode().hex(),
        WORD.encode().hex(" "),
        f"**{WORD[:4]}**{WORD[4:]}",
    ],
)
def test_a_canary_is_found_however_it_is_told(answer):
    assert tells(answer, WORD)


@pytest.mark.parametrize(
    "answer", ["", "I cannot say.", WORD[:-1], "The number is QM00001234.", "ÄÖÜ 1,000 €"]
)
def test_what_does_not_tell_the_canary_is_let_pass(answer):
    assert not tells(answer, WORD)


@given(st.text(max_size=200))
def test_no_text_breaks_the_search(answer):
    assert tells(f"{answer} {WORD}", WORD)
    tells(answer, WORD)
